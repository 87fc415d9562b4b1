import { ts } from 'ts-morph';
import type { Fix } from '../../model/finding.ts';
import type { FileFacts } from '../phases/model.ts';
import { wholeLines } from './places.ts';

/** Removes a statement that assigns a literal to a property that nothing reads. */
export function removeAssignment(target: ts.Node, { source }: FileFacts): Fix | undefined {
  const assignment = target.parent;
  if (!ts.isBinaryExpression(assignment) || assignment.left !== target) return undefined;
  const statement = assignment.parent;
  if (!ts.isExpressionStatement(statement) || !ts.isBlock(statement.parent)) return undefined;
  const { kind } = assignment.right;
  if (kind !== ts.SyntaxKind.TrueKeyword && kind !== ts.SyntaxKind.FalseKeyword) return undefined;
  const { start, end } = wholeLines(statement, source);
  return { title: 'Remove it: it has no effect', isSafe: true, edits: [{ start, end, newText: '' }] };
}
