import { ts } from 'ts-morph';
import { accessedName, loadedSpecifier, unwrap } from '../syntax.ts';
import type { BindState } from './bindState.ts';

/** `exports.name = value`, `module.exports.name = value` and `module.exports = value`. */
export function collectCommonJsExport(state: BindState, node: ts.BinaryExpression): void {
  const { left } = node;
  if (!ts.isPropertyAccessExpression(left) && !ts.isElementAccessExpression(left)) return;
  const value = lastAssigned(node.right);
  if (isModuleExports(left)) {
    state.wholeExports.push(state.sourceOf(value));
    return;
  }
  const object = unwrap(left.expression);
  const name = accessedName(left);
  if (name === undefined || name === '*' || !isExportsObject(object)) return;
  const named = ts.isPropertyAccessExpression(left) ? left.name : left.argumentExpression;
  state.addExport(name, { kind: 'local', source: state.sourceOf(value), node: named });
}

/** What compilers and older code write: calls that export. */
export function collectExportCall(state: BindState, node: ts.CallExpression | ts.NewExpression): void {
  const [target, ...more] = node.arguments ?? [];
  if (!target) return;
  const name =
    accessedName(node.expression) ?? (ts.isIdentifier(node.expression) ? node.expression.text : '');
  if (name === '__exportStar') {
    const specifier = loadedSpecifier(target);
    if (specifier !== undefined) state.starExports.push(specifier);
    return;
  }
  if (!isExportsObject(unwrap(target))) return;
  if (name === 'assign') state.wholeExports.push(...more.map(value => state.sourceOf(value)));
  const [key, descriptor] = more;
  if (name !== 'defineProperty' || !key || !ts.isStringLiteralLike(key) || !descriptor) return;
  for (const path of [['value'], ['get', '()']]) {
    const source = { ...state.sourceOf(descriptor), path };
    state.addExport(key.text, { kind: 'local', source, node: key });
  }
}

/** In `exports.a = exports.b = value`, the value. */
function lastAssigned(node: ts.Expression): ts.Expression {
  let value = node;
  while (ts.isBinaryExpression(value) && value.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
    value = value.right;
  }
  return value;
}

function isExportsObject(node: ts.Node): boolean {
  return (ts.isIdentifier(node) && node.text === 'exports') || isModuleExports(node);
}

function isModuleExports(node: ts.Node): boolean {
  return (
    ts.isPropertyAccessExpression(node) &&
    node.name.text === 'exports' &&
    ts.isIdentifier(node.expression) &&
    node.expression.text === 'module'
  );
}
