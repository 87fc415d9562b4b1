import assert from 'node:assert/strict';
import { systemIds } from '../../../src/engine/systemIds.ts';
import { until } from '../../support/until.ts';
import { removeDist, withRuntime } from './support.ts';

const slow =
  'export const handler = async () => { await new Promise(resolve => setTimeout(resolve, 500)); return process.pid; };';

suite('the concurrency of functions', () => {
  suiteTeardown(removeDist);

  test('of 200 invocations at once a function that reserves 10 runs 10, and answers the next', () =>
    withRuntime(
      [{ reservedConcurrency: 10, timeoutSeconds: 20 }],
      { 'app.ts': slow },
      async ({ runtime, invoke }) => {
        await invoke('fn');
        const outcomes = await Promise.all(
          Array.from({ length: 200 }, () =>
            runtime.invoke({
              requestId: systemIds.uuid(),
              functionName: 'fn',
              payload: Buffer.from('{}'),
            }),
          ),
        );
        const reasons = outcomes.map(outcome =>
          outcome.kind === 'rejected' ? outcome.error.body.Reason : 'completed',
        );
        const count = (reason: string) => reasons.filter(each => each === reason).length;
        assert.equal(count('completed'), 10);
        assert.equal(count('ReservedFunctionConcurrentInvocationLimitExceeded'), 190);
        assert.equal(typeof (await invoke('fn')).payload, 'number');
      },
      { maxEnvironments: 16 },
    ));

  test('ten functions that are cold are answered at once, each within its three seconds', () =>
    withRuntime(
      Array.from({ length: 10 }, (_, index) => ({ name: `fn-${index}` })),
      { 'app.ts': 'export const handler = async (event: unknown) => event;' },
      async ({ invoke }) => {
        const outcomes = await Promise.all(
          Array.from({ length: 10 }, (_, index) => invoke(`fn-${index}`, index)),
        );
        assert.deepEqual(
          outcomes.map(({ payload, coldStart }) => [payload, coldStart]),
          Array.from({ length: 10 }, (_, index) => [index, true]),
        );
      },
      { maxEnvironments: 16 },
    ));

  test('a reservation of nothing throttles', () =>
    withRuntime([{ reservedConcurrency: 0 }], { 'app.ts': slow }, async ({ runtime, groups }) => {
      const outcome = await runtime.invoke({
        requestId: systemIds.uuid(),
        functionName: 'fn',
        payload: Buffer.from('{}'),
      });
      assert.ok(outcome.kind === 'rejected');
      assert.deepEqual(
        [outcome.error.status, outcome.error.body.Reason],
        [429, 'ReservedFunctionConcurrentInvocationLimitExceeded'],
      );
      assert.equal(groups.size, 0);
    }));

  test('an environment that nobody uses ends, and the next invocation is a cold start', () =>
    withRuntime(
      [{}],
      { 'app.ts': slow },
      async ({ invoke, groups }) => {
        const first = await invoke('fn');
        await until('the environment to end', () => groups.size === 0);
        const next = await invoke('fn');
        assert.equal(next.coldStart, true);
        assert.notEqual(next.environmentId, first.environmentId);
      },
      { idleSeconds: 0.2 },
    ));
});
