import { ts } from 'ts-morph';
import { accessedName, unwrap } from '../syntax.ts';

/** What a condition says of one variable: it is unset when the condition is `whenUnset`. */
interface Test {
  readonly target: ts.Expression;
  readonly whenUnset: boolean;
  /** Other conditions under which the unset branch is taken as well. */
  readonly alternatives: readonly ts.Expression[];
}

/** What a branch of a condition is guarded by: it runs while the target is unset, or while a flag is set. */
export interface BranchTest {
  readonly target: ts.Expression;
  readonly runsWhile: 'unset' | 'set';
  readonly alternatives: readonly ts.Expression[];
}

/** The guard of the code that runs when the condition is `value`. */
export function branchTest(condition: ts.Expression, value: boolean): BranchTest | undefined {
  const test = unsetTest(condition);
  if (test?.whenUnset === value) {
    return { target: test.target, runsWhile: 'unset', alternatives: test.alternatives };
  }
  const flag = flagTest(condition, value);
  return flag && { target: flag, runsWhile: 'set', alternatives: [] };
}

/**
 * Reads `!x`, `x == null`, `x === undefined`, `typeof x === 'undefined'`, `!map.has(key)` and their
 * combinations; undefined for a condition that tests no variable for being unset.
 */
function unsetTest(condition: ts.Expression): Test | undefined {
  const node = unwrap(condition);
  if (isPlace(node)) return { target: node, whenUnset: false, alternatives: [] };
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) {
    const inner = unsetTest(node.operand);
    return inner && { ...inner, whenUnset: !inner.whenUnset };
  }
  if (ts.isCallExpression(node)) return membershipTest(node);
  if (!ts.isBinaryExpression(node)) return undefined;
  switch (node.operatorToken.kind) {
    case ts.SyntaxKind.EqualsEqualsToken:
    case ts.SyntaxKind.EqualsEqualsEqualsToken:
      return comparison(node, true);
    case ts.SyntaxKind.ExclamationEqualsToken:
    case ts.SyntaxKind.ExclamationEqualsEqualsToken:
      return comparison(node, false);
    case ts.SyntaxKind.AmpersandAmpersandToken:
      return conjunction(node);
    case ts.SyntaxKind.BarBarToken:
      return disjunction(node);
    default:
      return undefined;
  }
}

/**
 * The flag that is set whenever the condition is `value`: `x`, `!!x`, `x === true`, `x && more` for true, `!x`
 * for false.
 */
function flagTest(condition: ts.Expression, value: boolean): ts.Expression | undefined {
  const node = unwrap(condition);
  if (isPlace(node)) return value ? node : undefined;
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) {
    return flagTest(node.operand, !value);
  }
  if (!ts.isBinaryExpression(node)) return undefined;
  switch (node.operatorToken.kind) {
    case ts.SyntaxKind.AmpersandAmpersandToken:
      return value ? (flagTest(node.left, true) ?? flagTest(node.right, true)) : undefined;
    case ts.SyntaxKind.BarBarToken:
      return value ? undefined : (flagTest(node.left, false) ?? flagTest(node.right, false));
    case ts.SyntaxKind.EqualsEqualsToken:
    case ts.SyntaxKind.EqualsEqualsEqualsToken: {
      const isTrue = node.right.kind === ts.SyntaxKind.TrueKeyword;
      const isFalse = node.right.kind === ts.SyntaxKind.FalseKeyword;
      return (value ? isTrue : isFalse) && isPlace(node.left) ? node.left : undefined;
    }
    default:
      return undefined;
  }
}

/** A variable or a property of one: something that can be tested now and assigned later. */
export function isPlace(node: ts.Node): node is ts.Expression {
  const inner = unwrap(node);
  if (ts.isIdentifier(inner)) return inner.text !== 'undefined';
  if (accessedName(inner) === undefined) return false;
  const object = unwrap((inner as ts.PropertyAccessExpression).expression);
  return object.kind === ts.SyntaxKind.ThisKeyword || isPlace(object);
}

/** Whether a statement always leaves the function. */
export function leaves(statement: ts.Statement): boolean {
  if (ts.isReturnStatement(statement)) return true;
  if (!ts.isBlock(statement)) return false;
  const last = statement.statements.at(-1);
  return last !== undefined && leaves(last);
}

/** `map.has(key)` and `map.get(key)` test `map[key]`; the call itself stands for that place. */
function membershipTest(node: ts.CallExpression): Test | undefined {
  const name = accessedName(node.expression);
  if ((name !== 'has' && name !== 'get') || node.arguments.length !== 1) return undefined;
  return { target: node, whenUnset: false, alternatives: [] };
}

function comparison(node: ts.BinaryExpression, equal: boolean): Test | undefined {
  const left = unwrap(node.left);
  const right = unwrap(node.right);
  if (isNullish(right) && isPlace(left)) return { target: left, whenUnset: equal, alternatives: [] };
  if (isNullish(left) && isPlace(right)) return { target: right, whenUnset: equal, alternatives: [] };
  if (ts.isTypeOfExpression(left) && ts.isStringLiteral(right) && right.text === 'undefined') {
    const target = unwrap(left.expression);
    return isPlace(target) ? { target, whenUnset: equal, alternatives: [] } : undefined;
  }
  return undefined;
}

function isNullish(node: ts.Node): boolean {
  return (
    node.kind === ts.SyntaxKind.NullKeyword ||
    node.kind === ts.SyntaxKind.FalseKeyword ||
    (ts.isIdentifier(node) && node.text === 'undefined') ||
    ts.isVoidExpression(node)
  );
}

/** `!x && more` is narrower than `!x`; `x && more` is set and more: its negation may be reached again. */
function conjunction(node: ts.BinaryExpression): Test | undefined {
  const left = unsetTest(node.left);
  const right = unsetTest(node.right);
  if (left?.whenUnset) return left;
  if (right?.whenUnset) return right;
  if (left) return { ...left, alternatives: [...left.alternatives, node.right] };
  return undefined;
}

/** `!x || more` runs again whenever `more` holds; `x || more` is false only while x is unset. */
function disjunction(node: ts.BinaryExpression): Test | undefined {
  const left = unsetTest(node.left);
  if (left?.whenUnset) return { ...left, alternatives: [...left.alternatives, node.right] };
  const right = unsetTest(node.right);
  if (right?.whenUnset) return { ...right, alternatives: [...right.alternatives, node.left] };
  return left ?? right;
}
