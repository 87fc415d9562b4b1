// In the extension host: from the event that tells of a key to the hints of Lambda Lens's provider, in a handler
// of a thousand lines. The document passes for plain text, so that nothing else looks at what is typed.
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import { fileUri } from '../../host/support/inHost.ts';
import { createOwnHints } from '../../host/support/ownHints.ts';
import { typedBefore } from '../support/handlers.ts';
import { record } from './record.ts';

const keys = { warming: 30, measured: 150 };

test('keystroke', async () => {
  const opened = await vscode.workspace.openTextDocument(fileUri('handler.ts'));
  const document = await vscode.languages.setTextDocumentLanguage(opened, 'plaintext');
  const editor = await vscode.window.showTextDocument(document);
  const own = await createOwnHints({ selector: 'never' });
  const text = document.getText();
  const caret = document.positionAt(text.indexOf(typedBefore, text.length / 2));
  editor.selection = new vscode.Selection(caret, caret);
  const figures: number[] = [];
  let answer: Promise<void> | undefined;
  const listener = vscode.workspace.onDidChangeTextDocument(({ document: changed, contentChanges }) => {
    if (changed !== document || contentChanges.length === 0) return;
    const start = performance.now();
    answer = own.ask(document).then(answered => {
      if (!answered || answered.hints.length === 0) throw new Error('There were no hints.');
      figures.push(performance.now() - start);
    });
  });
  for (let key = 0; key < keys.warming + keys.measured; key += 1) {
    await vscode.commands.executeCommand('type', { text: 'x' });
    await answer;
    await delay(20);
  }
  listener.dispose();
  own.dispose();
  record(...figures.slice(keys.warming));
});
