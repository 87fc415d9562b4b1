import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { until } from '../../../../src/scripts/host/until.ts';
import { parseFixture } from '../../../support/fixes/parseFixture.ts';
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

const clients = (name: string, ...bodies: string[]) => `import { S3Client } from '@aws-sdk/client-s3';
import type { Handler } from 'aws-lambda';

${bodies.map((body, index) => `export const ${name}${index}: Handler = async () => {\n${body}\n};\n`).join('\n')}`;

suite('fixes of findings', () => {
  let fixtures = '';
  suiteSetup(async () => {
    const { extensionPath } = await activeExtension();
    fixtures = join(extensionPath, 'test', 'fixtures', 'fixes');
    await vscode.workspace.fs.createDirectory(fileUri('fixes'));
  });
  suiteTeardown(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.workspace.fs.delete(fileUri('fixes'), { recursive: true });
  });

  test('of every rule make of a file what is expected, as the menu applies them', async function () {
    this.timeout(300_000);
    const names = (await readdir(fixtures, { recursive: true }))
      .filter(name => /[/\\].*\.[jt]s$/.test(name))
      .sort();
    const all = await Promise.all(
      names.map(async name => ({
        path: `fixes/${name}`,
        rule: name.split(/[/\\]/)[0] ?? '',
        ...parseFixture(await readFile(join(fixtures, name), 'utf8')),
      })),
    );
    // The first file of each rule: the others are tried without an editor, which is a matter of seconds for each here.
    const files = all.filter(({ rule }, index) => all.findIndex(each => each.rule === rule) === index);
    assert.ok(files.length > 12);
    const write = (path: string, text: string) =>
      vscode.workspace.fs.writeFile(fileUri(path), new TextEncoder().encode(text));
    await Promise.all(files.map(({ path, before }) => write(path, before)));
    // Without a template they would all be of the newest runtime.
    await write('fixes/template.yaml', templateOf(files));
    for (const { path, rule, before, after } of files) {
      const { document } = await openFile(path);
      assert.equal(document.getText(), before);
      await until(`a finding of ${rule} in ${path}`, () =>
        findingsOf(document.uri).some(each => ruleOf(each) === rule),
      );
      for (let count = 0; count < 10 && (await fixOne(document, rule)); count += 1);
      assert.equal(document.getText(), after, path);
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    }
  });

  test('on the samples: a client is moved, and a promise awaited', async () => {
    const { document } = await openFile('src/fulfilment.ts');
    const before = document.getText();
    const expected = before
      .replace(
        '  // Built anew for each batch: credentials are resolved and connections opened every time.\n  const sqs = new SQSClient({});\n',
        '',
      )
      .replace(
        'export const handler',
        '// Built anew for each batch: credentials are resolved and connections opened every time.\nconst sqs = new SQSClient({});\n\nexport const handler',
      )
      .replace('notifyCustomer(orderId);\n', 'await notifyCustomer(orderId);\n');
    try {
      for (const rule of ['client-per-invocation', 'floating-promise']) {
        await until(`a finding of ${rule}`, () =>
          findingsOf(document.uri).some(each => ruleOf(each) === rule),
        );
        assert.ok(await fixOne(document, rule));
      }
      assert.equal(document.getText(), expected);
    } finally {
      await vscode.commands.executeCommand('workbench.action.files.revert');
    }
  });

  test('that are safe can be applied all at once, and when a file is saved', async () => {
    const path = 'fixes/all.ts';
    const body = '  const s3 = new S3Client({});\n  return s3.send(undefined as never);';
    const settings = vscode.workspace.getConfiguration('editor');
    const { document } = await showNewFile(path, clients('handler', body, body));
    try {
      await untilFindings(document, ['client-per-invocation', 'client-per-invocation']);
      const [first] = findingsOf(document.uri);
      const menu = await actionsAt(document, first?.range ?? new vscode.Range(0, 0, 0, 0));
      const all = 'Fix all safe Lambda Lens problems in this file';
      assert.deepEqual(
        menu.map(({ title }) => title),
        ['Build it once: move s32 out of the function', 'Disable client-per-invocation for this line', all],
      );
      const everything = new vscode.Range(0, 0, document.lineCount, 0);
      const kind = vscode.CodeActionKind.SourceFixAll;
      await apply(await actionsAt(document, everything, kind), all);
      assert.equal(
        document.getText().match(/^const s3\d = new S3Client\(\{\}\);$/gm)?.length,
        2,
        document.getText(),
      );
      await untilFindings(document, []);
      await vscode.commands.executeCommand('undo');
      await untilFindings(document, ['client-per-invocation', 'client-per-invocation']);
      const onSave = { 'source.fixAll.lambdaLens': 'explicit' };
      await settings.update('codeActionsOnSave', onSave, vscode.ConfigurationTarget.Global);
      const edit = new vscode.WorkspaceEdit();
      edit.insert(document.uri, new vscode.Position(0, 0), '// Saved.\n');
      await vscode.workspace.applyEdit(edit);
      await vscode.commands.executeCommand('workbench.action.files.save');
      await untilFindings(document, []);
      assert.equal(document.isDirty, false);
    } finally {
      await settings.update('codeActionsOnSave', undefined, vscode.ConfigurationTarget.Global);
      await removeFile(path);
    }
  });
});

/** Applies the first fix that is offered for a finding of a rule; false where there is none. */
async function fixOne(document: vscode.TextDocument, rule: string): Promise<boolean> {
  const { version } = document;
  const own = findingsOf(document.uri).filter(each => ruleOf(each) === rule);
  for (const { range } of own) {
    const actions = await actionsAt(document, range);
    const fix = actions.find(({ title }) => !/^(Disable|Fix all) /.test(title));
    if (!fix) continue;
    await apply(actions, fix.title);
    await until('the edit', () => document.version > version);
    return true;
  }
  return false;
}

function templateOf(files: readonly { readonly path: string; readonly before: string }[]): string {
  const resources = files.map(({ path, before }, index) => {
    const [, runtime = 'nodejs24.x'] = /\/\/ template: \S+ (\S+)/.exec(before) ?? [];
    const handler = path.replace(/^fixes\//, '').replace(/\.[jt]s$/, '.handler');
    return `  Fix${index}:\n    Type: AWS::Serverless::Function\n    Properties: { CodeUri: ., Handler: ${handler}, Runtime: ${runtime} }\n`;
  });
  return `Transform: AWS::Serverless-2016-10-31\nResources:\n${resources.join('')}`;
}
