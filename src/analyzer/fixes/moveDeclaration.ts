import { ts } from 'ts-morph';
import type { Fix } from '../../model/finding.ts';
import type { FileFacts } from '../phases/model.ts';
import { changesSettings } from './hoist.ts';
import { hasOneMeaning } from './names.ts';
import { beginningOf, dedented, newLineOf, topLevelStatement, wholeLines } from './places.ts';

/**
 * Moves a constant out of its function that is made of environment variables only. Undefined where its name means
 * something else elsewhere, where more is made of a variable than a number, a text or a default, and where the file
 * reads one of the variables in another place as well.
 */
export function moveDeclaration(read: ts.Node, file: FileFacts): Fix | undefined {
  const { source } = file;
  const declaration = ts.findAncestor(read, ts.isVariableDeclaration);
  const list = declaration?.parent;
  if (!declaration?.initializer || !list || !ts.isVariableDeclarationList(list)) return undefined;
  const statement = list.parent;
  const around = topLevelStatement(read);
  if (!around || !ts.isVariableStatement(statement) || !ts.isBlock(statement.parent)) return undefined;
  const isConst = (list.flags & ts.NodeFlags.BlockScoped) === ts.NodeFlags.Const;
  if (!isConst || list.declarations.length !== 1 || declaration.type || changesSettings(source.text))
    return undefined;
  const names = namesOf(declaration.name);
  if (!names?.every(name => hasOneMeaning(name, statement.parent, file))) return undefined;
  const variables = variablesIn(declaration);
  if (!variables?.every(name => isReadOnce(name, source.text))) return undefined;
  const { start, contentEnd, end } = wholeLines(statement, source);
  const newLine = newLineOf(source);
  const at = beginningOf(around, source);
  const moved = dedented(source.text.slice(start, contentEnd), newLine);
  return {
    title: `Read it once: move ${names.map(({ text }) => text).join(', ')} out of the function`,
    isSafe: false,
    edits: [
      { start: at, end: at, newText: `${moved}${newLine}${newLine}` },
      { start, end, newText: '' },
    ],
  };
}

function isReadOnce(name: string, text: string): boolean {
  const reads = text.match(new RegExp(`process\\.env(\\.${name}\\b|\\[['"\`]${name}\\b)`, 'g')) ?? [];
  const patterns = [...text.matchAll(/\{([^{}]*)\}\s*=\s*process\.env\b/g)];
  const taken = patterns.filter(([, keys = '']) => new RegExp(`\\b${name}\\b`).test(keys));
  return reads.length + taken.length === 1;
}

function namesOf(name: ts.BindingName): readonly ts.Identifier[] | undefined {
  if (ts.isIdentifier(name)) return [name];
  const names = name.elements.map(element => (ts.isOmittedExpression(element) ? undefined : element.name));
  return names.every(each => each !== undefined && ts.isIdentifier(each))
    ? (names as ts.Identifier[])
    : undefined;
}

/** The environment variables that a constant is made of; undefined where it is made of anything else. */
function variablesIn({ name, initializer }: ts.VariableDeclaration): readonly string[] | undefined {
  if (!initializer) return undefined;
  if (!ts.isIdentifier(name)) {
    if (!ts.isObjectBindingPattern(name) || initializer.getText() !== 'process.env') return undefined;
    const keys = name.elements.map(({ propertyName, name: local, initializer: fallback, dotDotDotToken }) =>
      fallback || dotDotDotToken ? undefined : (propertyName ?? local).getText(),
    );
    return keys.every(key => key !== undefined) ? keys : undefined;
  }
  const variables: string[] = [];
  const isPlain = (node: ts.Node): boolean => {
    if (ts.isPropertyAccessExpression(node)) {
      variables.push(node.name.text);
      return node.expression.getText() === 'process.env';
    }
    if (ts.isCallExpression(node)) {
      return (
        /^(Number|String|Boolean|parseInt|parseFloat)$/.test(node.expression.getText()) &&
        node.arguments.every(isPlain)
      );
    }
    if (ts.isBinaryExpression(node)) return isPlain(node.left) && isPlain(node.right);
    if (ts.isParenthesizedExpression(node) || ts.isNonNullExpression(node)) return isPlain(node.expression);
    if (ts.isPrefixUnaryExpression(node)) return isPlain(node.operand);
    return ts.isStringLiteral(node) || ts.isNumericLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node);
  };
  return isPlain(initializer) ? variables : undefined;
}
