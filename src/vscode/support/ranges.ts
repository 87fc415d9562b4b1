import * as vscode from 'vscode';
import type { SourceRange } from '../../model/source.ts';

/** Lines and columns that count from 1, as VS Code counts. */
export function toRange({
  startLine,
  startColumn,
  endLine,
  endColumn,
}: Omit<SourceRange, 'file'>): vscode.Range {
  return new vscode.Range(startLine - 1, startColumn - 1, endLine - 1, endColumn - 1);
}

/** Opens the file with the caret at the beginning of the range. */
export async function reveal(range: SourceRange): Promise<void> {
  const { start } = toRange(range);
  await vscode.window.showTextDocument(vscode.Uri.file(range.file), {
    selection: new vscode.Range(start, start),
  });
}
