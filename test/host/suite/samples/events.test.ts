import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { InvokeResult } from '../../../../src/client/connection.ts';
import { until } from '../../../../src/scripts/host/until.ts';
import { fileUri, openFile } from '../../support/inHost.ts';

const clicks = '.lambda-lens/events/count-clicks';

suite('Events', () => {
  const saved = new Map<string, vscode.Uri>();
  suiteTeardown(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('lambdaLens.stopEngine');
    for (const uri of saved.values()) await vscode.workspace.fs.delete(uri);
  });
  const run = (command: string, given?: Readonly<Record<string, unknown>>) =>
    vscode.commands.executeCommand<InvokeResult | undefined>(command, given);
  const resultOf = (result: InvokeResult | undefined) => {
    assert.ok(result, 'an error was shown instead of a result');
    return JSON.parse(result.payload);
  };
  const save = async (name: string, text: string) => {
    const uri = fileUri(`${clicks}/${name}`);
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
    saved.set(uri.path, uri);
  };
  const clickOn = async (page: string) => {
    const event = JSON.parse(await readFile(fileUri(`${clicks}/five-clicks.json`).fsPath, 'utf8'));
    const [record] = event.Records;
    const data = Buffer.from(JSON.stringify({ page, visitor: 'eve' })).toString('base64');
    return `${JSON.stringify({ Records: [{ ...record, kinesis: { ...record.kinesis, data } }] })}\n`;
  };

  test('a sample event is sent as it was asked for', async () => {
    const data = JSON.stringify({ page: '/about', visitor: 'zoe' });
    const given = { functionName: 'count-clicks', sample: 'kinesis:record', parameters: { data } };
    assert.deepEqual(resultOf(await run('lambdaLens.invoke', given)).views, { '/about': 1 });
  });

  test('"Invoke Again" reads the saved event as it is now', async () => {
    await save('changing.json', await clickOn('/one'));
    const given = { functionName: 'count-clicks', savedEvent: 'changing' };
    assert.deepEqual(resultOf(await run('lambdaLens.invoke', given)).views, { '/one': 1 });
    await save('changing.json', await clickOn('/two'));
    assert.deepEqual(resultOf(await run('lambdaLens.invokeAgain')).views, { '/two': 1 });
  });

  test('an event that is no JSON, or is gone, is not sent', async () => {
    await save('broken.json', '{"Records": [}');
    const given = (savedEvent: string) => ({ functionName: 'count-clicks', savedEvent });
    assert.equal(await run('lambdaLens.invoke', given('broken')), undefined);
    assert.equal(await run('lambdaLens.invoke', given('missing')), undefined);
  });

  test('a saved event is checked as what it looks like, with warnings', async () => {
    const { document: good } = await openFile(`${clicks}/five-clicks.json`);
    const event = JSON.parse(good.getText());
    delete event.Records[0].kinesis.data;
    await save('incomplete.json', JSON.stringify(event));
    const { document: bad } = await openFile(`${clicks}/incomplete.json`);
    const [problem] = await until('the warning', () => {
      const found = vscode.languages.getDiagnostics(bad.uri);
      return found.length > 0 && found;
    });
    assert.equal(problem?.severity, vscode.DiagnosticSeverity.Warning);
    assert.match(problem?.message ?? '', /"data"/);
    assert.deepEqual(vscode.languages.getDiagnostics(good.uri), []);
  });

  test('an expected result is checked for its matchers', async () => {
    await save('five-clicks.expected.json', '{"views": {"$type": "text"}}');
    const { uri } = (await openFile(`${clicks}/five-clicks.expected.json`)).document;
    const [problem] = await until('the warning', () => {
      const found = vscode.languages.getDiagnostics(uri);
      return found.length > 0 && found;
    });
    assert.match(problem?.message ?? '', /"string", "number"/);
  });

  test('an empty event is completed to a sample', async () => {
    await save('new.json', '');
    const { uri } = await vscode.workspace.openTextDocument(fileUri(`${clicks}/new.json`));
    const labels = await until('the samples', async () => {
      const list = await vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        uri,
        new vscode.Position(0, 0),
      );
      const found = list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
      return found.some(label => label.startsWith('SQS: ')) && found;
    });
    assert.ok(labels.includes('Kinesis: A record of a stream'), labels.join('\n'));
  });
});
