import { ts } from 'ts-morph';
import type { Fix } from '../../model/finding.ts';
import type { FileFacts, Scope } from '../phases/model.ts';
import { isOfModule } from './names.ts';
import { beginningOf, dedented, newLineOf, topLevelStatement, wholeLines } from './places.ts';

/** Moves a statement that uses nothing of its function above the statement of the module that the function is in. */
export function moveOut(call: ts.Node, scope: Scope, { source }: FileFacts, title: string): Fix | undefined {
  const statement = call.parent;
  const around = topLevelStatement(call);
  if (!around || !ts.isExpressionStatement(statement) || !ts.isBlock(statement.parent)) return undefined;
  if (!isOfModule(statement, scope)) return undefined;
  const { start, contentEnd, end } = wholeLines(statement, source);
  const newLine = newLineOf(source);
  const at = beginningOf(around, source);
  const moved = dedented(source.text.slice(start, contentEnd), newLine);
  return {
    title,
    isSafe: false,
    edits: [
      { start: at, end: at, newText: `${moved}${newLine}${newLine}` },
      { start, end, newText: '' },
    ],
  };
}
