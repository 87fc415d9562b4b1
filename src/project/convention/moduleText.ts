import { skipQuoted } from '../cdk/javascriptLiterals.ts';

/** What a module declares at its top, as far as its text tells; nothing is parsed for more than that. */
export interface ModuleText {
  readonly imports: readonly Import[];
  readonly declarations: readonly Declaration[];
  /** Exports of names that are declared apart from them: `export { main as handler }`. */
  readonly exportedNames: readonly ExportedName[];
}

export interface Import {
  readonly specifier: string;
  /** For each name in the module, its name in the package; `*` for a namespace, `default` for the default. */
  readonly names: ReadonlyMap<string, string>;
}

export interface Declaration {
  /** `default` for an export without a name. */
  readonly name: string;
  readonly isExported: boolean;
  /** The type that is written after the name. */
  readonly annotation: string;
  /** What follows: parameters and the type of the result, or the begin of the value. */
  readonly head: string;
  /** The documentation comment right before. */
  readonly documentation: string;
  /** Offsets of the name. */
  readonly start: number;
  readonly end: number;
}

export interface ExportedName {
  readonly local: string;
  readonly exported: string;
  readonly start: number;
  readonly end: number;
}

/** How much of a declaration is looked at. */
const longestHead = 1_000;

export function readModuleText(text: string): ModuleText {
  const { code, plain, top } = masked(text);
  const declarations: Declaration[] = [];
  const exportedNames: ExportedName[] = [];
  for (const at of top) {
    const declaration = declarationAt(code, text, at);
    if (declaration) declarations.push(declaration);
    else exportedNames.push(...listAt(code, at));
  }
  return { imports: importsOf(plain), declarations, exportedNames };
}

interface Masked {
  /** Without what texts and comments hold. */
  readonly code: string;
  /** Without comments. */
  readonly plain: string;
  /** Offsets of words at the top level that may begin a declaration. */
  readonly top: readonly number[];
}

const blank = (part: string) => part.replace(/[^\n]/g, ' ');

/** The text with blanks in the place of what is no code, so that offsets stay. */
function masked(text: string): Masked {
  const code: string[] = [];
  const plain: string[] = [];
  const top: number[] = [];
  let depth = 0;
  for (let at = 0; at < text.length; ) {
    const end = skipQuoted(text, at);
    if (end !== at) {
      const part = text.slice(at, end);
      code.push(blank(part));
      plain.push(text[at] === '/' ? blank(part) : part);
      at = end;
      continue;
    }
    const letter = text[at] ?? '';
    if ('{(['.includes(letter)) depth += 1;
    else if ('})]'.includes(letter)) depth = Math.max(0, depth - 1);
    else if (depth === 0 && 'ecvlafm'.includes(letter) && !/[\w$.]/.test(text[at - 1] ?? '')) top.push(at);
    code.push(letter);
    plain.push(letter);
    at += 1;
  }
  return { code: code.join(''), plain: plain.join(''), top };
}

const variable = /(export\s+)?(?:const|let|var)\s+([A-Za-z_$][\w$]*)\s*/y;
const functionName = /(export\s+)?(default\s+)?(?:async\s+)?function\s*\*?\s*([A-Za-z_$][\w$]*)?\s*/y;
const defaultValue = /export\s+default\s+/y;
const assignment = /(?:module\s*\.\s*)?exports\s*\.\s*([A-Za-z_$][\w$]*)\s*=(?![=>])\s*/y;

function declarationAt(code: string, text: string, at: number): Declaration | undefined {
  const declare = (name: string, isExported: boolean, nameAt: number, rest: number, annotation = '') => ({
    name,
    isExported,
    annotation,
    head: headFrom(code, rest),
    documentation: documentationBefore(text, at),
    start: nameAt,
    end: nameAt + name.length,
  });
  const asVariable = match(variable, code, at);
  if (asVariable) {
    const name = asVariable[2] ?? '';
    const nameAt = at + asVariable[0].indexOf(name, asVariable[0].search(/\s(?:const|let|var)?/));
    const annotation = annotationFrom(code, at + asVariable[0].length);
    return declare(name, asVariable[1] !== undefined, nameAt, annotation.end, annotation.text);
  }
  const asFunction = match(functionName, code, at);
  if (asFunction) {
    const [whole, exported, isDefault, written] = asFunction;
    const nameAt = at + (written === undefined ? 0 : whole.lastIndexOf(written));
    const name = isDefault ? 'default' : (written ?? '');
    const found = declare(name, exported !== undefined, nameAt, at + whole.length);
    return { ...found, end: nameAt + (written ?? 'export').length };
  }
  const asDefault = match(defaultValue, code, at);
  if (asDefault) return { ...declare('default', true, at, at + asDefault[0].length), end: at + 6 };
  const assigned = match(assignment, code, at);
  if (!assigned) return undefined;
  const name = assigned[1] ?? '';
  return declare(name, true, at + assigned[0].lastIndexOf(name), at + assigned[0].length);
}

