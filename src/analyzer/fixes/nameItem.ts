import { ts } from 'ts-morph';
import type { Fix } from '../../model/finding.ts';
import { accessedName, unwrap } from '../syntax.ts';

const title = 'Name the item by itemIdentifier';

/** `{ id: record.messageId }` and `{ messageId }`: the identifier under the name that Lambda looks for. */
export function nameItem({ properties: [only, ...more] }: ts.ObjectLiteralExpression): Fix | undefined {
  if (!only || more.length > 0) return undefined;
  if (ts.isShorthandPropertyAssignment(only) && only.name.text === 'messageId') {
    const start = only.getStart();
    return { title, isSafe: false, edits: [{ start, end: start, newText: 'itemIdentifier: ' }] };
  }
  if (!ts.isPropertyAssignment(only) || ts.isComputedPropertyName(only.name)) return undefined;
  const value = unwrap(only.initializer);
  const isId = accessedName(value) === 'messageId' || (ts.isIdentifier(value) && value.text === 'messageId');
  if (!isId) return undefined;
  return {
    title,
    isSafe: false,
    edits: [{ start: only.name.getStart(), end: only.name.end, newText: 'itemIdentifier' }],
  };
}

/** `record.receiptHandle` names a receipt, `record.messageId` the message. */
export function useMessageId(value: ts.Node): Fix | undefined {
  const access = unwrap(value);
  if (!ts.isPropertyAccessExpression(access)) return undefined;
  const { name } = access;
  return { title, isSafe: false, edits: [{ start: name.getStart(), end: name.end, newText: 'messageId' }] };
}
