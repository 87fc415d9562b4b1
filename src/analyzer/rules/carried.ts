import { ts } from 'ts-morph';
import { accessedName, unwrap } from '../syntax.ts';
import { declaredIn, type Loop, rootName } from './loops.ts';

/** Whether a turn of a loop may depend on what an earlier one left in a variable or in a collection. */
export function carriesOver(loop: Loop): boolean {
  const own = new Set([...loop.names, ...declaredIn(loop.node.statement)]);
  const uses = new Map<string, number>();
  const changes = new Map<string, number>();
  let isCarried = false;
  const change = (name: string | undefined, kind: 'replaced' | 'added') => {
    if (name === undefined || own.has(name)) return;
    if (kind === 'replaced') isCarried = true;
    changes.set(name, (changes.get(name) ?? 0) + 1);
  };
  const walk = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) uses.set(node.text, (uses.get(node.text) ?? 0) + 1);
    if (ts.isBinaryExpression(node) && isAssignment(node)) noteAssignment(node, change);
    if (ts.isPostfixUnaryExpression(node) || ts.isPrefixUnaryExpression(node)) {
      if (/^(\+\+|--)$/.test(ts.tokenToString(node.operator) ?? '')) change(rootName(node.operand), 'added');
    }
    if (ts.isCallExpression(node)) {
      const callee = unwrap(node.expression);
      if (/^(push|unshift|add|set|delete|splice|pop|shift|append)$/.test(accessedName(callee) ?? '')) {
        change(rootName((callee as ts.PropertyAccessExpression).expression), 'added');
      }
    }
    ts.forEachChild(node, walk);
  };
  walk(loop.node.statement);
  const over = loop.over && rootName(loop.over);
  if (over !== undefined && changes.has(over)) return true;
  // What is only added to is not read; each further mention may read what earlier turns have added.
  return isCarried || [...changes].some(([name, count]) => (uses.get(name) ?? 0) > count);
}

function noteAssignment(
  { left, operatorToken: { kind } }: ts.BinaryExpression,
  change: (name: string | undefined, kind: 'replaced' | 'added') => void,
): void {
  const target = unwrap(left);
  const isAdded =
    kind === ts.SyntaxKind.PlusEqualsToken ||
    kind === ts.SyntaxKind.MinusEqualsToken ||
    ts.isElementAccessExpression(target);
  change(rootName(target), isAdded ? 'added' : 'replaced');
}

function isAssignment({ operatorToken: { kind } }: ts.BinaryExpression): boolean {
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}
