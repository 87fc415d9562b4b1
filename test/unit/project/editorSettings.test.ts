import assert from 'node:assert/strict';
import { ruleSeveritiesOf, ruleSeveritySetting } from '../../../src/model/ruleSeverities.ts';
import { readEditorSetting } from '../../../src/project/editorSettings.ts';
import type { FileText } from '../../../src/project/files.ts';
import { UserError } from '../../../src/shared/errors.ts';

function read(content: FileText): Promise<unknown> {
  return readEditorSetting('/app', ruleSeveritySetting, {
    read: file => Promise.resolve(file === '/app/.vscode/settings.json' ? content : { kind: 'missing' }),
  });
}

suite('a setting of the folder', () => {
  const check = (title: string, text: string, expected: unknown) =>
    test(title, async () => assert.deepEqual(await read({ kind: 'text', text }), expected));

  check('is read', '{ "lambdaLens.rules.severity": { "heavy-import": "off" } }', { 'heavy-import': 'off' });
  check(
    'is read between comments, and with commas behind the last value',
    `\uFEFF{ // "lambdaLens.rules.severity": 1,
      "a": "// no comment, }", /* none
      either */ "lambdaLens.rules.severity": { "heavy-import": "error", },
    }`,
    { 'heavy-import': 'error' },
  );
  check('is undefined where it is not there', '{ "editor.tabSize": 2 }', undefined);
  check('is undefined where the file holds something else', '[]', undefined);

  test('is undefined where there is no file', async () => {
    assert.equal(await read({ kind: 'missing' }), undefined);
  });

  test('is an error where the file cannot be understood or read', async () => {
    const broken = (error: unknown) => error instanceof UserError && /settings\.json: /.test(error.message);
    await assert.rejects(read({ kind: 'text', text: '{ "a": ' }), broken);
    await assert.rejects(read({ kind: 'unreadable', reason: 'permission is denied' }), broken);
  });
});

suite('the severities of rules', () => {
  const check = (title: string, value: unknown, severities: object, problems: readonly RegExp[] = []) =>
    test(title, () => {
      const found = ruleSeveritiesOf(value);
      assert.deepEqual(found.severities, severities);
      assert.equal(found.problems.length, problems.length);
      for (const [index, problem] of problems.entries()) assert.match(found.problems[index] ?? '', problem);
    });

  check('are those of the rules where nothing is set', undefined, {});
  check(
    'are what is set',
    { 'heavy-import': 'off', other: 'hint' },
    { 'heavy-import': 'off', other: 'hint' },
  );
  check('leave out what is none', { 'heavy-import': 'of', other: 'hint' }, { other: 'hint' }, [
    /"of" is no severity for heavy-import: give off, hint, info, warning, error/,
  ]);
  check('are an object', ['off'], {}, [/must be an object/]);
  check('are not a word', 'off', {}, [/must be an object/]);
});
