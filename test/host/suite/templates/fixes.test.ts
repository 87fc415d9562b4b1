import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from '../../../../src/scripts/host/until.ts';
import { activeExtension, fileUri, openFile } from '../../support/inHost.ts';
import { editAt, placeOf, revert } from './editing.ts';

suite('a handler that does not exist', () => {
  suiteSetup(() => activeExtension());
  teardown(revert);
  suiteTeardown(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  test('is told where its file is missing, where its export is, and nowhere else', async () => {
    const { document } = await openFile('template.yaml');
    const told = await until('two problems', async () => {
      const own = problemsOf(document.uri);
      return own.length === 2 && own;
    });
    assert.deepEqual(
      told.map(({ code, range }) => [code, document.getText(range)]),
      [
        ['handler-file-missing', 'src/refund.handler'],
        ['handler-export-missing', '"src/orders.status"'],
      ],
    );
    assert.match(told[0]?.message ?? '', /src\/refund\.handler/);
    assert.match(told[1]?.message ?? '', /src\/orders\.ts does not export status, but handler/);
  });

  test('is told of what is being typed, and no longer once it exists', async () => {
    const { document } = await openFile('template.yaml');
    await editAt(document, placeOf(document, 'src/orders.handler'), 'src/order.handler');
    await until('a problem', () => problemAt(document, 'src/order.handler'));
    await editAt(document, placeOf(document, 'src/order.handler'), 'src/orders.handler');
    await until('no problem', () => !problemAt(document, 'src/orders.handler'));
  });

  test('can be replaced by one that does, in plain YAML', async () => {
    const { document } = await openFile('template.yaml');
    const fixes = await fixesAt(document, 'src/refund.handler');
    assert.deepEqual(fixes.map(({ title }) => title).slice(0, 3), [
      'Create src/refund.ts with this handler',
      'Use the handler src/orders.handler',
      'Use the handler src/reply.reply',
    ]);
    await apply(fixes, 'Use the handler src/orders.handler');
    assert.equal(document.lineAt(42).text, '      Handler: src/orders.handler');
    await until('no problem', () => problemsOf(document.uri).length === 1);
  });

  test('can be replaced by one that does, in quotes', async () => {
    const { document } = await openFile('template.yaml');
    await apply(await fixesAt(document, '"src/orders.status"'), 'Use the handler src/orders.handler');
    assert.equal(document.lineAt(53).text, '      Handler: "src/orders.handler"');
  });

  test('can be replaced by one that does, in JSON', async () => {
    const { document } = await openFile('services/stock.template.json');
    await apply(await fixesAt(document, '"index.hanlder"'), 'Use the handler index.handler');
    assert.equal(document.lineAt(8).text, '        "Handler": "index.handler",');
  });

  test('can be created, written like its neighbours', async () => {
    const { document } = await openFile('template.yaml');
    await apply(await fixesAt(document, 'src/refund.handler'), 'Create src/refund.ts with this handler');
    const created = fileUri('src/refund.ts');
    await until('no problem', () => !problemAt(document, 'src/refund.handler'));
    assert.ok(await (await vscode.workspace.openTextDocument(created)).save());
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(created));
    assert.equal(
      text,
      `import type { SQSEvent, SQSBatchResponse } from 'aws-lambda';

export const handler = async (event: SQSEvent): Promise<SQSBatchResponse> => {
  throw new Error('handler is not implemented yet');
};
`,
    );
    await vscode.workspace.fs.delete(created);
    await until('the problem again', () => problemAt(document, 'src/refund.handler'));
  });

  test('can be added to the file that lacks it', async () => {
    const { document } = await openFile('template.yaml');
    await apply(await fixesAt(document, '"src/orders.status"'), 'Add this handler to src/orders.ts');
    const source = await vscode.workspace.openTextDocument(fileUri('src/orders.ts'));
    assert.equal(
      source.getText().split('};\n').at(1),
      "\nexport const status = async (event: unknown): Promise<unknown> => {\n  throw new Error('status is not implemented yet');\n",
    );
    await until('no problem', () => !problemAt(document, '"src/orders.status"'));
  });
});

function problemsOf(uri: vscode.Uri): vscode.Diagnostic[] {
  return vscode.languages
    .getDiagnostics(uri)
    .filter(({ source }) => source === 'Lambda Lens')
    .toSorted((a, b) => a.range.start.compareTo(b.range.start));
}

function problemAt(document: vscode.TextDocument, text: string): vscode.Diagnostic | undefined {
  return problemsOf(document.uri).find(({ range }) => document.getText(range) === text);
}

async function fixesAt(document: vscode.TextDocument, handler: string): Promise<vscode.CodeAction[]> {
  const { range } = await until(`the problem of ${handler}`, () => problemAt(document, handler));
  return vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    range,
    vscode.CodeActionKind.QuickFix.value,
  );
}

async function apply(fixes: readonly vscode.CodeAction[], title: string): Promise<void> {
  const fix = fixes.find(each => each.title === title);
  assert.ok(fix?.edit, `${title} is not among ${fixes.map(each => each.title).join(', ')}`);
  assert.ok(await vscode.workspace.applyEdit(fix.edit));
}
