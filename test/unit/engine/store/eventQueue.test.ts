import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import type { QueuedEvent } from '../../../../src/engine/invoke/async/queuedEvent.ts';
import { createEventQueue } from '../../../../src/engine/store/eventQueue.ts';
import { migrate } from '../../../../src/engine/store/migrations.ts';
import type { Log } from '../../../../src/shared/log.ts';
import { createFakeClock } from '../../../support/fakeClock.ts';

const event = (requestId: string, functionName = 'orders'): QueuedEvent => ({
  requestId,
  functionName,
  progress: { queuedAt: 0, invokeCount: 0, refusals: 0 },
});
const payload = Buffer.from('{"n":1}');
const none: ReadonlySet<number> = new Set();

function start() {
  const database = new DatabaseSync(':memory:');
  migrate(database, ':memory:');
  const clock = createFakeClock();
  const errors: string[] = [];
  const log: Log = { debug() {}, info() {}, warn() {}, error: message => errors.push(message) };
  const queue = createEventQueue(database, clock, log);
  /** Adds events and writes them, each due at a time. */
  const fill = async (dues: Readonly<Record<string, number>>) => {
    const added = Object.entries(dues).map(([id, dueAt]) => queue.add(event(id), payload, dueAt));
    clock.pass(0);
    await Promise.all(added);
  };
  const idsDue = (now: number, limit = 10, except = none) =>
    queue.due(now, limit, except).map(({ event: { requestId } }) => requestId);
  return { database, clock, errors, queue, fill, idsDue };
}

suite('the queue of asynchronous events', () => {
  test('hands out what is due, the longest due first', async () => {
    const { queue, fill, idsDue } = start();
    await fill({ late: 30, early: 10, never: 99, middle: 20 });
    assert.deepEqual(idsDue(30), ['early', 'middle', 'late']);
    assert.deepEqual(idsDue(30, 2), ['early', 'middle']);
    assert.equal(queue.nextDueAfter(30), 99);
    assert.equal(queue.nextDueAfter(99), undefined);
  });

  test('leaves out what runs already, however much of it there is', async () => {
    const { queue, fill, idsDue } = start();
    await fill({ a: 1, b: 2, c: 3, d: 4 });
    const running = new Set(queue.due(9, 2, none).map(({ sequence }) => sequence));
    assert.deepEqual(idsDue(9, 2, running), ['c', 'd']);
  });

  test('keeps payloads as they are', async () => {
    const { queue, fill } = start();
    await fill({ a: 1 });
    const [stored] = queue.due(1, 1, none);
    assert.deepEqual(Buffer.from(queue.payload(stored?.sequence ?? 0)), payload);
  });

  test('an event is accepted when it is written, with all others of the moment at once', async () => {
    const { queue, clock } = start();
    const accepted: string[] = [];
    for (const id of ['a', 'b']) void queue.add(event(id), payload, 1).then(() => accepted.push(id));
    await Promise.resolve();
    assert.deepEqual([accepted, queue.count()], [[], 0]);
    clock.pass(0);
    await Promise.resolve();
    assert.deepEqual([accepted, queue.count()], [['a', 'b'], 2]);
    assert.equal(clock.pending(), 0);
  });

  test('waits for the disk for these writes, and for no others', async () => {
    const { database, fill } = start();
    await fill({ a: 1 });
    assert.equal(database.prepare('PRAGMA synchronous').get()?.synchronous, 1);
  });

  test('a change is what is handed out next, and what was removed is not', async () => {
    const { queue, clock, fill, idsDue } = start();
    await fill({ a: 1, b: 2 });
    const [a, b] = queue.due(2, 2, none);
    assert.ok(a && b);
    const progress = { queuedAt: 0, invokeCount: 1, refusals: 0 };
    const written = queue.update({ ...a, dueAt: 60_001, event: { ...a.event, progress } });
    const removed = queue.remove(b.sequence);
    clock.pass(0);
    await Promise.all([written, removed]);
    assert.deepEqual(idsDue(2), []);
    assert.equal(queue.due(60_001, 1, none)[0]?.event.progress.invokeCount, 1);
  });

  test('waits can be skipped, one or all', async () => {
    const { queue, fill, idsDue } = start();
    await fill({ due: 1, a: 100, b: 200 });
    assert.equal(queue.skipWaits(5, 'b'), 1);
    assert.deepEqual(idsDue(5), ['due', 'b']);
    assert.equal(queue.skipWaits(6), 1);
    assert.equal(queue.skipWaits(6), 0);
    assert.deepEqual(idsDue(6), ['due', 'b', 'a']);
  });

  test('lists what there is, of one function or of all', async () => {
    const { queue, clock } = start();
    void queue.add(event('a', 'orders'), payload, 2);
    void queue.add(event('b', 'mails'), payload, 1);
    clock.pass(0);
    const ids = (functionName?: string) => queue.list(10, functionName).map(each => each.event.requestId);
    assert.deepEqual([ids(), ids('orders'), ids('other')], [['b', 'a'], ['a'], []]);
  });

  test('on a full disk new events are refused, and changes are written when there is room', async () => {
    const { database, clock, errors, queue, fill, idsDue } = start();
    await fill({ a: 1 });
    const [a] = queue.due(1, 1, none);
    assert.ok(a);
    database.exec('PRAGMA max_page_count = 1');
    const filling = Buffer.alloc(1_000_000);
    const refused = assert.rejects(queue.add(event('b'), filling, 1), /full/);
    let isChanged = false;
    void queue.update({ ...a, dueAt: 500 }).then(() => {
      isChanged = true;
    });
    clock.pass(0);
    await refused;
    assert.deepEqual([isChanged, idsDue(1), errors.length], [false, ['a'], 1]);
    database.exec('PRAGMA max_page_count = 100000');
    clock.pass(1_000);
    await Promise.resolve();
    assert.deepEqual([isChanged, idsDue(1), idsDue(500)], [true, [], ['a']]);
  });
});
