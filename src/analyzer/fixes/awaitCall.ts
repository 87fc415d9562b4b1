import { ts } from 'ts-morph';
import type { Fix } from '../../model/finding.ts';
import { accessedName, hasModifier, unwrap } from '../syntax.ts';

/** Waits for a promise that a statement of an async function throws away; undefined in any other function. */
export function awaitCall(call: ts.CallExpression): Fix | undefined {
  const discarded = discardedIn(call);
  if (!discarded || !isInAsync(call)) return undefined;
  const start = discarded.getStart();
  const edit = ts.isVoidExpression(discarded)
    ? { start, end: discarded.expression.getStart(), newText: 'await ' }
    : { start, end: start, newText: 'await ' };
  return { title: 'Wait for it: add await', isSafe: false, edits: [edit] };
}

/**
 * Waits for what the async callback of `forEach` does, all at once as before.
 * @param isArray whether it is an array that is gone through: others have no `map`
 */
export function awaitEach(call: ts.CallExpression, isArray: boolean): Fix | undefined {
  const callee = unwrap(call.expression);
  const isMethod = ts.isPropertyAccessExpression(callee) && !callee.questionDotToken;
  if (!isArray || !isMethod || accessedName(callee) !== 'forEach' || call.arguments.length !== 1)
    return undefined;
  const discarded = discardedIn(call);
  if (discarded !== call || !isInAsync(call)) return undefined;
  const start = call.getStart();
  return {
    title: 'Wait for all of them: use Promise.all and map',
    isSafe: false,
    edits: [
      { start, end: start, newText: 'await Promise.all(' },
      { start: callee.name.getStart(), end: callee.name.end, newText: 'map' },
      { start: call.end, end: call.end, newText: ')' },
    ],
  };
}

/** The expression of the statement that a call is: itself, or `void` of it. */
function discardedIn(call: ts.CallExpression): ts.CallExpression | ts.VoidExpression | undefined {
  const { parent } = call;
  if (ts.isExpressionStatement(parent)) return call;
  return ts.isVoidExpression(parent) && ts.isExpressionStatement(parent.parent) ? parent : undefined;
}

function isInAsync(node: ts.Node): boolean {
  const around = ts.findAncestor(node.parent, ts.isFunctionLike);
  return around !== undefined && hasModifier(around, ts.SyntaxKind.AsyncKeyword);
}
