import assert from 'node:assert/strict';
import { removeDist, withRuntime } from './support.ts';

/** Does what the event says. */
const handler = `
import { spawn } from 'node:child_process';
const wait = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));
const kept: unknown[] = [];
const actions: Record<string, () => Promise<unknown>> = {
  nothing: async () => process.pid,
  buffers: async () => { kept.push(Buffer.alloc(300_000_000, 1)); await wait(5000); },
  heap: async () => { for (;;) kept.push(new Array(100_000).fill({})); },
  child: async () => {
    spawn(process.execPath, ['-e', 'const b = Buffer.alloc(300_000_000, 1); setTimeout(() => b, 60_000)'], { stdio: 'ignore' });
    await wait(5000);
  },
};
export const handler = async (event: { do: string }) => actions[event.do]!();`;

suite('the memory of an environment', () => {
  suiteTeardown(removeDist);

  /** What takes too much is ended, and the next invocation is answered by a new process. */
  const check = (what: string, reason: string) =>
    withRuntime([{ memorySizeMb: 256, timeoutSeconds: 20 }], { 'app.ts': handler }, async ({ invoke }) => {
      const failed = await invoke('fn', { do: what });
      assert.deepEqual(failed.payload, {
        errorType: 'Runtime.ExitError',
        errorMessage: `RequestId: ${failed.requestId} Error: Runtime exited with error: signal: ${reason}`,
      });
      assert.match(failed.log, /\tMemory Size: 256 MB\tMax Memory Used: \d+ MB\t/);
      const used = Number(/Max Memory Used: (\d+) MB/.exec(failed.log)?.[1]);
      assert.ok(used > 200, `${used} MB`);
      const after = await invoke('fn', { do: 'nothing' });
      assert.equal(typeof after.payload, 'number');
      assert.equal(after.environmentId, failed.environmentId);
    });

  test('buffers that outgrow it are ended by a kill', () => check('buffers', 'killed'));

  test('a heap that outgrows it is ended by V8', () => check('heap', 'aborted'));

  test('a child counts as well', () => check('child', 'killed'));
});
