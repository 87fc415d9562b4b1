import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from '../../../../src/scripts/host/until.ts';
import { activeExtension, openFile } from '../../support/inHost.ts';
import { editAt, placeOf, revert } from './editing.ts';

suite('lenses over the functions of a template', () => {
  suiteSetup(() => activeExtension());
  teardown(revert);
  suiteTeardown(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  const yaml = [
    '  OrdersFunction: → $(play) Invoke',
    '  OrdersFunction: → Debug',
    '  OrdersFunction: → Open Handler',
    // Its handler does not exist, so there is nothing to open.
    '  RefundFunction: → $(play) Invoke',
    '  StatusFunction: → $(play) Invoke',
    '  StatusFunction: → Debug',
    '  StatusFunction: → Open Handler',
  ];

  test('are over each of them in YAML', async () => {
    const { document } = await openFile('template.yaml');
    assert.deepEqual(await lensesOf(document), yaml);
  });

  test('are over each of them in JSON', async () => {
    const { document } = await openFile('services/stock.template.json');
    assert.deepEqual(await lensesOf(document), [
      '    "StockFunction": { → $(play) Invoke',
      '    "StockFunction": { → Debug',
      '    "StockFunction": { → Open Handler',
    ]);
  });

  test('are not in other files', async () => {
    const { document } = await openFile('package.json');
    assert.deepEqual(await lensesOf(document), []);
  });

  test('move with their functions while the template is edited', async () => {
    const { document } = await openFile('template.yaml');
    await lensesOf(document);
    await editAt(document, placeOf(document, 'Resources:').start, '# one more line\n\n');
    assert.deepEqual(await lensesOf(document), yaml);
  });

  test('follow a function that is renamed, before it is saved', async () => {
    const { document } = await openFile('template.yaml');
    await editAt(document, placeOf(document, 'RefundFunction:').start, 'New');
    assert.ok((await lensesOf(document)).includes('  NewRefundFunction: → $(play) Invoke'));
  });

  test('stay with their functions while the template does not parse', async () => {
    const { document } = await openFile('template.yaml');
    await lensesOf(document);
    await editAt(document, placeOf(document, 'Resources:').start, 'Broken: [\n\n');
    assert.deepEqual(await lensesOf(document), yaml);
    await editAt(document, placeOf(document, 'RefundFunction:').start, 'X');
    await editAt(document, placeOf(document, 'StatusFunction').start.translate(0, 3), 'X');
    assert.deepEqual(await lensesOf(document), [
      '  OrdersFunction: → $(play) Invoke',
      '  OrdersFunction: → Debug',
      '  OrdersFunction: → Open Handler',
      '  XRefundFunction: → $(play) Invoke',
    ]);
  });

  test('lead to the handler, at its line', async () => {
    const { document } = await openFile('template.yaml');
    const open = (await lenses(document)).find(({ command }) => command?.title === 'Open Handler')?.command;
    assert.ok(open);
    await vscode.commands.executeCommand(open.command, ...(open.arguments ?? []));
    const editor = vscode.window.activeTextEditor;
    assert.match(editor?.document.uri.path ?? '', /\/src\/orders\.ts$/);
    assert.match(editor?.document.lineAt(editor.selection.active.line).text ?? '', /^export const handler/);
  });

  test('are gone when the setting says so', async () => {
    const { document } = await openFile('template.yaml');
    const configuration = vscode.workspace.getConfiguration('lambdaLens', document);
    const workspace = vscode.ConfigurationTarget.Workspace;
    await configuration.update('templates.codeLens', false, workspace);
    try {
      await until('no lenses', async () => (await lensesOf(document)).length === 0);
    } finally {
      await configuration.update('templates.codeLens', undefined, workspace);
    }
    await until('the lenses', async () => (await lensesOf(document)).length === yaml.length);
  });
});

function lenses(document: vscode.TextDocument): Thenable<vscode.CodeLens[]> {
  return vscode.commands.executeCommand('vscode.executeCodeLensProvider', document.uri);
}

/** Each lens of ours as the line that it is over, an arrow, and its title. */
async function lensesOf(document: vscode.TextDocument): Promise<readonly string[]> {
  const own = (await lenses(document)).filter(({ command }) => command?.command.startsWith('lambdaLens.'));
  return own
    .toSorted((a, b) => a.range.start.line - b.range.start.line)
    .map(({ range, command }) => `${document.lineAt(range.start.line).text} → ${command?.title}`);
}
