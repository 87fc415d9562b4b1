// The event stream and the history, over connections that break and engines that are started again.
import assert from 'node:assert/strict';
import type { EngineConnection } from '../../../src/client/connection.ts';
import type { EngineEvent } from '../../../src/model/engineEvent.ts';
import { type ConnectedWorkspace, createConnectedWorkspace, isAlive } from '../../support/engine/connect.ts';
import { until } from '../../support/until.ts';

suite('the events and the history of an engine', () => {
  let workspace: ConnectedWorkspace;
  let connection: EngineConnection;

  setup(async () => {
    workspace = await createConnectedWorkspace();
    connection = await workspace.connect();
  });
  teardown(() => workspace?.remove());

  const invoke = (payload: string, functionName = 'echo') => connection.invoke({ functionName, payload });
  const restart = async () => {
    const { pid } = connection.attachment;
    await connection.shutDown();
    await until('the engine to end', () => !isAlive(pid));
    connection = await workspace.connect();
    assert.notEqual(connection.attachment.pid, pid);
  };

  test('every event comes once and in order, from any id on', async () => {
    const all: EngineEvent[] = [];
    connection.events(event => all.push(event), 0);
    await invoke('1');
    await invoke('2');
    await until('four events of two invocations', () => all.length >= 5);
    assert.deepEqual(
      all.map(({ type }) => type),
      ['functionsChanged', 'invocationStarted', 'invocationEnded', 'invocationStarted', 'invocationEnded'],
    );
    assert.deepEqual(
      all.map(({ id }) => id),
      all.map((_, index) => (all[0]?.id ?? 0) + index),
    );

    const rest: EngineEvent[] = [];
    connection.events(event => rest.push(event), all[2]?.id);
    await until('the events after the third', () => rest.length >= 2);
    assert.deepEqual(rest, all.slice(3));
  });

  test('without an id only what comes from then on is told', async () => {
    await invoke('1');
    const seen: EngineEvent[] = [];
    connection.events(event => seen.push(event));
    // The stream is open once an event has come; those before the subscription must never come.
    let count = 1;
    await until('an event', async () => {
      await invoke(String(++count));
      return seen.length > 0;
    });
    const ended = seen.filter(event => event.type === 'invocationEnded').length;
    assert.ok(ended < count);
  });

  test('who comes back after a restart is told what it missed, or to read again', async () => {
    const first: EngineEvent[] = [];
    connection.events(event => first.push(event), 0);
    await invoke('1');
    await until('the invocation', () => first.length >= 3);
    const lastId = first.at(-1)?.id ?? 0;
    await restart();

    const second: EngineEvent[] = [];
    const resets: string[] = [];
    connection.events(
      event => second.push(event),
      lastId,
      () => resets.push('resumed'),
    );
    connection.events(
      () => {},
      0,
      () => resets.push('from the start'),
    );
    await invoke('2');
    await until('the invocation after the restart', () =>
      second.some(event => event.type === 'invocationEnded'),
    );
    assert.ok(second.every(({ id }) => id > lastId));
    assert.equal(second[0]?.id, lastId + 1);
    await until('the reset', () => resets.length > 0);
    assert.deepEqual(resets, ['from the start']);
  });

  test('the history and the last event outlive the engine', async () => {
    await invoke('{"n":1}');
    await invoke('{"n":2}');
    await invoke('{}', 'fails');
    await restart();
    const records = await connection.invocations('echo');
    assert.deepEqual(
      records.map(({ functionName, status, qualifier }) => [functionName, status, qualifier]),
      [
        ['echo', 'success', '$LATEST'],
        ['echo', 'success', '$LATEST'],
      ],
    );
    assert.deepEqual(
      (await connection.invocations('fails')).map(({ status }) => status),
      ['error'],
    );
    assert.deepEqual(await connection.invocations('unknown'), []);
    assert.equal(await connection.lastEvent('echo'), '{"n":2}');
    assert.equal(await connection.lastEvent('unknown'), undefined);
    const events = records.map(({ requestId }) => connection.event('echo', requestId));
    assert.deepEqual(await Promise.all(events), ['{"n":2}', '{"n":1}']);
    assert.equal(await connection.event('fails', records[0]?.requestId ?? ''), undefined);
  });
});
