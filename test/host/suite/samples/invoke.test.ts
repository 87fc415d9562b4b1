import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { InvokeResult } from '../../../../src/client/connection.ts';
import { fileUri, invoke, openFile, sampleEvent } from '../../support/inHost.ts';

suite('Invoke Function', () => {
  let cold: InvokeResult;
  let warm: InvokeResult;

  suiteSetup(async () => {
    const event = await sampleEvent('count-clicks', 'five-clicks');
    cold = expectResult(await invoke('count-clicks', event));
    warm = expectResult(await invoke('count-clicks', event));
  });

  suiteTeardown(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('lambdaLens.stopEngine');
  });

  test("returns the handler's result", () => {
    assert.equal(cold.statusCode, 200);
    assert.equal(cold.functionError, undefined);
    assert.equal(cold.executedVersion, '$LATEST');
    assert.deepEqual(JSON.parse(cold.payload), {
      batchItemFailures: [],
      views: { '/': 3, '/prints/poster': 2 },
      visitors: { '/': 2, '/prints/poster': 2 },
    });
  });

  test("logs as Lambda does, with the handler's own lines", () => {
    const lines = [
      /^START RequestId: \S+ Version: \$LATEST$/m,
      /Views in this batch/,
      /^END RequestId: \S+$/m,
    ];
    for (const line of lines) assert.match(cold.logTail, line);
    assert.match(cold.logTail, /^REPORT RequestId: \S+\tDuration: [\d.]+ ms\tBilled Duration: \d+ ms/m);
  });

  test('tells a cold start from a warm environment', () => {
    assert.match(cold.logTail, /Init Duration: [\d.]+ ms/);
    assert.doesNotMatch(warm.logTail, /Init Duration/);
  });

  test('keeps what a module holds for as long as the environment is warm', async () => {
    const another = await invoke('count-clicks', { Records: [click('/', 'dora')] });
    assert.deepEqual(JSON.parse(expectResult(another).payload).visitors, { '/': 3, '/prints/poster': 2 });
  });

  test('shows the payload and the log side by side', () => {
    const shown = vscode.window.visibleTextEditors.map(({ document }) => document);
    const payload = shown.find(document => document.uri.path === '/count-clicks.json');
    const log = shown.find(document => document.uri.path === '/count-clicks.lambda-log');
    assert.equal(payload?.languageId, 'json');
    assert.equal(log?.languageId, 'lambda-log');
    assert.ok(JSON.parse(payload?.getText() ?? '').views);
    assert.match(log?.getText() ?? '', /^REPORT /m);
  });

  test('runs JavaScript that CommonJS requires with the files beside it', async () => {
    const event = await sampleEvent('nightly-report', 'every-night');
    const { payload } = expectResult(await invoke('nightly-report', event));
    assert.match(JSON.parse(payload).revenue, /^€/);
  });

  test('reports what the handler threw as a function error', async () => {
    const result = expectResult(await invoke('count-clicks', {}));
    assert.equal(result.functionError, 'Unhandled');
    assert.equal(JSON.parse(result.payload).errorType, 'TypeError');
  });

  test('runs what is in the editor, and saves it for that', async () => {
    const editor = await openFile('legacy/report.js');
    const text = editor.document.getText();
    await editor.edit(edit => edit.insert(new vscode.Position(0, 0), 'const edited = true;\n'));
    await editor.edit(edit => edit.insert(editor.document.positionAt(changeAt(editor.document)), ' edited,'));
    const { payload } = expectResult(await invoke('nightly-report', {}));
    assert.equal(JSON.parse(payload).edited, true);
    assert.equal(editor.document.isDirty, false);
    await vscode.workspace.fs.writeFile(fileUri('legacy/report.js'), new TextEncoder().encode(text));
  });

  test('invokes nothing for a function that does not exist', async () => {
    assert.equal(await invoke('no-such-function', {}), undefined);
  });
});

function expectResult(result: InvokeResult | undefined): InvokeResult {
  assert.ok(result, 'an error was shown instead of a result');
  return result;
}

function click(page: string, visitor: string) {
  const data = Buffer.from(JSON.stringify({ page, visitor })).toString('base64');
  return { kinesis: { data, sequenceNumber: '1' } };
}

/** Where the object that the report returns begins. */
function changeAt(document: vscode.TextDocument): number {
  const start = document.getText().indexOf('return { day');
  assert.ok(start >= 0, 'the sample no longer returns { day');
  return start + 'return {'.length;
}
