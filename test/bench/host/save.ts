// In the extension host: a line of a small handler is changed and saved, and the function invoked again, until the
// document with the result has the new value.
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import { activeExtension, invoke, openFile } from '../../host/support/inHost.ts';
import { record } from './record.ts';

const changes = { warming: 5, measured: 25 };

test('save', async () => {
  await activeExtension();
  await invoke('count', {});
  const { document } = await openFile('src/count.ts');
  const figures: number[] = [];
  for (let change = 100; change < 100 + changes.warming + changes.measured; change += 1) {
    const edit = new vscode.WorkspaceEdit();
    const line = document.lineAt(3);
    edit.replace(document.uri, line.range, `  calls += ${change};`);
    await vscode.workspace.applyEdit(edit);
    await delay(300);
    const start = performance.now();
    await document.save();
    void vscode.commands.executeCommand('lambdaLens.invokeAgain');
    await resultHas(change);
    figures.push(performance.now() - start);
    await delay(200);
  }
  await vscode.commands.executeCommand('lambdaLens.stopEngine');
  record(...figures.slice(changes.warming));
}).timeout(120_000);

function resultHas(calls: number): Promise<void> {
  return new Promise(resolve => {
    const look = () => {
      const shown = vscode.window.visibleTextEditors.find(
        ({ document }) => document.uri.path === '/count.json',
      );
      if (!shown?.document.getText().includes(`"calls": ${calls}\n`)) return;
      listener.dispose();
      resolve();
    };
    const listener = vscode.workspace.onDidChangeTextDocument(look);
    look();
  });
}
