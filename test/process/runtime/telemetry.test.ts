// Extensions that have subscribed to what happens in their environment.
import assert from 'node:assert/strict';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { FunctionDefinition } from '../../../src/model/functionDefinition.ts';
import { until } from '../../support/until.ts';
import { functionIn, removeDist, type TestRuntime, withRuntime } from './support.ts';

interface Told {
  readonly time: string;
  readonly type: string;
  readonly record: unknown;
}

/** Subscribes with what SUBSCRIPTION says, and appends what it is told to the file TOLD. */
const listener = `#!/usr/bin/env node
const { appendFileSync } = require('node:fs');
const { createServer } = require('node:http');
const api = 'http://' + process.env.AWS_LAMBDA_RUNTIME_API;
const { path, port, nowhere, ...subscription } = JSON.parse(process.env.SUBSCRIPTION);
const server = createServer((request, response) => {
  let body = '';
  request.on('data', chunk => (body += chunk));
  request.on('end', () => { for (const event of JSON.parse(body)) appendFileSync(process.env.TOLD, JSON.stringify(event) + '\\n'); response.end(); });
});
server.listen(port, '127.0.0.1', async () => {
  const call = (method, path, headers, body) => fetch(api + path, { method, headers, body: body && JSON.stringify(body) });
  const registered = await call('POST', '/2020-01-01/extension/register', { 'Lambda-Extension-Name': 'listener' }, { events: ['INVOKE', 'SHUTDOWN'] });
  const id = { 'Lambda-Extension-Identifier': registered.headers.get('lambda-extension-identifier') };
  const destination = { protocol: 'HTTP', URI: 'http://sandbox.localdomain:' + (nowhere ?? port) };
  const answer = await call('PUT', path, id, { ...subscription, destination });
  console.log('subscribed', answer.status, await answer.text());
  for (;;) {
    const event = await (await call('GET', '/2020-01-01/extension/event/next', id)).json();
    if (event.eventType === 'SHUTDOWN') setTimeout(() => process.exit(0), 200);
  }
});
`;

async function withListener(
  subscription: Readonly<Record<string, unknown>>,
  test: (runtime: TestRuntime, told: () => Promise<readonly Told[]>) => Promise<void>,
  more: Partial<FunctionDefinition> = {},
): Promise<void> {
  const source =
    "export const handler = async (event: any) => { console.log('said', event.n); if (event.fail) throw new RangeError('no'); return event.n; };";
  await withRuntime([], { 'app.ts': source }, async tested => {
    const directory = join(tested.workspace, '..', 'layer');
    await mkdir(join(directory, 'extensions'), { recursive: true });
    await writeFile(join(directory, 'extensions', 'listener'), listener);
    await chmod(join(directory, 'extensions', 'listener'), 0o755);
    const file = join(directory, 'told');
    await writeFile(file, '');
    const environment = {
      TOLD: file,
      SUBSCRIPTION: JSON.stringify({ port: await freePort(), ...subscription }),
    };
    const layers = [{ arn: 'arn:aws:lambda:eu-west-1:123456789012:layer:l:1', directory }];
    tested.runtime.update([
      functionIn(tested.workspace, { memorySizeMb: 512, timeoutSeconds: 10, environment, layers, ...more }),
    ]);
    await test(tested, async () =>
      (await readFile(file, 'utf8'))
        .split('\n')
        .filter(line => line !== '')
        .map(line => JSON.parse(line) as Told),
    );
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise(resolve => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

const telemetry = {
  path: '/2022-07-01/telemetry',
  schemaVersion: '2022-12-13',
  types: ['platform', 'function', 'extension'],
  buffering: { maxItems: 1000, maxBytes: 262_144, timeoutMs: 25 },
};

/** https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html */
suite('telemetry of an environment', () => {
  suiteTeardown(removeDist);

  test('tells extensions what the platform does, and what is printed', () =>
    withListener(telemetry, async ({ invoke, runtime }, told) => {
      const { log, requestId } = await invoke('fn', { n: 1 });
      assert.match(
        log,
        /TELEMETRY\tName: listener\tState: Subscribed\tTypes: \[Platform, Function, Extension\]\n/,
      );
      assert.match(log, /subscribed 200 "OK"\n/);
      const failed = await invoke('fn', { n: 2, fail: true });
      await runtime.stop();
      await until('the last of it', async () => (await told()).filter(isReport).length === 2);
      const events = await told();
      const types = events.map(({ type }) => type);
      assert.deepEqual([...new Set(types)].sort(), [
        'extension',
        'function',
        'platform.extension',
        'platform.initReport',
        'platform.initRuntimeDone',
        'platform.initStart',
        'platform.report',
        'platform.runtimeDone',
        'platform.start',
        'platform.telemetrySubscription',
      ]);
      const recordOf = (type: string, id = requestId) =>
        events.find(event => event.type === type && JSON.stringify(event.record).includes(id))?.record;
      assert.deepEqual(recordOf('platform.start'), { requestId, version: '$LATEST' });
      assert.deepEqual(Object.keys(recordOf('platform.report') as object), [
        'requestId',
        'status',
        'metrics',
      ]);
      const { metrics, ...done } = recordOf('platform.runtimeDone', failed.requestId) as {
        metrics: Record<string, number>;
      };
      assert.deepEqual(done, { requestId: failed.requestId, status: 'error', errorType: 'RangeError' });
      assert.deepEqual(Object.keys(metrics), ['durationMs', 'producedBytes']);
      const said = events.filter(({ type }) => type === 'function').map(({ record }) => String(record));
      assert.ok(said[0]?.endsWith('\tINFO\tsaid 1\n'), said[0]);
      assert.ok(events.every(({ time }) => !Number.isNaN(Date.parse(time))));
      assert.equal(types[0], 'platform.initStart');
    }));

  test('is told only as far as it was asked for', () =>
    withListener({ ...telemetry, types: ['function'] }, async ({ invoke, runtime }, told) => {
      await invoke('fn', { n: 1 });
      await runtime.stop();
      assert.deepEqual(new Set((await told()).map(({ type }) => type)), new Set(['function']));
    }));

  test('has an object for each line of a log in the JSON format', () =>
    withListener(
      { ...telemetry, types: ['function'] },
      async ({ invoke, runtime }, told) => {
        const { requestId } = await invoke('fn', { n: 1 });
        await runtime.stop();
        const records = (await told()).map(({ record }) => (record as { requestId: string }).requestId);
        assert.deepEqual(records, [requestId]);
      },
      { logging: { format: 'JSON' } },
    ));

  test('is there by the older Logs API too', () =>
    withListener(
      { path: '/2020-08-15/logs', schemaVersion: '2021-03-18', types: ['platform'] },
      async ({ invoke, runtime }, told) => {
        const { log } = await invoke('fn', { n: 1 });
        assert.match(log, /LOGS\tName: listener\tState: Subscribed\tTypes: \[Platform\]\n/);
        await runtime.stop();
        const types = (await told()).map(({ type }) => type);
        assert.ok(types.includes('platform.logsSubscription') && types.includes('platform.report'));
      },
    ));

  test('that nobody takes harms nothing', async () => {
    const nowhere = await freePort();
    await withListener({ ...telemetry, nowhere }, async ({ invoke }, told) => {
      assert.equal((await invoke('fn', { n: 1 })).payload, 1);
      assert.equal((await invoke('fn', { n: 2 })).payload, 2);
      assert.deepEqual(await told(), []);
    });
  });
});

function isReport({ type }: Told): boolean {
  return type === 'platform.report';
}
