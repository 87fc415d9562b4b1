import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import * as vscode from 'vscode';
import { until } from '../../../../src/scripts/host/until.ts';
import { actionsAt, findingsOf } from '../../support/findings.ts';
import { activeExtension, hintsOf, invoke, openFile } from '../../support/inHost.ts';

suite('a workspace that is not trusted', () => {
  test('is not trusted', () => assert.equal(vscode.workspace.isTrusted, false));

  test('has hints: analysis runs nothing', async () => {
    await activeExtension();
    const { document } = await openFile('src/clicks.ts');
    await until('hints', async () => (await hintsOf(document)).length >= 2);
  });

  test('has findings and their fixes', async () => {
    const { document } = await openFile('src/fulfilment.ts');
    const found = await until('a finding', () => findingsOf(document.uri)[0]);
    assert.ok((await actionsAt(document, found.range)).length >= 2);
  });

  test('invokes nothing and starts no engine', async () => {
    assert.equal(await invoke('count-clicks', {}), undefined);
    const given = { functionName: 'count-clicks', savedEvent: 'five-clicks' };
    for (const command of ['invokeFresh', 'invokeWithDebugger', 'invokeBatch', 'invokeAgain']) {
      assert.equal(await vscode.commands.executeCommand(`lambdaLens.${command}`, given), undefined, command);
    }
    const versioned = {
      functionName: 'count-clicks',
      version: '1',
      alias: 'live',
      event: '{}',
      confirmed: true,
    };
    for (const command of [
      'publishVersion',
      'createAlias',
      'pointAlias',
      'shiftTraffic',
      'promoteAlias',
      'rollBackAlias',
      'deleteQualifier',
      'invokeQualifier',
      'compareVersions',
      'copyArn',
      'setUpStages',
      'startEngine',
    ]) {
      const result = await vscode.commands.executeCommand(`lambdaLens.${command}`, versioned);
      assert.equal(result, undefined, command);
    }
    const home = process.env.LAMBDA_LENS_TEST_HOME;
    assert.ok(home);
    const state = await readdir(home, { recursive: true });
    assert.deepEqual(
      state.filter(path => /(^|\/)engines(\/|$)/.test(path)),
      [],
    );
  });

  test('does not choose the Node.js that runs handlers', async () => {
    const configuration = () => vscode.workspace.getConfiguration('lambdaLens').get('node.path');
    await vscode.workspace
      .getConfiguration('lambdaLens')
      .update('node.path', '/bin/evil', vscode.ConfigurationTarget.Workspace);
    assert.equal(configuration(), '');
  });
});
