import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from '../../../../src/scripts/host/until.ts';
import {
  actionsAt,
  apply,
  findingsOf,
  removeFile,
  ruleOf,
  showNewFile,
  untilFindings,
} from '../../support/findings.ts';
import { activeExtension, fileUri, openFile } from '../../support/inHost.ts';

const wasteful = `import { S3Client } from '@aws-sdk/client-s3';
import type { Handler } from 'aws-lambda';

export const handler: Handler = async () => {
  const s3 = new S3Client({});
  return s3.config.region;
};
`;

suite('findings', () => {
  suiteSetup(() => activeExtension());
  suiteTeardown(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  test('are problems of open files, at their place, with a link to the page of the rule', async () => {
    const { document } = await openFile('src/fulfilment.ts');
    const found = await until('findings', () => {
      const all = findingsOf(document.uri);
      return all.length > 0 && all;
    });
    const [client] = found;
    assert.ok(client && typeof client.code === 'object');
    assert.equal(document.getText(client.range), 'new SQSClient({})');
    assert.equal(client.severity, vscode.DiagnosticSeverity.Warning);
    assert.equal(ruleOf(client), 'client-per-invocation');
    assert.match(client.code.target.toString(), /\/docs\/rules\/client-per-invocation\.md$/);
    assert.match(client.message, /^SQSClient is built on every invocation/);
    const floating = found.find(each => ruleOf(each) === 'floating-promise');
    assert.equal(floating && document.getText(floating.range), 'notifyCustomer(orderId)');
  });

  test('name the calls that lead to them', async () => {
    const path = 'src/called.ts';
    const { document } = await showNewFile(
      path,
      wasteful.replace('async () => {', 'async () => load();\n\nfunction load() {').replace('};\n', '}\n'),
    );
    try {
      const [found] = await untilFindings(document, ['client-per-invocation']);
      const [related, ...more] = found?.relatedInformation ?? [];
      assert.ok(related && more.length === 0);
      assert.equal(related.message, 'handler calls load');
      assert.equal(related.location.uri.fsPath, document.uri.fsPath);
      assert.equal(
        document.lineAt(related.location.range.start).text,
        'export const handler: Handler = async () => load();',
      );
    } finally {
      await removeFile(path);
    }
  });

  test('move with the text while it is edited, stay while it is broken, and go when it is mended', async () => {
    const path = 'src/edited.ts';
    const editor = await showNewFile(path, wasteful);
    const { document } = editor;
    try {
      await untilFindings(document, ['client-per-invocation']);
      await editor.edit(edit => edit.insert(new vscode.Position(0, 0), 'const broken = [(;\n'));
      const line = () =>
        findingsOf(document.uri).map(({ range }) => document.lineAt(range.start).text.trim());
      await until('the finding at its new place', () => line().join() === 'const s3 = new S3Client({});');
      await editor.edit(edit => edit.delete(document.lineAt(0).rangeIncludingLineBreak));
      const [found] = await untilFindings(document, ['client-per-invocation']);
      await editor.edit(edit => edit.replace(found?.range ?? new vscode.Range(0, 0, 0, 0), 'null as never'));
      await untilFindings(document, []);
    } finally {
      await removeFile(path);
    }
  });

  test('are as severe as the settings say, and none where a rule or all of them are off', async () => {
    const path = 'src/severe.ts';
    const { document } = await showNewFile(path, wasteful);
    const configuration = vscode.workspace.getConfiguration('lambdaLens');
    const configure = (name: string, value: unknown) =>
      configuration.update(name, value, vscode.ConfigurationTarget.Global);
    try {
      await untilFindings(document, ['client-per-invocation']);
      await configure('rules.severity', { 'client-per-invocation': 'error' });
      await until(
        'an error',
        () => findingsOf(document.uri)[0]?.severity === vscode.DiagnosticSeverity.Error,
      );
      await configure('rules.severity', { 'client-per-invocation': 'off' });
      await untilFindings(document, []);
      await configure('rules.severity', undefined);
      await untilFindings(document, ['client-per-invocation']);
      await configure('rules.enabled', false);
      await untilFindings(document, []);
    } finally {
      await configure('rules.enabled', undefined);
      await configure('rules.severity', undefined);
      await removeFile(path);
    }
  });

  test('of the whole workspace are listed, of files that nobody has opened too', async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    const uri = fileUri('src/fulfilment.ts');
    const listed = () => vscode.languages.getDiagnostics().flatMap(([file]) => findingsOf(file));
    await until('no findings of closed files', () => listed().length === 0);
    const count = await vscode.commands.executeCommand<number>('lambdaLens.findings.list');
    await until(`${count} findings`, () => listed().length === count);
    assert.ok(findingsOf(uri).length > 0);
  });

  test('are kept quiet by a comment that the menu inserts, with a reason', async () => {
    const path = 'src/quiet.ts';
    const editor = await showNewFile(path, wasteful);
    const { document } = editor;
    try {
      const [found] = await untilFindings(document, ['client-per-invocation']);
      assert.ok(found);
      const actions = await actionsAt(document, found.range);
      await apply(actions, 'Disable client-per-invocation for this line');
      assert.match(
        document.lineAt(4).text,
        /^ {2}\/\/ lambda-lens-disable-next-line client-per-invocation -- /,
      );
      assert.equal(document.getText(editor.selection), 'reason');
      assert.equal(document.lineAt(5).text, '  const s3 = new S3Client({});');
      await untilFindings(document, []);
    } finally {
      await removeFile(path);
    }
  });

  test('have their rules completed in such a comment', async () => {
    const path = 'src/completed.ts';
    const text = wasteful.replace('  const s3', '  // lambda-lens-disable-next-line cli\n  const s3');
    const { document } = await showNewFile(path, text);
    try {
      const completions = (character: number) =>
        vscode.commands.executeCommand<vscode.CompletionList>(
          'vscode.executeCompletionItemProvider',
          document.uri,
          new vscode.Position(4, character),
        );
      const labelOf = ({ label }: vscode.CompletionItem) => (typeof label === 'string' ? label : label.label);
      const { items } = await completions(document.lineAt(4).text.length);
      const item = items.find(each => labelOf(each) === 'client-per-invocation');
      assert.ok(item, items.map(labelOf).join());
      assert.ok(item.insertText instanceof vscode.SnippetString);
      assert.match(item.insertText.value, /^client-per-invocation -- \$\{1:reason\}$/);
      assert.ok(item.documentation);
      const elsewhere = await completions(2);
      assert.ok(!elsewhere.items.some(each => labelOf(each) === 'client-per-invocation'));
    } finally {
      await removeFile(path);
    }
  });
});
