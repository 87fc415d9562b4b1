import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from '../../../../src/scripts/host/until.ts';
import { activeExtension, invoke } from '../../support/inHost.ts';

suite('a long payload', () => {
  suiteTeardown(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('lambdaLens.stopEngine');
  });

  test('shows its structure first', async () => {
    await activeExtension();
    const items = Array.from({ length: 100 }, (_, index) => ({ id: index, tags: ['a', 'b'] }));
    await invoke('mirror', { items });
    await until('the folding', () => {
      const shown = vscode.window.visibleTextEditors.find(
        ({ document }) => document.uri.path === '/mirror.json',
      );
      return shown && shown.document.lineCount > 500 && shown.visibleRanges.length > 1;
    });
    assert.ok(vscode.window.visibleTextEditors.length >= 2);
  });
});
