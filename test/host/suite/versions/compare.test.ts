import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from '../../../../src/scripts/host/until.ts';
import { activeExtension, fileUri } from '../../support/inHost.ts';
import { alias, done, publish, rewrite, run } from '../../support/versions.ts';

const quotes = { functionName: 'quotes' };

suite('Compare With', () => {
  suiteSetup(async () => {
    await activeExtension();
    await publish('Euros', quotes);
    await rewrite('src/money.ts', text => text.replace('EUR', 'CHF'));
    await publish('Francs', quotes);
    await rewrite('template.yaml', text => text.replace('Timeout: 3', 'Timeout: 9'));
    await until('the new timeout', async () => (await publish('More time', quotes)).version === '3');
    await alias('createAlias', { ...quotes, alias: 'live', version: '1' });
  });
  teardown(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));
  suiteTeardown(() => vscode.commands.executeCommand('lambdaLens.stopEngine'));

  test('two versions whose code differs in one file are a diff of its sources', async () => {
    assert.deepEqual(await compare({ version: '1', other: '2' }), ['src/money.ts']);
    const { original, modified } = await shownDiff();
    assert.equal(await textOf(original), "export const currency = 'EUR';\n");
    assert.equal(await textOf(modified), "export const currency = 'CHF';\n");
  });

  test('two versions that are configured differently are a diff of their configuration', async () => {
    assert.deepEqual(await compare({ version: '2', other: '3' }), ['configuration.json']);
    const { original, modified } = await shownDiff();
    const [before, after] = [JSON.parse(await textOf(original)), JSON.parse(await textOf(modified))];
    assert.deepEqual([before.Timeout, after.Timeout], [3, 9]);
    assert.equal('RevisionId' in before || 'LastModified' in before, false);
  });

  test('several differences are shown together', async () => {
    assert.deepEqual(await compare({ alias: 'live', other: '3' }), ['src/money.ts', 'configuration.json']);
    await until('one editor for all of them', () =>
      vscode.window.tabGroups.activeTabGroup.activeTab?.label.startsWith('quotes: live (v1) ↔ v3'),
    );
  });

  test('what is the same is said, and no editor is opened', async () => {
    assert.deepEqual(await compare({ version: '1', other: 'live' }), []);
    assert.equal(vscode.window.tabGroups.activeTabGroup.tabs.length, 0);
  });

  test('against the working tree, the file itself is on the right, and can be edited there', async () => {
    assert.deepEqual(await compare({ version: '3', other: 'workspace' }), []);
    const before = await rewrite('src/money.ts', text => text.replace('CHF', 'SEK'));
    assert.deepEqual(await compare({ version: '3', other: 'workspace' }), ['src/money.ts']);
    const { original, modified } = await shownDiff();
    assert.equal(modified.toString(), fileUri('src/money.ts').toString());
    assert.equal(await textOf(original), before);
    await rewrite('src/money.ts', () => before);
  });

  test('a file that is only on one side stands against an empty one', async () => {
    const handler = await rewrite('src/quotes.ts', text => `import './extra.ts';\n${text}`);
    await vscode.workspace.fs.writeFile(fileUri('src/extra.ts'), new TextEncoder().encode('export {};\n'));
    const names = await compare({ version: '3', other: 'workspace' });
    assert.deepEqual(names, ['src/extra.ts', 'src/quotes.ts']);
    await rewrite('src/quotes.ts', () => handler);
    await vscode.workspace.fs.delete(fileUri('src/extra.ts'));
  });

  test('what was published cannot be changed or written', async () => {
    await compare({ version: '1', other: '2' });
    const { original } = await shownDiff();
    assert.equal(vscode.workspace.fs.isWritableFileSystem(original.scheme), false);
    await assert.rejects(Promise.resolve(vscode.workspace.fs.writeFile(original, new Uint8Array())));
    await assert.rejects(Promise.resolve(vscode.workspace.fs.delete(original)));
  });

  test('a version that does not exist is refused', async () => {
    assert.equal(await run('compareVersions', { ...quotes, version: '1', other: '77' }), undefined);
    assert.equal(await run('compareVersions', { ...quotes, alias: 'nowhere', other: '1' }), undefined);
  });

  test('a diff that is open while the engine does not run starts nothing', async () => {
    await compare({ version: '1', other: '2' });
    const { original } = await shownDiff();
    await vscode.commands.executeCommand('lambdaLens.stopEngine');
    const unread = original.with({ query: original.query.replace('"version":"1"', '"version":"2"') });
    await assert.rejects(Promise.resolve(vscode.workspace.fs.readFile(unread)), /not running/);
    await vscode.commands.executeCommand('lambdaLens.startEngine');
  });
});

async function compare(given: Readonly<Record<string, string>>): Promise<readonly string[]> {
  return done(await run<readonly string[]>('compareVersions', { ...quotes, ...given }));
}

async function shownDiff(): Promise<vscode.TabInputTextDiff> {
  return until('the diff', () => {
    const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    return input instanceof vscode.TabInputTextDiff && input;
  });
}

async function textOf(uri: vscode.Uri): Promise<string> {
  return (await vscode.workspace.openTextDocument(uri)).getText();
}
