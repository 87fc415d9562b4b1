import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import type { DebuggerListeningEvent } from '../../../src/model/engineEvent.ts';
import { systemClock } from '../../../src/shared/clock.ts';
import { until } from '../../support/until.ts';
import { attachAndGo } from './inspectorClient.ts';
import { removeDist, type TestRuntime, withRuntime } from './support.ts';

const debug = { environment: { kind: 'debug', client: 'test', port: 0 } } as const;
const source = `
console.log('loaded');
export const handler = async (event: { pause?: boolean; wait?: number }) => {
  if (event.pause) debugger;
  await new Promise(resolve => setTimeout(resolve, event.wait ?? 0));
  return { pid: process.pid };
};`;
const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));

suite('a debugged environment', () => {
  suiteTeardown(removeDist);

  const heard = ({ events }: TestRuntime, functionName = 'fn') =>
    events.filter(
      (event): event is DebuggerListeningEvent =>
        event.type === 'debuggerListening' && event.functionName === functionName,
    );
  const listening = async (runtime: TestRuntime, count = 1, functionName = 'fn') => {
    await until('the debugger to be awaited', () => heard(runtime, functionName).length >= count);
    const event = heard(runtime, functionName)[count - 1];
    assert.ok(event);
    return event;
  };

  test('waits for the debugger before it loads the code, and no limit ends it', () =>
    withRuntime([{ timeoutSeconds: 1 }], { 'app.ts': source }, async runtime => {
      const invoking = runtime.invoke('fn', { pause: true }, debug);
      const event = await listening(runtime);
      assert.equal(event.client, 'test');
      await pause(300);
      const client = await attachAndGo(event.port);
      await client.next('Debugger.paused');
      await pause(1500);
      client.send('Debugger.resume');
      const { functionError, log } = await invoking;
      assert.equal(functionError, undefined);
      assert.match(log, /loaded/);
      assert.doesNotMatch(log, /Debugger|inspector/i);
      await client.close();
    }));

  test('is used again as long as the debugger is there, and is not frozen', () =>
    withRuntime([{}], { 'app.ts': source }, async runtime => {
      const invoking = runtime.invoke('fn', {}, debug);
      const { port } = await listening(runtime);
      const client = await attachAndGo(port);
      const first = await invoking;
      await pause(50);
      client.send('Runtime.evaluate', { expression: 'debugger' });
      await client.next('Debugger.paused');
      client.send('Debugger.resume');
      const second = await runtime.invoke('fn', {}, debug);
      assert.equal(second.environmentId, first.environmentId);
      const other = await runtime.invoke('fn');
      assert.notEqual(other.environmentId, first.environmentId);
      await client.close();
    }));

  test('runs on when the debugger goes, with its limits, and is not debugged again', () =>
    withRuntime([{ timeoutSeconds: 1 }], { 'app.ts': source }, async runtime => {
      const invoking = runtime.invoke('fn', { pause: true, wait: 100 }, debug);
      const client = await attachAndGo((await listening(runtime)).port);
      await client.next('Debugger.paused');
      await client.close();
      const first = await invoking;
      assert.equal(first.functionError, undefined);
      const again = runtime.invoke('fn', { wait: 5000 }, debug);
      const next = await attachAndGo((await listening(runtime, 2)).port);
      await pause(300);
      await next.close();
      const second = await again;
      assert.notEqual(second.environmentId, first.environmentId);
      assert.match(JSON.stringify(second.payload), /Task timed out after 1.00 seconds/);
    }));

  test('is left by the next process, which waits again on the same port', () =>
    withRuntime(
      [{}],
      {
        'app.ts':
          'import { existsSync, writeFileSync } from "node:fs";\nif (!existsSync("/tmp/tried")) { writeFileSync("/tmp/tried", ""); throw new Error("once"); }\nexport const handler = async () => "fine";',
      },
      async runtime => {
        const invoking = runtime.invoke('fn', {}, debug);
        const { port } = await listening(runtime);
        await attachAndGo(port);
        const event = await listening(runtime, 2);
        assert.equal(event.port, port);
        await attachAndGo(port);
        assert.equal((await invoking).payload, 'fine');
      },
    ));

  test('two functions are debugged at once', () =>
    withRuntime([{ name: 'one' }, { name: 'two' }], { 'app.ts': source }, async runtime => {
      const invoking = ['one', 'two'].map(name => runtime.invoke(name, { pause: true }, debug));
      const clients = await Promise.all(
        ['one', 'two'].map(async name => attachAndGo((await listening(runtime, 1, name)).port)),
      );
      await Promise.all(clients.map(client => client.next('Debugger.paused')));
      for (const client of clients) client.send('Debugger.resume');
      for (const { functionError } of await Promise.all(invoking)) assert.equal(functionError, undefined);
      for (const client of clients) await client.close();
    }));

  test('is ended by name when nobody attaches, or when its client gives up', () =>
    withRuntime(
      [{}],
      { 'app.ts': source },
      async runtime => {
        await assert.rejects(runtime.invoke('fn', {}, debug), /No debugger has attached to fn within 60 sec/);
        const invoking = runtime.invoke('fn', {}, debug);
        const { environmentId } = await listening(runtime, 2);
        assert.equal(runtime.runtime.end(environmentId, 'given up'), true);
        await assert.rejects(invoking, /given up/);
        assert.equal(runtime.runtime.end('none', 'given up'), false);
      },
      {},
      { ...systemClock, after: (ms, callback) => systemClock.after(ms === 60_000 ? 300 : ms, callback) },
    ));

  test('is refused by name where the port is taken', () =>
    withRuntime([{}], { 'app.ts': source }, async runtime => {
      const taken = createServer();
      await new Promise<void>(resolve => taken.listen(0, '127.0.0.1', resolve));
      try {
        const { port } = taken.address() as { port: number };
        const wish = { environment: { ...debug.environment, port } };
        await assert.rejects(runtime.invoke('fn', {}, wish), new RegExp(`cannot use port ${port}`));
      } finally {
        taken.close();
      }
    }));
});

suite('a fresh environment', () => {
  suiteTeardown(removeDist);

  test('is a cold start although a warm one is there, and serves the next invocations', () =>
    withRuntime([{}], { 'app.ts': source }, async ({ invoke }) => {
      const first = await invoke('fn');
      const fresh = await invoke('fn', {}, { environment: { kind: 'fresh' } });
      assert.equal(fresh.coldStart, true);
      assert.notEqual(fresh.environmentId, first.environmentId);
      assert.equal((await invoke('fn')).environmentId, fresh.environmentId);
    }));

  test('takes the place of the warm one where there is room for one only', () =>
    withRuntime(
      [{}],
      { 'app.ts': source },
      async ({ invoke }) => {
        await invoke('fn');
        const fresh = await invoke('fn', {}, { environment: { kind: 'fresh' } });
        assert.equal(fresh.coldStart, true);
      },
      { maxEnvironments: 1 },
    ));
});
