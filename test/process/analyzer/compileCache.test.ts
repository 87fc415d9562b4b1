import assert from 'node:assert/strict';
import { mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from '../../support/until.ts';
import { type BundledAnalyzer, bundleAnalyzer } from './bundle.ts';

suite('the compiled code of the analyzer', () => {
  let bundle: BundledAnalyzer;
  suiteSetup(async () => {
    bundle = await bundleAnalyzer();
  });
  suiteTeardown(() => bundle.remove());

  test('is kept for the next start, and that of other versions is not', async () => {
    const compiled = join(bundle.folder, 'compiled');
    const other = join(compiled, '0.0.1', 'v22.0.0-x64', 'abcdef');
    await mkdir(other, { recursive: true });
    const compileCache = join(compiled, '0.0.2');

    const request = { file: '/app/handler.ts', text: 'export const handler = 1;', version: 1 } as const;
    const first = bundle.client({ compileCache });
    assert.equal((await first.analyze({ ...request, mode: 'edges' })).kind, 'done');
    await until('only 0.0.2 to be left', async () => (await readdir(compiled)).join() === '0.0.2');
    const [kept] = await filesBelow(compileCache);
    assert.ok(kept && (await stat(kept)).size > 100_000, kept);
    first.dispose();

    const second = bundle.client({ compileCache });
    assert.equal((await second.analyze({ ...request, mode: 'edges' })).kind, 'done');
  });

  test('is done without where it cannot be kept', async () => {
    const compileCache = join(bundle.folder, 'analyzer.js', 'no-folder');
    const client = bundle.client({ compileCache });
    const request = { file: '/app/handler.ts', text: 'export const handler = 1;', version: 1 } as const;
    assert.equal((await client.analyze({ ...request, mode: 'edges' })).kind, 'done');
  });
});

async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name));
}
