import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import * as vscode from 'vscode';
import { activeExtension, hintsOf, invoke, openFile, sampleEvent } from '../../support/inHost.ts';

suite('the packed extension, installed', () => {
  suiteTeardown(() => vscode.commands.executeCommand('lambdaLens.stopEngine'));

  test('is where VS Code installs extensions, without sources or tests', async () => {
    const { extensionPath } = await activeExtension();
    assert.equal(basename(dirname(extensionPath)), 'extensions');
    const files = await readdir(extensionPath, { recursive: true });
    assert.ok(files.includes('dist/extension.js'));
    assert.deepEqual(
      files.filter(file => /\.ts$|\.map$|^(src|test|node_modules)(\/|$)/.test(file)),
      [],
    );
  });

  test('shows hints', async () => {
    const { document } = await openFile('src/clicks.ts');
    assert.ok((await hintsOf(document)).length >= 2);
  });

  test('invokes a function', async () => {
    const result = await invoke('count-clicks', await sampleEvent('count-clicks', 'five-clicks'));
    assert.deepEqual(JSON.parse(result?.payload ?? '{}').views, { '/': 3, '/prints/poster': 2 });
  });
});
