import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { FunctionDefinition, ProjectModel } from '../../../src/model/functionDefinition.ts';
import { handlerExport } from '../../../src/project/code/entryFile.ts';
import { readProject } from '../../../src/project/readProject.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const samples = join(root, 'samples');

interface Picture {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/** What samples/src/lib exports; the samples are a project of their own, so their types stay there. */
interface PictureFunctions {
  encodePng(picture: Picture): Uint8Array;
  decodePng(file: Uint8Array): Picture;
  shrink(picture: Picture, longestSide: number): Picture;
}

suite('the sample workspace', () => {
  let model: ProjectModel;
  let folder = '';

  suiteSetup(async () => {
    model = await readProject(samples);
    folder = await mkdtemp(join(tmpdir(), 'lambda-lens-samples-'));
  });

  suiteTeardown(() => rm(folder, { recursive: true, force: true }));

  test('has six functions, each with its source file, and nothing to complain of', () => {
    assert.deepEqual(model.problems, []);
    assert.deepEqual(
      model.functions.map(({ name, entryFile }) => [name, entryFile?.slice(samples.length + 1)]),
      [
        ['thumbnail', 'src/thumbnail.ts'],
        ['orders-api', 'src/orders.ts'],
        ['fulfil-order', 'src/fulfilment.ts'],
        ['count-clicks', 'src/clicks.ts'],
        ['check-stock', 'src/stock.ts'],
        ['nightly-report', 'legacy/report.js'],
      ],
    );
  });

  test('each function has events of its own, and there are none for others', async () => {
    const events = join(samples, '.lambda-lens', 'events');
    assert.deepEqual((await readdir(events)).sort(), model.functions.map(({ name }) => name).sort());
    for (const { name } of model.functions) {
      const files = await readdir(join(events, name));
      assert.ok(files.length > 0, name);
      for (const file of files) await eventOf(name, file);
    }
  });

  test('a quote needs no service, and a warm environment gives the discount of the first customer', async () => {
    const quote = await load('orders-api');
    const first = await quote(await eventOf('orders-api', 'quote.json'));
    assert.deepEqual(bodyOf(first), { goods: 10.8, delivery: 4.9, total: 15.7, currency: 'EUR' });
    assert.deepEqual(await quote(await eventOf('orders-api', 'quote-for-a-stranger.json')), first);
    const refused = await quote(await eventOf('orders-api', 'quote-without-prints.json'));
    assert.deepEqual(bodyOf(refused), { message: 'prints has to name a print' });
  });

  test('clicks are counted without a service, and a broken record is where the batch stops', async () => {
    const count = await load('count-clicks');
    const views = { '/': 3, '/prints/poster': 2 };
    const visitors = { '/': 2, '/prints/poster': 2 };
    const clicks = await eventOf('count-clicks', 'five-clicks.json');
    assert.deepEqual(await count(clicks), { batchItemFailures: [], views, visitors });
    const broken = await eventOf('count-clicks', 'one-is-broken.json');
    const { batchItemFailures } = (await count(broken)) as { batchItemFailures: unknown };
    assert.deepEqual(batchItemFailures, [
      { itemIdentifier: '49590338271490256608559692538361571095921575989136560001' },
    ]);
  });

  test('the report needs no service', async () => {
    const report = await load('nightly-report');
    assert.deepEqual(await report(await eventOf('nightly-report', 'every-night.json')), {
      day: '2026-11-20',
      lines: [
        { name: 'small', sold: 4120, revenue: '€1,442.00' },
        { name: 'large', sold: 951, revenue: '€1,141.20' },
        { name: 'poster', sold: 64, revenue: '€633.60' },
      ],
      revenue: '€3,216.80',
    });
  });

  test('of two messages, the one that cannot be read is reported', async () => {
    const fulfil = await load('fulfil-order');
    const event = await eventOf('fulfil-order', 'one-cannot-be-read.json');
    assert.deepEqual(await fulfil(event), {
      batchItemFailures: [{ itemIdentifier: '059f36b4-87a3-44ab-83d2-661975710002' }],
    });
  });

  test('a picture is shrunk, and what is written can be read again', async () => {
    const outfile = join(folder, 'pictures.cjs');
    const contents = "export * from './src/lib/png'; export * from './src/lib/scale';";
    await build({
      stdin: { contents, resolveDir: samples },
      outfile,
      bundle: true,
      platform: 'node',
      format: 'cjs',
    });
    const { encodePng, decodePng, shrink }: PictureFunctions = createRequire(outfile)(outfile);
    const pixels = new Uint8Array(8 * 4 * 4).map((_, index) => (index % 4 === 3 ? 255 : 40));
    const picture = decodePng(encodePng({ width: 8, height: 4, pixels }));
    assert.deepEqual(picture, { width: 8, height: 4, pixels });
    const thumbnail = shrink(picture, 4);
    assert.deepEqual([thumbnail.width, thumbnail.height], [4, 2]);
    assert.deepEqual(thumbnail.pixels, pixels.subarray(0, 4 * 2 * 4));
  });

  async function load(name: string): Promise<(event: unknown) => Promise<unknown>> {
    const definition = model.functions.find(found => found.name === name) as FunctionDefinition;
    const outfile = join(folder, `${name}.cjs`);
    await build({
      entryPoints: [definition.entryFile ?? ''],
      outfile,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      logLevel: 'silent',
    });
    const exported = createRequire(outfile)(outfile) as Record<string, (event: unknown) => Promise<unknown>>;
    const handler = exported[handlerExport(definition.handler) ?? ''];
    assert.ok(handler, `${name} exports its handler`);
    return handler;
  }

  async function eventOf(name: string, file: string): Promise<unknown> {
    return JSON.parse(await readFile(join(samples, '.lambda-lens', 'events', name, file), 'utf8'));
  }

  function bodyOf(response: unknown): unknown {
    return JSON.parse((response as { body: string }).body);
  }
});
