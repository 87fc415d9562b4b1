import assert from 'node:assert/strict';
import type { FunctionDefinition } from '../../../src/model/functionDefinition.ts';
import { isAlive, removeDist, type TestOutcome, type TestRuntime, withRuntime } from './support.ts';

/** Answers `{"step": ...}` and otherwise does what the event says; counts how often the module was loaded. */
const handler = (body: string) => `
import { existsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
let calls = 0;
const wait = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));
export const handler = async (event: { step?: string }) => {
  calls++;
  if (event.step === 'ok') return { calls, left: existsSync(tmpdir() + '/left') };
  writeFileSync(tmpdir() + '/left', '');
  ${body}
};`;

suite('invocations that fail', () => {
  suiteTeardown(removeDist);

  /** One failing invocation, and then one that succeeds in the same environment with a process of its own. */
  const check = (
    body: string,
    expected: (requestId: string) => { errorType: string; errorMessage: string },
    more: Partial<FunctionDefinition> = {},
    also: (outcome: TestOutcome, runtime: TestRuntime, elapsedMs: number) => void = () => {},
  ) =>
    withRuntime([{ timeoutSeconds: 10, ...more }], { 'app.ts': handler(body) }, async runtime => {
      const { invoke, everyGroup, groups } = runtime;
      const before = await invoke('fn', { step: 'ok' });
      const began = performance.now();
      const failed = await invoke('fn');
      const elapsedMs = performance.now() - began;
      assert.equal(failed.functionError, 'Unhandled');
      assert.deepEqual(failed.payload, expected(failed.requestId));
      also(failed, runtime, elapsedMs);
      const after = await invoke('fn', { step: 'ok' });
      assert.deepEqual(after.payload, { calls: 1, left: true });
      assert.equal(after.environmentId, before.environmentId);
      assert.equal(after.coldStart, false);
      assert.match(after.log, /^START/);
      assert.equal(everyGroup.size, 2);
      assert.equal([...everyGroup].filter(group => !groups.has(group)).some(isAlive), false);
    });

  const exited = (reason: string) => (requestId: string) => ({
    errorType: 'Runtime.ExitError',
    errorMessage: `RequestId: ${requestId} Error: ${reason}`,
  });

  const exits: Readonly<Record<string, readonly [string, string]>> = {
    'exit(0)': ['process.exit(0);', 'Runtime exited without providing a reason'],
    'exit(1)': ['process.exit(1);', 'Runtime exited with error: exit status 1'],
    'exit(137)': ['process.exit(137);', 'Runtime exited with error: exit status 137'],
    'a signal': [
      "process.kill(process.pid, 'SIGKILL'); await wait(5000);",
      'Runtime exited with error: signal: killed',
    ],
    abort: ['process.abort();', 'Runtime exited with error: signal: aborted'],
    'an uncaught exception': [
      "setTimeout(() => { throw new Error('nobody awaits me'); }); await wait(5000);",
      'Runtime exited with error: exit status 1',
    ],
    'a rejection that nobody handles': [
      "void Promise.reject(new Error('nobody awaits me')); return 'never seen';",
      'Runtime exited with error: exit status 1',
    ],
    'a promise that never settles': [
      'await new Promise(() => {});',
      'Runtime exited without providing a reason',
    ],
  };
  for (const [what, [body, reason]] of Object.entries(exits)) {
    test(`${what} ends the process, and the next invocation has a new one`, () =>
      check(body, exited(reason), {}, ({ log }) =>
        assert.match(log, /\tMax Memory Used: [1-9]\d* MB\tStatus: error\tError Type: Runtime\.ExitError\n$/),
      ));
  }

  test('what the process printed as it died is in the log', () =>
    check(
      "console.log('almost'); void Promise.reject(new TypeError('late')); await wait(5000);",
      exited('Runtime exited with error: exit status 1'),
      {},
      ({ log }) =>
        assert.match(log, /\tINFO\talmost\n[\s\S]*app\.ts:10\n[\s\S]*TypeError: late\n\s+at .*app\.ts:10:/),
    ));

  const timedOut = (requestId: string) => ({
    errorType: 'Sandbox.Timedout',
    errorMessage: `RequestId: ${requestId} Error: Task timed out after 1.00 seconds`,
  });
  for (const [what, body] of Object.entries({
    'waits too long': 'await wait(60_000);',
    'never comes to an end': "console.log('spinning'); for (;;);",
  })) {
    test(`a handler that ${what} is ended by its timeout, neither early nor much late`, () =>
      check(
        body,
        timedOut,
        { timeoutSeconds: 1 },
        ({ log, durationMs, requestId }, { events }, elapsedMs) => {
          assert.equal(durationMs, 1000);
          assert.ok(elapsedMs >= 1000 && elapsedMs < 3000, `${elapsedMs} ms`);
          assert.match(
            log,
            new RegExp(
              `REPORT RequestId: ${requestId}\\tDuration: 1000\\.00 ms\\tBilled Duration: 1000 ms\\t.*\\tStatus: timeout\\n$`,
            ),
          );
          const ended = events.find(
            event => event.type === 'invocationEnded' && event.requestId === requestId,
          );
          assert.deepEqual(ended?.type === 'invocationEnded' && [ended.status, ended.errorType], [
            'timeout',
            'Sandbox.Timedout',
          ]);
        },
      ));
  }

  /** The failing invocation leaves the process as it is. */
  const checkSurvived = (body: string, expected: unknown, also: (outcome: TestOutcome) => void = () => {}) =>
    withRuntime([{ timeoutSeconds: 10 }], { 'app.ts': handler(body) }, async ({ invoke }) => {
      const failed = await invoke('fn');
      assert.equal(failed.functionError, 'Unhandled');
      assert.deepEqual(failed.payload, expected);
      also(failed);
      assert.deepEqual((await invoke('fn', { step: 'ok' })).payload, { calls: 2, left: true });
    });

  test('a response over the limit is replaced by an error', () =>
    checkSurvived("return 'x'.repeat(6_291_556);", {
      errorType: 'Function.ResponseSizeTooLarge',
      errorMessage: 'Response payload size exceeded maximum allowed payload size (6291556 bytes).',
    }));

  test('a response of exactly the limit is answered', () =>
    withRuntime(
      [{ timeoutSeconds: 10 }],
      { 'app.ts': "export const handler = async () => 'x'.repeat(6_291_554);" },
      async ({ invoke }) => assert.equal(String((await invoke('fn')).payload).length, 6_291_554),
    ));

  for (const [what, body] of Object.entries({
    'a circular structure': 'const a: { a?: unknown } = {}; a.a = a; return a;',
    'a BigInt': 'return { big: 1n };',
  })) {
    test(`${what} is no response`, () =>
      withRuntime([{}], { 'app.ts': handler(body) }, async ({ invoke }) => {
        const { payload } = await invoke('fn');
        const { errorType, errorMessage } = payload as Record<string, unknown>;
        assert.deepEqual(
          [errorType, errorMessage],
          ['Runtime.JSONStringifyError', 'Unable to stringify response body'],
        );
        assert.deepEqual((await invoke('fn', { step: 'ok' })).payload, { calls: 2, left: true });
      }));
  }

  test('a descendant that prints without end keeps no invocation from ending', () =>
    withRuntime(
      [{ timeoutSeconds: 20 }],
      {
        'app.ts':
          "import { spawn } from 'node:child_process';\nexport const handler = async (event: { start?: boolean }) => { if (event.start) spawn('yes', { stdio: 'inherit' }); return 'answered'; };",
      },
      async ({ invoke }) => {
        assert.equal((await invoke('fn', { start: true })).payload, 'answered');
        const { payload, log } = await invoke('fn');
        assert.equal(payload, 'answered');
        assert.ok(log.length < 10_000_000);
      },
    ));

  test('a string that is thrown has its type for an error type', () =>
    checkSurvived("throw 'plain string';", { errorType: 'string', errorMessage: 'plain string', trace: [] }));

  test('an error names the line of the TypeScript source', () =>
    withRuntime(
      [{ handler: 'src/orders.handler', entryFile: 'src/orders.ts' }],
      {
        'src/orders.ts': [
          "import { place } from './place';",
          'interface Order { readonly id: string }',
          'export const handler = async (order: Order) => place(order.id);',
        ].join('\n'),
        'src/place.ts': [
          'type Id = string;',
          '',
          'export function place(id: Id): never {',
          "  throw new RangeError('no place for ' + id);",
          '}',
        ].join('\n'),
      },
      async ({ invoke, workspace }) => {
        const { payload, log } = await invoke('fn', { id: 'o-1' });
        const { errorType, errorMessage, trace } = payload as {
          errorType: string;
          errorMessage: string;
          trace: string[];
        };
        assert.deepEqual([errorType, errorMessage], ['RangeError', 'no place for o-1']);
        assert.deepEqual(trace.slice(0, 3), [
          'RangeError: no place for o-1',
          `    at place (${workspace}/src/place.ts:4:9)`,
          `    at handler (${workspace}/src/orders.ts:3:48)`,
        ]);
        assert.match(
          log,
          /\tERROR\tInvoke Error \t\{"errorType":"RangeError","errorMessage":"no place for o-1","stack":\[/,
        );
        assert.doesNotMatch(log, /Status: error/);
      },
    ));
});
