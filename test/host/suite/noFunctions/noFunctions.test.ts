import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activeExtension, hintsOf, invoke, openFile } from '../../support/inHost.ts';

suite('a workspace without functions', () => {
  test('has no hints', async () => {
    await activeExtension();
    const { document } = await openFile('notes.ts');
    assert.deepEqual(await hintsOf(document), []);
  });

  test('has no findings to list, and says so', async () => {
    assert.equal(await vscode.commands.executeCommand('lambdaLens.findings.list'), undefined);
  });

  test('has nothing to invoke, and no problems', async () => {
    assert.equal(await invoke('count-clicks', {}), undefined);
    assert.deepEqual(
      vscode.languages.getDiagnostics().filter(([, all]) => all.some(isOurs)),
      [],
    );
  });
});

function isOurs({ source }: vscode.Diagnostic): boolean {
  return source === 'Lambda Lens';
}
