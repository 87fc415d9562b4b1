// Fifty invocations a second with random faults: each is answered, and nothing is left behind.
// A longer run: npm run soak
import assert from 'node:assert/strict';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { InvokeOutcome } from '../../../src/engine/invoke/invocation.ts';
import { systemIds } from '../../../src/engine/systemIds.ts';
import { until } from '../../support/until.ts';
import { processesIn, removeDist, withRuntime } from './support.ts';

const handler = `
const wait = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));
setInterval(() => {}, 50);
const actions: Record<string, () => unknown> = {
  answer: () => 'answered',
  wait: () => wait(30),
  throw: () => { throw new RangeError('thrown'); },
  exit: () => process.exit(3),
  throwLater: () => { setTimeout(() => { throw new Error('later'); }, 1); },
  hang: () => wait(60_000),
  kill: async () => { process.kill(process.pid, 'SIGKILL'); await wait(60_000); },
  killLater: () => { setTimeout(() => process.kill(process.pid, 'SIGKILL'), 2); },
  disconnect: () => { for (const handle of (process as any)._getActiveHandles()) if (handle.remotePort) handle.destroy(); },
};
export const handler = async (event: { action: string }) => actions[event.action]!();`;

/** What each may be answered with, besides a throttle and the end of a process that an earlier one has marked. */
const expected: Readonly<Record<string, string>> = {
  answer: 'success',
  wait: 'success',
  throw: 'RangeError',
  exit: 'Runtime.ExitError',
  throwLater: 'success',
  hang: 'Sandbox.Timedout',
  kill: 'Runtime.ExitError',
  killLater: 'success',
  disconnect: 'success',
};

suite('many invocations with random faults', () => {
  suiteTeardown(removeDist);
  const seconds = Number(process.env.LAMBDA_LENS_SOAK_SECONDS ?? 60);

  test('are all answered, and leave no process behind', async function () {
    // On a busy machine each of them waits longer for its turn.
    this.timeout((seconds * 3 + 60) * 1000);
    // What hangs has a function of its own: on a busy machine an environment that starts anew within an
    // invocation may need longer than the second after which a hanging one is to be ended.
    const hanging = { name: 'hanging', timeoutSeconds: 1 };
    const others = ['a', 'b', 'c'].map(name => ({ name, timeoutSeconds: 30 }));
    await withRuntime(
      [hanging, ...others],
      { 'app.ts': handler },
      async ({ runtime, workspace }) => {
        const actions = Object.keys(expected);
        const next = random(20261123);
        const unexpected: string[] = [];
        const running = new Set<Promise<void>>();
        let good = 0;
        const invoke = async (sent: number) => {
          // Most succeed, so that warm environments meet the faults.
          const action = (next() < 0.4 ? 'answer' : actions[Math.floor(next() * actions.length)]) ?? 'answer';
          const definition = action === 'hang' ? hanging : others[sent % others.length];
          const outcome = await runtime.invoke({
            requestId: systemIds.uuid(),
            functionName: definition?.name ?? '',
            payload: Buffer.from(JSON.stringify({ action })),
          });
          const answer = nameOf(outcome);
          if (answer === expected[action]) good++;
          else if (answer !== 'Runtime.ExitError' && answer !== 'throttled') {
            unexpected.push(`${action}: ${answer}`);
          }
        };
        const total = seconds * 50;
        for (let sent = 0; sent < total; sent++) {
          const job = invoke(sent).finally(() => running.delete(job));
          running.add(job);
          await sleep(20);
        }
        await until('the last answers', () => running.size === 0, 40_000);
        assert.deepEqual(unexpected, []);
        assert.ok(good > total / 3, `${good} of ${total} as expected`);
        const folder = dirname(workspace);
        assert.notEqual(processesIn(folder).length, 0);
        await runtime.stop();
        await until('every process to end', () => processesIn(folder).length === 0);
      },
      { maxEnvironments: 12 },
    );
  });
});

function nameOf(outcome: InvokeOutcome): string {
  if (outcome.kind === 'rejected') {
    return outcome.error.status === 429 ? 'throttled' : JSON.stringify(outcome.error);
  }
  if (outcome.functionError === undefined) return 'success';
  return (JSON.parse(Buffer.from(outcome.payload).toString('utf8')) as { errorType: string }).errorType;
}

/** Numbers from 0 to 1 that are the same in every run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
