import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { crashLimit } from '../../../src/analyzer/lifecycle.ts';
import type { AnalyzeRequest } from '../../../src/analyzer/protocol.ts';
import { systemClock } from '../../../src/shared/clock.ts';
import { UserError } from '../../../src/shared/errors.ts';
import { type BundledAnalyzer, bundleAnalyzer } from './bundle.ts';

const handler =
  "import type { Handler } from 'aws-lambda';\nexport const handler: Handler = async () => 1;\n";

const wasteful = `import { S3Client } from '@aws-sdk/client-s3';
import type { Handler } from 'aws-lambda';
export const handler: Handler = async () => {
  const s3 = new S3Client({});
  return s3.config.region;
};
`;

function request(file: string, text = handler, version = 1): AnalyzeRequest {
  return { file, text, version, mode: 'edges' };
}

suite('the analyzer thread', () => {
  let bundle: BundledAnalyzer;
  suiteSetup(async () => {
    bundle = await bundleAnalyzer();
  });
  suiteTeardown(() => bundle.remove());

  test('answers with the version that it was asked about', async () => {
    const outcome = await bundle.client().analyze(request('/app/handler.ts', handler, 7));
    assert.ok(outcome.kind === 'done');
    assert.equal(outcome.value.version, 7);
    assert.deepEqual(
      outcome.value.hints.map(({ line, label }) => [line, label]),
      [[2, 'every invocation']],
    );
  });

  test('of several versions of a file only the newest is answered', async () => {
    const client = bundle.client();
    const outcomes = await Promise.all(
      [1, 2, 3, 4, 5].map(version => client.analyze(request('/app/handler.ts', handler, version))),
    );
    assert.deepEqual(
      outcomes.map(outcome => (outcome.kind === 'done' ? outcome.value.version : outcome.kind)),
      ['cancelled', 'cancelled', 'cancelled', 'cancelled', 5],
    );
  });

  test('a cancelled request is told so at once, while the worker is busy', async () => {
    const client = bundle.client();
    const abort = new AbortController();
    const large = `${handler}${'export function f() { return [1].map(x => x + 1); }\n'.repeat(20_000)}`;
    const answer = client.analyze(request('/app/large.ts', large), abort.signal);
    abort.abort();
    assert.deepEqual(await answer, { kind: 'cancelled' });
    const next = await client.analyze(request('/app/handler.ts'));
    assert.equal(next.kind, 'done');
  });

  test('a request that is cancelled beforehand starts nothing', async () => {
    const client = bundle.client({ workerPath: '/nowhere/analyzer.js' });
    assert.deepEqual(await client.analyze(request('/app/handler.ts'), AbortSignal.abort()), {
      kind: 'cancelled',
    });
  });

  test('out of memory rejects the request, and the next one is answered', async () => {
    const client = bundle.client({ maxOldGenerationSizeMb: 48 });
    const huge = `${handler}${'export const f = () => [1, 2, 3].map(x => ({ x, y: x + 1 }));\n'.repeat(40_000)}`;
    await assert.rejects(client.analyze(request('/app/huge.ts', huge)), (error: unknown) => {
      assert.ok(error instanceof UserError);
      assert.match(error.message, /ran out of memory/);
      return true;
    });
    const next = await client.analyze(request('/app/handler.ts'));
    assert.equal(next.kind, 'done');
  });

  test('tells findings, and the rules that find them', async () => {
    const client = bundle.client();
    const found = await client.findings({
      file: '/app/handler.ts',
      text: wasteful,
      handlers: [],
      severities: {},
    });
    assert.ok(found.kind === 'done');
    assert.deepEqual(
      found.value.findings.map(({ rule, severity, startLine }) => [rule, severity, startLine]),
      [['client-per-invocation', 'warning', 4]],
    );
    const rules = await client.rules();
    assert.ok(rules.kind === 'done' && rules.value.some(({ name }) => name === 'client-per-invocation'));
  });

  test('findings of a large file give way to hints, and come in the end', async () => {
    const client = bundle.client();
    const large = `${wasteful}${'export function f() { return [1].map(x => x + 1); }\n'.repeat(10_000)}`;
    const order: string[] = [];
    const found = client
      .findings({ file: '/app/large.ts', text: large, handlers: [], severities: {} })
      .then(outcome =>
        order.push(outcome.kind === 'done' ? `${outcome.value.findings.length} finding` : outcome.kind),
      );
    const hints = client.analyze(request('/app/handler.ts')).then(() => order.push('hints'));
    await Promise.all([found, hints]);
    assert.deepEqual(order, ['hints', '1 finding']);
  });

  test('findings come from what was found out for the hints, and from the text that is asked about', async () => {
    const client = bundle.client();
    const asked = { file: '/app/handler.ts', handlers: [], severities: {} };
    await client.analyze({ ...request('/app/handler.ts', wasteful), handlers: [] });
    const same = await client.findings({ ...asked, text: wasteful });
    await client.analyze({ ...request('/app/handler.ts', wasteful), handlers: [] });
    const other = await client.findings({ ...asked, text: handler });
    assert.ok(same.kind === 'done' && other.kind === 'done');
    assert.deepEqual([same.value.findings.length, other.value.findings.length], [1, 0]);
  });

  test('findings of a project are those of every file that its handlers reach', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'lambda-lens-findings-'));
    try {
      const file = join(folder, 'handler.ts');
      await writeFile(file, "import { load } from './load';\nexport const handler = async () => load();\n");
      const load = wasteful.replace('handler: Handler', 'load');
      await writeFile(join(folder, 'load.ts'), load);
      await writeFile(join(folder, 'unreached.ts'), load);
      const handlers = [{ file, exportPath: 'handler' }];
      const found = await bundle.client().projectFindings({ handlers, severities: {} });
      assert.ok(found.kind === 'done');
      const counts = [...found.value].map(([path, findings]) => [path.slice(folder.length), findings.length]);
      assert.deepEqual(Object.fromEntries(counts), { '/handler.ts': 0, '/load.ts': 1 });
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test('reads a project', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'lambda-lens-project-'));
    try {
      const model = await bundle.client().readProject(folder);
      assert.deepEqual([model.root, model.functions], [folder, []]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test('a file that was closed is what the disk says again', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'lambda-lens-files-'));
    try {
      const path = join(folder, 'handler.ts');
      await writeFile(path, handler);
      const client = bundle.client();
      await client.analyze(request(path, 'export const other = 1;'));
      const open = await client.check({ files: [path], handlers: [] });
      client.closeFile(path);
      const closed = await client.check({ files: [path], handlers: [] });
      assert.ok(open.kind === 'done' && closed.kind === 'done');
      assert.deepEqual([open.value[0]?.handlers.length, closed.value[0]?.handlers.length], [0, 1]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

suite('the analyzer thread when it fails', () => {
  let bundle: BundledAnalyzer;
  suiteSetup(async () => {
    bundle = await bundleAnalyzer(fileURLToPath(import.meta.resolve('./faultyWorker.ts')));
  });
  suiteTeardown(() => bundle.remove());

  test('every pending request is rejected when it ends, and the next one starts it again', async () => {
    const client = bundle.client();
    const first = client.analyze(request('exit'));
    const second = client.analyze(request('other'));
    await assert.rejects(first, /stopped analysing: it ended with code 3/);
    await assert.rejects(second, UserError);
    const next = await client.analyze(request('other'));
    assert.equal(next.kind, 'done');
  });

  test('an error that it does not catch is in the message', async () => {
    await assert.rejects(bundle.client().analyze(request('throw')), /a bug in the analyzer/);
  });

  test('a crash loop ends in a refusal that says when it is tried again', async () => {
    let now = 1_000_000;
    const client = bundle.client({ clock: { ...systemClock, now: () => now } });
    for (let crash = 0; crash < crashLimit.count; crash += 1) {
      await assert.rejects(client.analyze(request('exit')), /stopped analysing/);
    }
    await assert.rejects(client.analyze(request('other')), /keeps ending .* tried again in 60 s/);
    now += crashLimit.windowMs;
    const later = await client.analyze(request('other'));
    assert.equal(later.kind, 'done');
  });

  test('dispose ends a thread that hangs and rejects its request', async () => {
    const client = bundle.client();
    const answer = client.analyze(request('hang'));
    client.dispose();
    await assert.rejects(answer, /disposed/);
    await assert.rejects(client.analyze(request('other')), /disposed/);
  });

  test('an idle thread is ended and the next request starts another', async () => {
    const timers: (() => void)[] = [];
    const clock = {
      ...systemClock,
      after: (_ms: number, callback: () => void) => {
        timers.push(callback);
        return { dispose() {} };
      },
    };
    const client = bundle.client({ clock });
    await client.analyze(request('other'));
    timers.at(-1)?.();
    const next = await client.analyze(request('other', handler, 2));
    assert.ok(next.kind === 'done');
    assert.equal(next.value.version, 2);
  });

  test('a worker that is not there is an error that says so', async () => {
    const client = bundle.client({ workerPath: join(bundle.folder, 'missing.js') });
    await assert.rejects(client.analyze(request('other')), /Cannot find module/);
  });
});
