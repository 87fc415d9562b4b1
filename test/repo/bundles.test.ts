// What is in each file of dist/, by the metafiles that the build writes.
import assert from 'node:assert/strict';
import { stat } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import type { BuildResult } from '../../src/scripts/build.ts';
import { readJson, root } from '../support/repository.ts';

const tsMorph = /node_modules\/(@ts-morph|ts-morph|typescript)\//;
const awsSdk = /node_modules\/(@aws-sdk|@smithy|@aws)\//;
const anyPackage = /node_modules\//;

type Entry = keyof BuildResult['metafiles'];

/** What an entry must not contain; the reasons are those of ARCHITECTURE.md. */
const forbidden: Readonly<Record<Entry, readonly RegExp[]>> = {
  extension: [
    tsMorph,
    awsSdk,
    /node_modules\/(yaml|esbuild)\//,
    /^src\/(engine|project|client|cli|events\/samples|vscode\/(versions|asynchronous|resources))\//,
  ],
  aws: [tsMorph, /^src\/(analyzer|vscode)\//, /^src\/engine\/(?!ownership\/)/],
  analyzer: [awsSdk, /^src\/(engine|client|vscode|cli)\//],
  engine: [tsMorph, /^src\/(analyzer|vscode|cli)\//],
  watchdog: [anyPackage, /^src\/(analyzer|project|vscode|client|cli)\//],
  cli: [/^src\/vscode\//],
  versions: [
    anyPackage,
    /^src\/(?!vscode\/|model\/|shared\/)/,
    /^src\/vscode\/(?!versions\/|support\/|functions\/triggers\.ts|hints\/candidates\.ts)/,
  ],
  asynchronous: [anyPackage, /^src\/(?!vscode\/asynchronous\/|model\/|shared\/)/],
  resources: [anyPackage, /^src\/(?!vscode\/resources\/|model\/|shared\/)/],
  samples: [anyPackage, /^src\/(?!events\/|shared\/)/],
  'service-fauxqs': [tsMorph, awsSdk, /^src\/(?!engine\/services\/hosts\/)/],
  'service-kinesis': [/node_modules\/(?!kinesis-local\/)/, /^src\/(?!engine\/services\/hosts\/)/],
  'bootstrap-node': [anyPackage, /^src\/(?!engine\/runtime\/bootstrap\/|shared\/|model\/)/],
};

/** What packages ask for inside of a try block, and do without. */
const optional: readonly string[] = ['source-map-support', 'pnpapi'];

suite('bundles', () => {
  let metafiles: BuildResult['metafiles'];
  suiteSetup(async () => {
    metafiles = await readJson('out/metafiles.json');
  });

  test('every entry is covered here', () => {
    assert.deepEqual(Object.keys(forbidden).sort(), Object.keys(metafiles).sort());
  });

  for (const [entry, patterns] of Object.entries(forbidden) as [Entry, readonly RegExp[]][]) {
    test(`${entry}.js contains nothing that it must not`, () => {
      const inputs = Object.keys(metafiles[entry].inputs);
      assert.ok(inputs.length > 0);
      assert.deepEqual(
        inputs.filter(input => patterns.some(pattern => pattern.test(input))),
        [],
      );
    });

    test(`${entry}.js requires nothing that is not installed with it`, () => {
      const outputs = Object.values(metafiles[entry].outputs);
      const external = outputs.flatMap(({ imports }) => imports.filter(({ external }) => external));
      const required = external.filter(({ kind }) => kind !== 'require-resolve').map(({ path }) => path);
      const allowed = (path: string) =>
        isBuiltin(path) ||
        optional.includes(path) ||
        (path === 'vscode' && ['extension', 'versions', 'asynchronous', 'resources'].includes(entry));
      assert.deepEqual(
        required.filter(path => !allowed(path)),
        [],
      );
    });
  }

  test('extension.js stays under 150 KB', async () => {
    const { size } = await stat(join(root, 'dist', 'extension.js'));
    assert.ok(size < 150_000, `${size} bytes`);
  });
});
