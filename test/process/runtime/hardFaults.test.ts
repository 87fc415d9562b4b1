import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { systemIds } from '../../../src/engine/systemIds.ts';
import type { FunctionDefinition } from '../../../src/model/functionDefinition.ts';
import { until } from '../../support/until.ts';
import {
  functionIn,
  isAlive,
  removeDist,
  type TestOutcome,
  type TestRuntime,
  withRuntime,
} from './support.ts';

/** What a handler can do to its environment, and what is then answered; the next invocation is answered too. */
suite('handlers that are hard on their environment', () => {
  suiteTeardown(removeDist);

  const handler = (body: string) => `
import { spawn } from 'node:child_process';
import { rmSync, writeFileSync, writeSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
const wait = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));
const api = 'http://' + process.env.AWS_LAMBDA_RUNTIME_API + '/2018-06-01/runtime/invocation/';
export const handler = async (event: { step?: string }, context: any): Promise<unknown> => {
  if (event.step === 'ok') return 'fine';
  ${body}
};`;

  const check = (
    body: string,
    also: (outcome: TestOutcome, runtime: TestRuntime) => void | Promise<void>,
    more: Partial<FunctionDefinition> = {},
  ) =>
    withRuntime([{ timeoutSeconds: 30, ...more }], { 'app.ts': handler(body) }, async runtime => {
      await also(await runtime.invoke('fn'), runtime);
      assert.equal((await runtime.invoke('fn', { step: 'ok' })).payload, 'fine');
    });

  test('200 MB of output are read, and the end of them kept', () =>
    check(
      "const line = Buffer.from('x'.repeat(1023) + '\\n'); for (let n = 0; n < 200 * 1024; n++) writeSync(1, line); console.log('done'); return 1;",
      ({ payload, log }) => {
        assert.equal(payload, 1);
        assert.ok(
          /^INIT_START .*\n\[\d{9} bytes of this log were dropped: it is longer than 8 MB\]\n/.test(log),
        );
        assert.ok(/\tINFO\tdone\nEND RequestId: /.test(log));
        assert.ok(Buffer.byteLength(log) < 9 * 1024 * 1024);
      },
    ));

  test('output that is not UTF-8 is replaced where it is not', () =>
    check('writeSync(1, Buffer.from([0x61, 0xff, 0xfe, 0x62, 0x0a])); return 1;', ({ payload, log }) => {
      assert.equal(payload, 1);
      assert.ok(log.includes('a\ufffd\ufffdb\n'));
    }));

  test('lone surrogates in a response are escaped', () =>
    check("return { text: 'a\\ud800b', ['k\\udc00']: 1 };", ({ payload, functionError }) => {
      assert.equal(functionError, undefined);
      assert.deepEqual(payload, { text: 'a\ud800b', 'k\udc00': 1 });
    }));

  test('lone surrogates in an error are passed on', () =>
    check("throw new Error('bad \\ud800');", ({ payload, functionError }) => {
      assert.equal(functionError, 'Unhandled');
      assert.equal((payload as { errorMessage: string }).errorMessage, 'bad \ud800');
    }));

  test('a response that is not JSON, posted by the handler, is passed on as it is', () =>
    withRuntime(
      [{}],
      {
        'app.ts': handler(
          "await fetch(api + context.awsRequestId + '/response', { method: 'POST', body: new Uint8Array([0xff, 0xfe]) });",
        ),
      },
      async ({ runtime, invoke }) => {
        const outcome = await runtime.invoke({
          requestId: systemIds.uuid(),
          functionName: 'fn',
          payload: Buffer.from('{}'),
        });
        assert.ok(outcome.kind === 'completed');
        assert.deepEqual([...outcome.payload], [0xff, 0xfe]);
        assert.equal((await invoke('fn', { step: 'ok' })).payload, 'fine');
      },
    ));

  test('an answer to the id of an earlier invocation is refused', () =>
    check(
      "const earlier = (globalThis as any).earlier ??= context.awsRequestId; if (event.step !== 'again') return earlier; return (await fetch(api + earlier + '/response', { method: 'POST', body: '1' })).status;",
      async (_first, { invoke }) => assert.equal((await invoke('fn', { step: 'again' })).payload, 400),
    ));

  test('garbage for a request is refused, and a connection that is cut off does no harm', () =>
    check(
      `const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API!.split(':');
  const answer = await new Promise(resolve => {
    const socket = connect(Number(port), host, () => socket.write('\\x00\\x01 garbage\\r\\n\\r\\n'));
    socket.on('data', data => resolve(String(data).slice(0, 12)));
  });
  const cut = connect(Number(port), host, () => {
    cut.write('POST /2018-06-01/runtime/invocation/' + context.awsRequestId + '/response HTTP/1.1\\r\\nHost: ' + host + ':' + port + '\\r\\nContent-Length: 100\\r\\n\\r\\nhalf');
    setTimeout(() => cut.destroy(), 20);
  });
  await wait(100);
  return answer;`,
      ({ payload }) => assert.equal(payload, 'HTTP/1.1 400'),
    ));

  test('a handler that closes every connection of its process is answered or ended, and not left hanging', () =>
    check(
      'for (const handle of (process as any)._getActiveHandles()) if (handle.remotePort) handle.destroy(); await wait(50); return 1;',
      ({ payload, functionError }) =>
        assert.ok(payload === 1 || functionError === 'Unhandled', JSON.stringify(payload)),
    ));

  test('50 children and orphaned grandchildren end with the environment', () =>
    withRuntime(
      [{ timeoutSeconds: 30 }],
      {
        'app.ts': handler(`for (let n = 0; n < 25; n++) {
    spawn('sleep', ['600'], { stdio: 'ignore' }).unref();
    spawn('/bin/sh', ['-c', 'sleep 600 & exit 0'], { stdio: 'inherit' }).unref();
  }
  await wait(300);
  return process.pid;`),
      },
      async ({ invoke, runtime, everyGroup }) => {
        const group = Number((await invoke('fn')).payload);
        assert.deepEqual([...everyGroup], [group]);
        assert.equal((await invoke('fn', { step: 'ok' })).payload, 'fine');
        await runtime.stop();
        await until('the group to be gone', () => !isAlive(group));
      },
    ));

  test('files that are left open run out at 1024, as on Lambda', () =>
    check(
      "const { openSync } = await import('node:fs'); let count = 0; try { for (;;) { openSync('/dev/null', 'r'); count++; } } catch (error) { return [(error as any).code, count > 900 && count < 1024]; }",
      ({ payload }) => assert.deepEqual(payload, ['EMFILE', true]),
    ));

  test('a /tmp that the handler removes is no harm to the next invocation', () =>
    check('rmSync(tmpdir(), { recursive: true, force: true }); process.exit(1);', ({ functionError }) =>
      assert.equal(functionError, 'Unhandled'),
    ));

  test('a working folder that is deleted leaves what was built of it, and is used again when it is back', () =>
    withRuntime([], {}, async ({ runtime, workspace, write, invoke }) => {
      const codeDirectory = join(workspace, 'code');
      await write({ 'code/app.ts': handler('return "before";') });
      runtime.update([functionIn(workspace, { codeDirectory, entryFile: 'code/app.ts' })]);
      assert.equal((await invoke('fn')).payload, 'before');
      await rm(codeDirectory, { recursive: true });
      const { payload, functionError } = await invoke('fn');
      assert.deepEqual([payload, functionError], ['before', undefined]);
      await write({ 'code/app.ts': handler('return "after";') });
      assert.equal((await invoke('fn')).payload, 'after');
    }));

  test('an exception that nobody awaits ends a response that has begun', () =>
    withRuntime(
      [{ runtime: 'nodejs22.x' }],
      {
        'app.ts':
          "declare const awslambda: any;\nexport const handler = awslambda.streamifyResponse(async (event: any, stream: any) => { if (event.step) { stream.end('\"fine\"'); return; } stream.write('half'); setTimeout(() => { throw new RangeError('late'); }); await new Promise(resolve => setTimeout(resolve, 5000)); });",
      },
      async ({ invoke }) => {
        const { payload, functionError } = await invoke('fn');
        assert.equal(functionError, 'Unhandled');
        assert.equal((payload as { errorType: string }).errorType, 'RangeError');
        assert.equal((await invoke('fn', { step: 'ok' })).payload, 'fine');
      },
    ));
});
