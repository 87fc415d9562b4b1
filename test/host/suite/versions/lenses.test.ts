import assert from 'node:assert/strict';
import { UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import * as vscode from 'vscode';
import { until } from '../../../../src/scripts/host/until.ts';
import { activeExtension, fileUri, openFile } from '../../support/inHost.ts';
import { alias, otherClient, publish, rewrite, run } from '../../support/versions.ts';

const receipts = { functionName: 'receipts' };

suite('the lens of aliases over a handler', () => {
  suiteSetup(() => activeExtension());
  teardown(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));
  suiteTeardown(() => vscode.commands.executeCommand('lambdaLens.stopEngine'));

  test('is not there while the engine does not run, and does not start it', async () => {
    await vscode.commands.executeCommand('lambdaLens.stopEngine');
    await openFile('src/receipts.ts');
    await until('the other lenses', async () => (await titles()).some(title => title.startsWith('λ')));
    assert.deepEqual(await aliasTitles(), []);
  });

  test('is not there while the function has no aliases', async () => {
    await publish('', receipts);
    await openFile('src/receipts.ts');
    assert.deepEqual(await aliasTitles(), []);
  });

  test('names the aliases that run the code as it stands', async () => {
    await alias('createAlias', { ...receipts, alias: 'DEV', version: '$LATEST' });
    await alias('createAlias', { ...receipts, alias: 'PROD', version: '1' });
    await openFile('src/receipts.ts');
    await lensIs('DEV, PROD run this code');
  });

  test('tells when a save makes the working tree another, and when it is the same again', async () => {
    await openFile('src/receipts.ts');
    const before = await rewrite('src/receipts.ts', text => text.replace('printed', 'sent'));
    await lensIs('DEV runs this code · PROD v1 differs');
    await rewrite('src/receipts.ts', () => before);
    await lensIs('DEV, PROD run this code');
  });

  test('counts nothing that is not saved', async () => {
    const editor = await openFile('src/receipts.ts');
    await editor.edit(edit => edit.insert(new vscode.Position(0, 0), '\n'));
    await lensIs('DEV $LATEST · PROD v1 · not saved');
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await lensIs('DEV, PROD run this code');
  });

  test('tells what is shared', async () => {
    const before = await rewrite('src/receipts.ts', text => text.replace('printed', 'mailed'));
    await publish('', receipts);
    await alias('shiftTraffic', { ...receipts, alias: 'PROD', version: '2', percent: 10 });
    await openFile('src/receipts.ts');
    await lensIs('DEV runs this code · PROD v1 90% · v2 10% partly');
    await rewrite('src/receipts.ts', () => before);
  });

  test('says whose $LATEST it is where the API has put something there', async () => {
    const client = await otherClient();
    await client.send(
      new UpdateFunctionConfigurationCommand({ FunctionName: 'receipts', Description: 'By the API' }),
    );
    client.destroy();
    await openFile('src/receipts.ts');
    await lensIs(/\$LATEST is what the API has put there$/);
  });

  test('leads to a comparison with the working tree', async () => {
    await openFile('src/receipts.ts');
    const lens = await until('the lens', async () => (await aliasLenses())[0]);
    assert.equal(lens.command?.command, 'lambdaLens.compareVersions');
    const [given] = lens.command?.arguments ?? [];
    const names = await run<readonly string[]>('compareVersions', { ...given, version: '2' });
    assert.deepEqual(names, ['src/receipts.ts']);
  });
});

async function lenses(): Promise<readonly vscode.CodeLens[]> {
  return vscode.commands.executeCommand<vscode.CodeLens[]>(
    'vscode.executeCodeLensProvider',
    fileUri('src/receipts.ts'),
    20,
  );
}

async function titles(): Promise<readonly string[]> {
  return (await lenses()).map(({ command }) => command?.title ?? '');
}

async function aliasLenses(): Promise<readonly vscode.CodeLens[]> {
  return (await lenses()).filter(({ command }) => command?.command === 'lambdaLens.compareVersions');
}

async function aliasTitles(): Promise<readonly string[]> {
  return (await aliasLenses()).map(({ command }) => command?.title ?? '');
}

async function lensIs(expected: string | RegExp): Promise<void> {
  let shown = '';
  await until(`the lens ${expected}`, async () => {
    [shown = ''] = await aliasTitles();
    return typeof expected === 'string' ? shown === expected : expected.test(shown);
  }).catch(error => {
    throw new Error(`The lens says "${shown}".`, { cause: error });
  });
}
