import { ts } from 'ts-morph';
import type { Fix, TextEdit } from '../../model/finding.ts';
import type { FileFacts } from '../phases/model.ts';
import { loadedSpecifier } from '../syntax.ts';
import { freeName, isDeclaredOnce, mentionsOf } from './names.ts';
import { newLineOf } from './places.ts';

/** What a package has that is no function with a module of its own. */
const notParts =
  /^(chain|mixin|noConflict|runInContext|templateSettings|placeholder|prototype|default|VERSION|tap|thru|wrapper\w*)$/;

interface Part {
  /** Its name in the package, and in this file. */
  readonly name: string;
  readonly local: string;
}

/**
 * Loads the functions of a package that are used, each by itself: `lodash/groupBy`. Undefined where the package is
 * used in other ways than by calling its functions by name.
 * @param load what loads the package: an import, or a call of `require`
 */
export function loadParts(load: ts.Node, specifier: string, file: FileFacts): Fix | undefined {
  if (ts.isImportDeclaration(load)) return partsOfImport(load, specifier, file);
  const declaration = load.parent;
  if (loadedSpecifier(load) !== specifier || !ts.isVariableDeclaration(declaration)) return undefined;
  const list = declaration.parent;
  if (!ts.isVariableDeclarationList(list) || list.declarations.length !== 1) return undefined;
  const statement = list.parent;
  if (!ts.isVariableStatement(statement)) return undefined;
  const parts = ts.isIdentifier(declaration.name)
    ? usedParts(declaration.name, file)
    : ts.isObjectBindingPattern(declaration.name)
      ? namedParts(declaration.name)
      : undefined;
  const keyword = list.flags & ts.NodeFlags.Const ? 'const' : 'let';
  const line = ({ name, local }: Part) =>
    `${keyword} ${local} = require('${moduleOf(specifier, name, file)}');`;
  return parts && fixOf(statement, parts, line, file, true);
}

function partsOfImport(load: ts.ImportDeclaration, specifier: string, file: FileFacts): Fix | undefined {
  const { importClause } = load;
  if (!importClause) return undefined;
  const { name, namedBindings } = importClause;
  const line = (part: Part) => `import ${part.local} from '${moduleOf(specifier, part.name, file)}';`;
  if (name) {
    const parts = namedBindings ? undefined : usedParts(name, file);
    return parts && fixOf(load, parts, line, file, true);
  }
  if (!namedBindings || !ts.isNamedImports(namedBindings)) return undefined;
  const parts: Part[] = [];
  for (const { isTypeOnly, propertyName, name: local } of namedBindings.elements) {
    const imported = (propertyName ?? local).text;
    if (isTypeOnly || notParts.test(imported)) return undefined;
    parts.push({ name: imported, local: local.text });
  }
  // Without esModuleInterop TypeScript takes named imports of such a package, and no default ones.
  return fixOf(load, { parts, edits: [] }, line, file, false);
}

interface Parts {
  readonly parts: readonly Part[];
  /** Of the places that use them. */
  readonly edits: readonly TextEdit[];
}

/** `_.groupBy(...)`, wherever the package is mentioned. */
function usedParts(local: ts.Identifier, file: FileFacts): Parts | undefined {
  if (!isDeclaredOnce(local, file)) return undefined;
  const parts = new Map<string, Part>();
  const edits: TextEdit[] = [];
  for (const mention of mentionsOf(local.text, file.source)) {
    if (mention === local) continue;
    const access = mention.parent;
    if (!ts.isPropertyAccessExpression(access) || access.expression !== mention) return undefined;
    const name = access.name.text;
    if (notParts.test(name) || access.questionDotToken) return undefined;
    const part = parts.get(name) ?? { name, local: freeName(name, file) };
    parts.set(name, part);
    edits.push({ start: access.getStart(), end: access.end, newText: part.local });
  }
  return parts.size > 0 ? { parts: [...parts.values()], edits } : undefined;
}

/** `const { groupBy } = require('lodash')` */
function namedParts({ elements }: ts.ObjectBindingPattern): Parts | undefined {
  const parts: Part[] = [];
  for (const { propertyName, name, initializer, dotDotDotToken } of elements) {
    const key = propertyName ?? name;
    if (!ts.isIdentifier(key) || !ts.isIdentifier(name) || initializer || dotDotDotToken) return undefined;
    if (notParts.test(key.text)) return undefined;
    parts.push({ name: key.text, local: name.text });
  }
  return { parts, edits: [] };
}

/** Node.js itself resolves no path of such a package without its extension from an ECMAScript module. */
function moduleOf(specifier: string, part: string, { path }: FileFacts): string {
  return /\.m[jt]s$/.test(path) ? `${specifier}/${part}.js` : `${specifier}/${part}`;
}

function fixOf(
  statement: ts.Node,
  { parts, edits }: Parts,
  line: (part: Part) => string,
  { source }: FileFacts,
  isSafe: boolean,
): Fix | undefined {
  if (parts.length === 0) return undefined;
  const newText = parts.map(line).join(newLineOf(source));
  return {
    title: `Load what is used: ${parts.map(({ name }) => name).join(', ')}`,
    isSafe,
    edits: [{ start: statement.getStart(source), end: statement.end, newText }, ...edits],
  };
}
