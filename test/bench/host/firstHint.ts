// In the extension host: from opening a handler to its hints, with the worker thread still to be started.
import * as vscode from 'vscode';
import { fileUri, hintsOf } from '../../host/support/inHost.ts';
import { record } from './record.ts';

test('first hint', async () => {
  const start = performance.now();
  const document = await vscode.workspace.openTextDocument(fileUri('src/orders.ts'));
  await vscode.window.showTextDocument(document);
  let hints: readonly string[] = [];
  while (hints.length === 0) hints = await hintsOf(document);
  record(performance.now() - start);
});
