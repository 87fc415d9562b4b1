// In the extension host: from the event that tells of a key to the hints as VS Code hands them out, which is after
// every provider has answered, in a handler of a thousand lines.
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import { fileUri, hintsOf } from '../../host/support/inHost.ts';
import { typedBefore } from '../support/handlers.ts';
import { record } from './record.ts';

const keys = { warming: 20, measured: 100 };

test('shown hints', async () => {
  const document = await vscode.workspace.openTextDocument(fileUri('handler.ts'));
  const editor = await vscode.window.showTextDocument(document);
  const isOff = vscode.workspace.getConfiguration('lambdaLens').get('hints.mode') === 'off';
  while ((await hintsOf(document)).length === 0 && !isOff) await delay(50);
  const text = document.getText();
  const caret = document.positionAt(text.indexOf(typedBefore, text.length / 2));
  editor.selection = new vscode.Selection(caret, caret);
  const figures: number[] = [];
  let answer: Promise<void> | undefined;
  const listener = vscode.workspace.onDidChangeTextDocument(({ document: changed, contentChanges }) => {
    if (changed !== document || contentChanges.length === 0) return;
    const start = performance.now();
    answer = hintsOf(document).then(() => {
      figures.push(performance.now() - start);
    });
  });
  for (let key = 0; key < keys.warming + keys.measured; key += 1) {
    await vscode.commands.executeCommand('type', { text: 'x' });
    await answer;
    await delay(20);
  }
  listener.dispose();
  record(...figures.slice(keys.warming));
});
