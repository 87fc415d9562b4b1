import assert from 'node:assert/strict';
import { createEventLog, type EventIdMark } from '../../../../src/engine/events/eventLog.ts';
import type { EngineEventBody } from '../../../../src/model/engineEvent.ts';
import { createFakeClock } from '../../../support/fakeClock.ts';

const event = (name: string): EngineEventBody => ({ type: 'functionsChanged', functions: [name] });

function memoryMark(value = 0): EventIdMark & { saves: number } {
  return {
    saves: 0,
    load: () => value,
    save(id) {
      value = id;
      this.saves++;
    },
  };
}

function ids(log: ReturnType<typeof createEventLog>, since: number): readonly number[] | 'lost' {
  const backlog = log.since(since);
  return backlog.kind === 'lost' ? 'lost' : backlog.events.map(({ id }) => id);
}

suite('the event log', () => {
  test('gives ids that grow by one, and the time', () => {
    const clock = createFakeClock();
    const log = createEventLog(clock, memoryMark());
    const seen: unknown[] = [];
    log.onDidEmit(emitted => seen.push(emitted));
    log.emit(event('a'));
    clock.pass(5);
    log.emit(event('b'));
    assert.deepEqual(seen, [
      { ...event('a'), id: 1, at: clock.now() - 5 },
      { ...event('b'), id: 2, at: clock.now() },
    ]);
    assert.equal(log.lastId(), 2);
  });

  test('a client that was away gets exactly what it missed', () => {
    const log = createEventLog(createFakeClock(), memoryMark());
    assert.deepEqual(ids(log, 0), []);
    for (const name of ['a', 'b', 'c']) log.emit(event(name));
    assert.deepEqual(ids(log, 0), [1, 2, 3]);
    assert.deepEqual(ids(log, 2), [3]);
    assert.deepEqual(ids(log, 3), []);
  });

  test('only so many events are kept; who missed older ones has lost them', () => {
    const log = createEventLog(createFakeClock(), memoryMark(), 10);
    for (let count = 0; count < 25; count++) log.emit(event('a'));
    assert.deepEqual(ids(log, 15), [16, 17, 18, 19, 20, 21, 22, 23, 24, 25]);
    assert.equal(ids(log, 14), 'lost');
  });

  test('an id of the future is none of this log', () => {
    const log = createEventLog(createFakeClock(), memoryMark());
    log.emit(event('a'));
    assert.equal(ids(log, 2), 'lost');
  });

  test('ids go on after a clean restart, and nothing is lost between', () => {
    const mark = memoryMark();
    const first = createEventLog(createFakeClock(), mark);
    first.emit(event('a'));
    first.dispose();
    const second = createEventLog(createFakeClock(), mark);
    assert.deepEqual(ids(second, 1), []);
    second.emit(event('b'));
    assert.deepEqual(ids(second, 1), [2]);
    assert.equal(ids(second, 0), 'lost');
  });

  test('ids never repeat after a crash, and who was there before has lost events', () => {
    const mark = memoryMark();
    createEventLog(createFakeClock(), mark).emit(event('a'));
    const second = createEventLog(createFakeClock(), mark);
    second.emit(event('b'));
    assert.ok(second.lastId() > 1_000);
    assert.equal(ids(second, 1), 'lost');
  });

  test('ids are reserved in blocks, not one by one', () => {
    const mark = memoryMark();
    const log = createEventLog(createFakeClock(), mark);
    for (let count = 0; count < 500; count++) log.emit(event('a'));
    assert.equal(mark.saves, 1);
  });
});
