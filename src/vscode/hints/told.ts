import * as vscode from 'vscode';
import { diagnosticSource } from '../diagnostics/codes.ts';

/** Whether a finding on the line says what a client or a connection costs that is made each time. */
export function isTold({ uri }: vscode.TextDocument, { line }: vscode.Position): boolean {
  return vscode.languages
    .getDiagnostics(uri)
    .some(
      ({ source, code, range }) =>
        source === diagnosticSource &&
        typeof code === 'object' &&
        code.value === 'client-per-invocation' &&
        range.start.line === line,
    );
}