const exportList = /export\s*\{([^}]{0,5000})\}(?!\s*from)/y;
const exportObject = /module\s*\.\s*exports\s*=\s*\{([^}]{0,5000})/y;

/** `export { main as handler }` and `module.exports = { handler: main }`. */
function listAt(code: string, at: number): readonly ExportedName[] {
  const list = match(exportList, code, at) ?? match(exportObject, code, at);
  if (!list) return [];
  const from = at + list[0].indexOf('{') + 1;
  const separator = list[0].startsWith('export') ? /\s+as\s+/ : /\s*:\s*/;
  const found: ExportedName[] = [];
  let offset = from;
  for (const item of (list[1] ?? '').split(',')) {
    const [first = '', second] = item.trim().split(separator);
    const [local, exported] = list[0].startsWith('export')
      ? [first, second ?? first]
      : [second ?? first, first];
    const start = offset + item.search(/\S|$/);
    if (isName(local) && isName(exported)) {
      found.push({ local, exported, start, end: start + item.trim().length });
    }
    offset += item.length + 1;
  }
  return found;
}

function isName(text: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(text);
}

/** A type up to the equals sign that is none of `=>`. */
function annotationFrom(code: string, at: number): { text: string; end: number } {
  const limit = Math.min(code.length, at + longestHead);
  let end = at;
  while (end < limit && !(code[end] === '=' && code[end + 1] !== '>')) end += 1;
  const text = code[at] === ':' ? code.slice(at + 1, end) : '';
  return { text, end: end + 1 };
}

/** Up to the body of a function: the first brace outside of parentheses, or the arrow. */
function headFrom(code: string, at: number): string {
  const limit = Math.min(code.length, at + longestHead);
  let depth = 0;
  for (let end = at; end < limit; end += 1) {
    const letter = code[end] ?? '';
    if ('(['.includes(letter)) depth += 1;
    else if (')]'.includes(letter)) depth -= 1;
    else if (depth <= 0 && (letter === '{' || letter === ';' || code.startsWith('=>', end))) {
      return code.slice(at, end);
    }
  }
  return code.slice(at, limit);
}

function documentationBefore(text: string, at: number): string {
  const before = text.slice(Math.max(0, at - longestHead), at).trimEnd();
  if (!before.endsWith('*/')) return '';
  const start = before.lastIndexOf('/**');
  return start === -1 ? '' : before.slice(start);
}

function importsOf(plain: string): readonly Import[] {
  const found: Import[] = [];
  const statement = /(?:^|[;\n])[ \t]*import\s+(?:type\s+)?([^;'"]{0,5000}?)\s*from\s*['"]([^'"\n]+)['"]/g;
  for (const [, clause = '', specifier = ''] of plain.matchAll(statement)) {
    found.push({ specifier, names: namesOf(clause) });
  }
  const required = /(?:const|let|var)\s+(\{[^}]{0,5000}\}|[\w$]+)\s*=\s*require\(\s*['"]([^'"\n]+)['"]/g;
  for (const [, clause = '', specifier = ''] of plain.matchAll(required)) {
    found.push({ specifier, names: namesOf(clause.replaceAll(':', ' as ')) });
  }
  const effect = /(?:^|[;\n])[ \t]*import\s*['"]([^'"\n]+)['"]/g;
  for (const [, specifier = ''] of plain.matchAll(effect)) found.push({ specifier, names: new Map() });
  return found;
}

function namesOf(clause: string): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const list = /\{([^}]*)\}/.exec(clause)?.[1] ?? '';
  for (const item of list.split(',')) {
    const [original = '', local] = item
      .trim()
      .replace(/^type\s+/, '')
      .split(/\s+as\s+/);
    if (isName(original)) names.set(local ?? original, original);
  }
  const rest = clause.replace(/\{[^}]*\}/, '');
  const namespace = /\*\s*as\s+([\w$]+)/.exec(rest)?.[1];
  if (namespace !== undefined) names.set(namespace, '*');
  const [fallback] = rest.replace(/\*\s*as\s+[\w$]+/, '').match(/[\w$]+/) ?? [];
  if (fallback !== undefined) names.set(fallback, 'default');
  return names;
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
