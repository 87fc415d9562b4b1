import { ts } from 'ts-morph';
import type { Unit } from '../phases/model.ts';
import type { ReachedCode } from './rule.ts';

/** Whether some condition decides if an invocation gets to a node, in its function or in those that call it. */
export function isConditional(node: ts.Node, unit: Unit, { inspection }: ReachedCode): boolean {
  let at: ts.Node = node;
  let within = unit;
  let arrival = inspection.phases.arrivals.get(unit)?.invoke;
  for (;;) {
    if (isInBranch(at, within) || isBehindExit(at, within)) return true;
    if (!arrival?.from) return false;
    at = arrival.from.site;
    within = arrival.from.unit;
    arrival = arrival.from.arrival;
  }
}

function isInBranch(node: ts.Node, unit: Unit): boolean {
  for (let at = node; at !== unit.node && at.parent; at = at.parent) {
    const { parent } = at;
    if (ts.isIfStatement(parent) && parent.expression !== at) return true;
    if (ts.isConditionalExpression(parent) && parent.condition !== at) return true;
    if (ts.isCaseOrDefaultClause(parent) || ts.isCatchClause(parent)) return true;
    if (ts.isBinaryExpression(parent) && parent.right === at) {
      if (/^(&&|\|\||\?\?)$/.test(ts.tokenToString(parent.operatorToken.kind) ?? '')) return true;
    }
  }
  return false;
}

/** Behind an `if` that may leave the function, or go on to the next turn of a loop. */
function isBehindExit(node: ts.Node, unit: Unit): boolean {
  const visit = (at: ts.Node): boolean => {
    if (at.pos >= node.pos) return false;
    if (at !== unit.node && ts.isFunctionLike(at))
      return at.end > node.pos && (ts.forEachChild(at, visit) ?? false);
    if (ts.isIfStatement(at) && at.end <= node.pos && exits(at.thenStatement)) return true;
    return ts.forEachChild(at, child => visit(child) || undefined) ?? false;
  };
  return visit(unit.node);
}

function exits(statement: ts.Statement): boolean {
  const last = ts.isBlock(statement) ? statement.statements.at(-1) : statement;
  return (
    last !== undefined &&
    (ts.isReturnStatement(last) || ts.isContinueStatement(last) || ts.isThrowStatement(last))
  );
}
