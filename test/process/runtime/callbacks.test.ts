import assert from 'node:assert/strict';
import { removeDist, type TestOutcome, withRuntime } from './support.ts';

suite('the ways of nodejs22.x and before', () => {
  suiteTeardown(removeDist);

  /** Runs the body of a handler with a callback. */
  const run = (body: string, check: (outcome: TestOutcome) => void) =>
    withRuntime(
      [{ runtime: 'nodejs22.x', entryFile: 'app.js', timeoutSeconds: 10 }],
      { 'app.js': `exports.handler = (event, context, callback) => { ${body} };` },
      async ({ invoke }) => {
        const first = await invoke('fn');
        check(first);
        assert.deepEqual((await invoke('fn')).payload, first.payload);
      },
    );

  test('a callback answers when nothing is left to happen', () =>
    run(
      "callback(null, 'early'); setTimeout(() => console.log('still busy'), 200);",
      ({ payload, log, durationMs }) => {
        assert.equal(payload, 'early');
        assert.match(log, /\tINFO\tstill busy\nEND/);
        assert.ok(durationMs >= 199, `${durationMs} ms`);
      },
    ));

  test('or at once if the handler says so', () =>
    run(
      "context.callbackWaitsForEmptyEventLoop = false; setTimeout(() => {}, 5000); callback(null, 'now');",
      ({ payload, durationMs }) => {
        assert.equal(payload, 'now');
        assert.ok(durationMs < 2000, `${durationMs} ms`);
      },
    ));

  test('a handler that says nothing answers null', () =>
    run('', ({ payload }) => assert.equal(payload, null)));

  test('an error for the callback is the answer', () =>
    run("callback(new RangeError('no'));", ({ payload, functionError, log }) => {
      assert.equal(functionError, 'Unhandled');
      assert.equal((payload as { errorType: string }).errorType, 'RangeError');
      assert.match(log, /\tERROR\tInvoke Error \t\{"errorType":"RangeError"/);
    }));

  test('a handler with a callback is warned of at its init', () =>
    run('callback(null, 1)', ({ log }) =>
      assert.match(log, /\tundefined\tWARN\tAWS Lambda plans to remove support for callback-based/),
    ));

  const uncaught: Readonly<Record<string, readonly [string, string, string]>> = {
    'an exception': ["setTimeout(() => { throw new RangeError('late'); });", 'RangeError', 'late'],
    'a rejection': [
      "Promise.reject(new RangeError('late'));",
      'Runtime.UnhandledPromiseRejection',
      'RangeError: late',
    ],
  };
  for (const [what, [body, errorType, errorMessage]] of Object.entries(uncaught)) {
    test(`${what} that nobody awaits is the answer, and ends the process`, () =>
      withRuntime(
        [{ runtime: 'nodejs22.x', entryFile: 'app.js' }],
        {
          'app.js': `exports.handler = async event => { if (event.ok) return process.pid; ${body} await new Promise(r => setTimeout(r, 5000)); };`,
        },
        async ({ invoke }) => {
          const before = await invoke('fn', { ok: true });
          const { payload } = await invoke('fn');
          const seen = payload as { errorType: string; errorMessage: string };
          assert.deepEqual([seen.errorType, seen.errorMessage], [errorType, errorMessage]);
          const after = await invoke('fn', { ok: true });
          assert.notEqual(after.payload, before.payload);
          assert.equal(after.environmentId, before.environmentId);
        },
      ));
  }

  test('a promise that never settles is told of', () =>
    withRuntime(
      [{ runtime: 'nodejs22.x', entryFile: 'app.js' }],
      { 'app.js': 'exports.handler = async event => event.ok ? process.pid : new Promise(() => {});' },
      async ({ invoke }) => {
        const before = await invoke('fn', { ok: true });
        const { payload } = await invoke('fn');
        assert.equal((payload as { errorType: string }).errorType, 'Runtime.NodeJsExit');
        assert.equal((await invoke('fn', { ok: true })).payload, before.payload);
      },
    ));
});
