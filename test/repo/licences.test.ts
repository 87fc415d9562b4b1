import assert from 'node:assert/strict';
import type { BuildResult } from '../../src/scripts/build.ts';
import type { Component } from '../../src/scripts/component.ts';
import {
  allowedLicences,
  bundledComponents,
  packageFolder,
  renderNotices,
} from '../../src/scripts/notices.ts';
import { readJson, readText } from '../support/repository.ts';

suite('licences of what is bundled', () => {
  let components: readonly Component[];
  suiteSetup(async () => {
    components = await bundledComponents(await readJson<BuildResult['metafiles']>('out/metafiles.json'));
  });

  test('each is on the allow-list', () => {
    assert.deepEqual(
      components.filter(({ licence }) => !allowedLicences.includes(licence)).map(({ name }) => name),
      [],
    );
  });

  test('what has no manifest of its own is named too', () => {
    const names = components.map(({ name }) => name);
    for (const name of [
      'esbuild',
      'TypeScript (in @ts-morph/common)',
      'golang.org/x/sys (in esbuild)',
      'borer (in kinesis-local)',
    ])
      assert.ok(names.includes(name), name);
  });

  test('THIRD-PARTY-NOTICES.md is what "npm run notices" writes', async () => {
    assert.equal(await readText('THIRD-PARTY-NOTICES.md'), renderNotices(components));
  });

  test('a nested package is found where it is', () => {
    assert.equal(
      packageFolder('node_modules/a/node_modules/@b/c/lib/x.js'),
      'node_modules/a/node_modules/@b/c',
    );
    assert.equal(packageFolder('src/extension.ts'), undefined);
  });
});
