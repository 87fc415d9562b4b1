import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { until } from '../../support/until.ts';
import { isAlive, removeDist, type TestRuntime, withRuntime } from './support.ts';

/** Counts in the background, in the process and in a child of it that writes to a file. */
const ticking = `
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
let ticks = 0;
setInterval(() => ticks++, 5);
const file = tmpdir() + '/ticks';
spawn('/bin/sh', ['-c', 'while :; do echo . >> "$0"; sleep 0.01; done', file], { stdio: 'ignore' });
const count = () => { try { return readFileSync(file).length; } catch { return 0; } };
export const handler = async (event: { wait?: number }) => {
  const before = ticks;
  const child = count();
  await new Promise(resolve => setTimeout(resolve, event.wait ?? 0));
  return { before, after: ticks, child, pid: process.pid };
};`;

interface Ticks {
  readonly before: number;
  readonly after: number;
  readonly child: number;
  readonly pid: number;
}

suite('an environment between two invocations', () => {
  suiteTeardown(removeDist);

  const invoke = async (runtime: TestRuntime, event: unknown = {}) =>
    (await runtime.invoke('fn', event)).payload as Ticks;
  const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));
  const stateOf = (pid: number) =>
    readFileSync(`/proc/${pid}/stat`, 'latin1')
      .replace(/^.*\) /s, '')
      .charAt(0);
  const frozen = (pid: number) => until('the process to be stopped', () => stateOf(pid) === 'T');

  test('is frozen, with its children, and goes on where it was', () =>
    withRuntime([{}], { 'app.ts': ticking }, async runtime => {
      const first = await invoke(runtime, { wait: 100 });
      assert.ok(first.after > first.before, 'timers run during an invocation');
      await frozen(first.pid);
      const { child } = await invoke(runtime);
      await frozen(first.pid);
      await pause(500);
      const third = await invoke(runtime);
      // Two invocations and what precedes the freeze fit into this; 500 ms of ticks do not.
      assert.ok(third.before - first.after < 60, `${third.before - first.after} ticks`);
      assert.ok(third.child - child < 60, `${third.child - child} ticks of the child`);
      assert.equal(third.pid, first.pid);
    }));

  test('runs on where freezing is off', () =>
    withRuntime(
      [{}],
      { 'app.ts': ticking },
      async runtime => {
        const first = await invoke(runtime);
        await until('the timer to go on', async () => (await invoke(runtime)).before > first.after + 20);
        assert.notEqual(stateOf(first.pid), 'T');
      },
      { freeze: false },
    ));

  test('is ended while it is frozen', () =>
    withRuntime([{}], { 'app.ts': ticking }, async runtime => {
      const { pid } = await invoke(runtime);
      await frozen(pid);
      await runtime.runtime.stop();
      assert.equal(isAlive(pid), false);
    }));

  test('that is killed from outside while it is frozen answers the next invocation from a new process', () =>
    withRuntime([{}], { 'app.ts': ticking }, async runtime => {
      const { pid } = await invoke(runtime);
      await frozen(pid);
      process.kill(pid, 'SIGKILL');
      await until('its end to be noticed', () => runtime.groups.size === 0);
      const next = await invoke(runtime);
      assert.notEqual(next.pid, pid);
    }));
});
