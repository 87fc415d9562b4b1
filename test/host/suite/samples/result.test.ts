import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { fileUri, invoke, openFile } from '../../support/inHost.ts';

suite('the result of an invocation', () => {
  suiteTeardown(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('lambdaLens.stopEngine');
  });

  const payload = () => {
    const found = vscode.window.visibleTextEditors.find(
      ({ document }) => document.uri.path === '/count-clicks.json',
    );
    assert.ok(found, 'the result is not shown');
    return found.document;
  };
  const lenses = async () => {
    const found = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      payload().uri,
    );
    return found.map(({ command }) => command?.title ?? '');
  };

  test('leads from the stack of an error to the line in TypeScript', async () => {
    await invoke('count-clicks', {});
    const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
      'vscode.executeLinkProvider',
      payload().uri,
    );
    const own = links.filter(({ target }) => target?.path === fileUri('src/clicks.ts').path);
    const source = (await openFile('src/clicks.ts')).document;
    const line = Number(/^L(\d+)/.exec(own[0]?.target?.fragment ?? '')?.[1]);
    assert.match(source.lineAt(line - 1).text, /of event\.Records/);
  });

  test('is compared with the last run of the same event', async () => {
    await invoke('count-clicks', { Records: [] });
    assert.doesNotMatch((await lenses())[2] ?? '', /before/);
    await invoke('count-clicks', { Records: [] });
    assert.match((await lenses())[2] ?? '', /Succeeded · warm environment · [\d.]+ ms \(before: [\d.]+ ms\)/);
  });

  test('can be invoked again and copied', async () => {
    assert.deepEqual((await lenses()).slice(0, 2), ['$(play) Invoke Again', '$(copy) Copy As...']);
  });
});
