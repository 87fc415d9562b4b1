// In the extension host: from opening a handler to its hints, with everything still to be started. VS Code
// shows no hint before every provider has answered, TypeScript's included; with Lambda Lens's hints
// switched off, that is all that is measured.
import * as vscode from 'vscode';
import { fileUri, hintsOf } from '../../host/support/inHost.ts';
import { record } from './record.ts';

test('first hint', async () => {
  const isOff = vscode.workspace.getConfiguration('lambdaLens').get('hints.mode') === 'off';
  const start = performance.now();
  const document = await vscode.workspace.openTextDocument(fileUri('src/orders.ts'));
  await vscode.window.showTextDocument(document);
  let hints = await hintsOf(document);
  while (hints.length === 0 && !isOff) hints = await hintsOf(document);
  record(performance.now() - start);
});
