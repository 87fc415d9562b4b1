import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import { until } from '../../../../src/scripts/host/until.ts';
import { fileUri, hintsOf, openFile } from '../../support/inHost.ts';

suite('inline hints', () => {
  suiteTeardown(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  const check = (title: string, file: string, expected: readonly string[]) =>
    test(title, async () => {
      const { document } = await openFile(file);
      assert.deepEqual(await hintsOf(document), expected);
    });

  check('tell module-level code from the handler in TypeScript', 'src/clicks.ts', [
    'const visitors = new Map<string, Set<string>>(); → once per environment',
    'export const handler = async (event: KinesisStreamEvent) => { → every invocation',
  ]);

  check('tell module-level code from the handler in CommonJS', 'legacy/report.js', [
    "const products = require('./products.json'); → once per environment",
    'exports.handler = async event => { → every invocation',
  ]);

  check('say which clients are reused, and what an environment does once', 'src/orders.ts', [
    "import { randomUUID } from 'node:crypto'; → once per environment",
    'const orders = DynamoDBDocumentClient.from(new DynamoDBClient({})); → client reused',
    'const queue = new SQSClient({}); → client reused',
    'export const handler = async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => { → every invocation',
    "  discount ??= order.customer.endsWith('@prints.example') ? 0.2 : 0; → once, on first use",
  ]);

  check('say that a client made in the handler is not reused', 'src/fulfilment.ts', [
    "import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'; → once per environment",
    'export const handler = async (event: SQSEvent): Promise<SQSBatchResponse> => { → every invocation',
    '  const sqs = new SQSClient({}); → new client every invocation',
  ]);

  check('follow what the handler calls into other files', 'src/lib/prices.ts', [
    'export function parseOrder(body: string | undefined): ParsedOrder { → every invocation',
  ]);

  test('are few: five at most in a file of the samples', async () => {
    const counts: number[] = [];
    for (const uri of await vscode.workspace.findFiles('{src,legacy}/**/*.{ts,js}', '**/node_modules/**')) {
      counts.push((await hintsOf(await vscode.workspace.openTextDocument(uri))).length);
    }
    assert.ok(counts.length >= 8, String(counts));
    assert.ok(Math.max(...counts) <= 5, String(counts));
  });

  test('come at every function and callback in the mode "full"', async () => {
    const { document } = await openFile('src/orders.ts');
    const edges = await hintsOf(document);
    const configuration = vscode.workspace.getConfiguration('lambdaLens');
    await configuration.update('hints.mode', 'full', vscode.ConfigurationTarget.Global);
    try {
      const full = await until('more hints', async () => {
        const hints = await hintsOf(document);
        return hints.length > edges.length && hints;
      });
      const added = full.filter(hint => !edges.includes(hint));
      for (const name of ['quote', 'placeOrder', 'getOrder', 'reply'])
        assert.ok(
          added.some(hint => hint.includes(`function ${name}(`) && hint.endsWith('every invocation')),
        );
    } finally {
      await configuration.update('hints.mode', undefined, vscode.ConfigurationTarget.Global);
    }
    await until('the edges', async () => (await hintsOf(document)).length === edges.length);
  });

  test('follow what is typed, before it is saved', async () => {
    const { document } = await openFile('src/clicks.ts');
    const before = await hintsOf(document);
    const edit = new vscode.WorkspaceEdit();
    const client = "import { S3Client } from '@aws-sdk/client-s3';\nexport const s3 = new S3Client({});\n";
    edit.insert(document.uri, new vscode.Position(0, 0), client);
    await vscode.workspace.applyEdit(edit);
    const hints = await hintsOf(document);
    assert.ok(hints.includes('export const s3 = new S3Client({}); → client reused'), hints.join('\n'));
    // VS Code tells extensions of the text that it read from the disk some time after the command has ended.
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await until('the hints of before', async () => isDeepStrictEqual(await hintsOf(document), before));
  });

  test('are switched off and on again by the command', async () => {
    const { document } = await openFile('src/clicks.ts');
    const before = await hintsOf(document);
    await vscode.commands.executeCommand('lambdaLens.hints.toggle');
    await until('no hints', async () => (await hintsOf(document)).length === 0);
    await vscode.commands.executeCommand('lambdaLens.hints.toggle');
    await until('the hints', async () => (await hintsOf(document)).length === before.length);
  });

  test('are not in a file that no handler reaches', async () => {
    const uri = fileUri('src/unreached.ts');
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode('export const unreached = 1;\n'));
    const { document } = await openFile('src/unreached.ts');
    assert.deepEqual(await hintsOf(document), []);
    await vscode.workspace.fs.delete(uri);
  });
});
