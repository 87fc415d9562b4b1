import assert from 'node:assert/strict';
import { environmentLines, shells } from '../../../../src/vscode/targets/shells.ts';

const engine = {
  endpoint: 'http://127.0.0.1:4000',
  region: 'eu-west-1',
  accessKeyId: 'AKIA1',
  secretAccessKey: "it's",
};

suite('the environment for a shell', () => {
  const check = (name: string, expected: readonly string[]) => {
    const shell = shells.find(each => each.name === name);
    assert.ok(shell);
    const lines = environmentLines(shell, engine).trimEnd().split('\n');
    assert.deepEqual([lines[0], lines[5], lines[7]], expected);
    assert.equal(lines.length, 8);
  };

  test('bash', () =>
    check('bash, zsh, sh', [
      "export AWS_ENDPOINT_URL='http://127.0.0.1:4000'",
      "export AWS_SECRET_ACCESS_KEY='it'\\''s'",
      'unset AWS_PROFILE',
    ]));

  test('fish', () =>
    check('fish', [
      "set -gx AWS_ENDPOINT_URL 'http://127.0.0.1:4000'",
      "set -gx AWS_SECRET_ACCESS_KEY 'it\\'s'",
      'set -e AWS_PROFILE',
    ]));

  test('PowerShell', () =>
    check('PowerShell', [
      "$env:AWS_ENDPOINT_URL = 'http://127.0.0.1:4000'",
      "$env:AWS_SECRET_ACCESS_KEY = 'it''s'",
      'Remove-Item Env:AWS_PROFILE -ErrorAction SilentlyContinue',
    ]));

  test('cmd', () =>
    check('cmd', [
      'set "AWS_ENDPOINT_URL=http://127.0.0.1:4000"',
      'set "AWS_SECRET_ACCESS_KEY=it\'s"',
      'set "AWS_PROFILE="',
    ]));

  test('a file of variables', () =>
    check('.env', ['AWS_ENDPOINT_URL=http://127.0.0.1:4000', "AWS_SECRET_ACCESS_KEY=it's", 'AWS_PROFILE=']));
});
