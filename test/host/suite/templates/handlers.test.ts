import assert from 'node:assert/strict';
import { basename } from 'node:path';
import * as vscode from 'vscode';
import { activeExtension, openFile } from '../../support/inHost.ts';
import { editAt, placeOf, revert } from './editing.ts';

suite('the handler string of a template', () => {
  suiteSetup(() => activeExtension());
  teardown(revert);
  suiteTeardown(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  const leads = (title: string, file: string, handler: string, expected: string) =>
    test(title, async () => {
      const { document } = await openFile(file);
      const links = await vscode.commands.executeCommand<(vscode.LocationLink | vscode.Location)[]>(
        'vscode.executeDefinitionProvider',
        document.uri,
        placeOf(document, handler).start.translate(0, 2),
      );
      const shown = await Promise.all(links.map(describeTarget));
      assert.deepEqual(shown, expected === '' ? [] : [expected]);
    });
  leads(
    'leads to what is exported',
    'template.yaml',
    'src/orders.handler',
    'orders.ts: export const handler = async (event: APIGatewayProxyEventV2) => {',
  );
  leads(
    'leads to the file where it is not exported',
    'services/stock.template.json',
    '"index.hanlder"',
    "index.js: const { count } = require('./shelf');",
  );
  leads(
    'leads into the folder of a nested stack',
    'nested/reports.yaml',
    'report.handler',
    'report.js: exports.handler = async event => ({ rows: event.rows.length });',
  );
  leads('leads nowhere where there is no file', 'template.yaml', 'src/refund.handler', '');

  test('shows what the function comes to, but no secrets', async () => {
    const { document } = await openFile('template.yaml');
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      placeOf(document, 'src/orders.handler').start,
    );
    const texts = hovers.flatMap(({ contents }) =>
      contents.map(content => (typeof content === 'string' ? content : content.value)),
    );
    const text =
      texts.find(each => each.includes('512 MB'))?.replaceAll(/\\(?=[\W_])/g, '') ?? texts.join('\n');
    for (const expected of [
      '**orders**',
      '| Runtime | nodejs24.x |',
      '| Timeout | 3 s |',
      '| Memory | 512 MB |',
      'role/OrdersFunctionRole',
      '[src/orders.ts](file:',
      '- HTTP API: POST /orders\n',
      '- Schedule: rate(1 day)\n',
      '- REGION_NAME = Frankfurt\n',
      '- API_KEY = ••••••\n',
      // What only an evaluation gives is not said: its place in the template says enough.
      '- STAGE\n',
      '- PRICES\n',
    ]) {
      assert.ok(text.includes(expected), `${expected} is not in:\n${text}`);
    }
    assert.ok(!text.includes('only-for-the-shop'));
  });

  const completes = (
    title: string,
    file: string,
    handler: string,
    typed: string,
    expected: readonly string[],
  ) =>
    test(title, async () => {
      const { document } = await openFile(file);
      const place = placeOf(document, handler);
      await editAt(document, place, typed.replace('|', ''));
      const caret = place.start.translate(0, typed.indexOf('|'));
      const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        document.uri,
        caret,
      );
      const own = items.filter(({ kind, detail }) => kind === vscode.CompletionItemKind.Function && detail);
      assert.deepEqual(
        own.map(({ label, insertText }) => String(insertText ?? label)),
        expected,
      );
      assert.ok(own.every(({ range }) => range instanceof vscode.Range && range.contains(caret)));
    });
  completes('offers the handlers of the code directory', 'template.yaml', 'src/refund.handler', 'src/|', [
    'src/orders.handler',
    'nested/src/report.handler',
    'services/stock/index.handler',
    'src/reply.reply',
    'services/stock/shelf.count',
  ]);
  completes(
    'offers them where nothing is written yet',
    'services/stock.template.json',
    '"index.hanlder"',
    '"|"',
    ['index.handler', 'shelf.count'],
  );
  completes('offers nothing elsewhere', 'template.yaml', 'FunctionName: refund', 'FunctionName: src/|', []);
});

async function describeTarget(target: vscode.LocationLink | vscode.Location): Promise<string> {
  const uri = 'targetUri' in target ? target.targetUri : target.uri;
  const range = 'targetUri' in target ? target.targetRange : target.range;
  const document = await vscode.workspace.openTextDocument(uri);
  return `${basename(uri.path)}: ${document.lineAt(range.start.line).text}`;
}
