import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { ruleOf, untilFindings } from '../../support/findings.ts';
import { activeExtension, openFile } from '../../support/inHost.ts';
import { editAt, placeOf, revert } from './editing.ts';

suite('what rules find in a template', () => {
  suiteSetup(() => activeExtension());
  teardown(revert);
  suiteTeardown(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  test('is told as it is typed, and no longer when it is mended', async () => {
    const { document } = await openFile('template.yaml');
    const before = /nodejs\d+\.x/.exec(document.getText())?.[0] ?? '';
    await editAt(document, placeOf(document, before), 'nodejs16.x');
    const [found] = await untilFindings(document, ['end-of-life-runtime']);
    assert.equal(found && document.getText(found.range).includes('nodejs16.x'), true);
    assert.equal(found && ruleOf(found), 'end-of-life-runtime');
    await editAt(document, placeOf(document, 'nodejs16.x'), before);
    await untilFindings(document, []);
  });
});
