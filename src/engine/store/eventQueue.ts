import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../../shared/clock.ts';
import type { Disposable } from '../../shared/disposable.ts';
import type { Log } from '../../shared/log.ts';
import type { QueuedEvent } from '../invoke/async/queuedEvent.ts';
import { createDurableWrites } from './durableWrites.ts';

/** The asynchronous events that are not done with, in the database. */
export interface EventQueue extends Disposable {
  /**
   * Settles when no crash can lose the event any more.
   *
   * @param dueAt epoch milliseconds
   */
  add(event: QueuedEvent, payload: Uint8Array, dueAt: number): Promise<void>;
  /** What is due by now and none of the exceptions, the longest due first. */
  due(now: number, limit: number, except: ReadonlySet<number>): readonly StoredEvent[];
  /** When the first event is due that is not due yet. */
  nextDueAfter(now: number): number | undefined;
  payload(sequence: number): Uint8Array;
  /** Settles when it is written, be it after a while. */
  update(stored: StoredEvent): Promise<void>;
  remove(sequence: number): Promise<void>;
  /** Makes events due now, all of them where none is named; returns how many were waiting. */
  skipWaits(now: number, requestId?: string): number;
  /** In the order in which they are due. @param functionName absent: of every function */
  list(limit: number, functionName?: string): readonly StoredEvent[];
  count(): number;
}

export interface StoredEvent {
  readonly sequence: number;
  readonly dueAt: number;
  readonly event: QueuedEvent;
}

export function createEventQueue(database: DatabaseSync, clock: Pick<Clock, 'after'>, log: Log): EventQueue {
  const add = database.prepare(
    'INSERT INTO async_event (request_id, function_name, due_at, event, payload) VALUES (?, ?, ?, ?, ?)',
  );
  const due = database.prepare(
    'SELECT sequence, due_at, event FROM async_event WHERE due_at <= ? ORDER BY due_at, sequence LIMIT ?',
  );
  const next = database.prepare('SELECT MIN(due_at) AS due_at FROM async_event WHERE due_at > ?');
  const payload = database.prepare('SELECT payload FROM async_event WHERE sequence = ?');
  const update = database.prepare('UPDATE async_event SET due_at = ?, event = ? WHERE sequence = ?');
  const remove = database.prepare('DELETE FROM async_event WHERE sequence = ?');
  const skipAll = database.prepare('UPDATE async_event SET due_at = ? WHERE due_at > ?');
  const skipOne = database.prepare('UPDATE async_event SET due_at = ? WHERE due_at > ? AND request_id = ?');
  const listAll = database.prepare(
    'SELECT sequence, due_at, event FROM async_event ORDER BY due_at, sequence LIMIT ?',
  );
  const listOf = database.prepare(
    'SELECT sequence, due_at, event FROM async_event WHERE function_name = ? ORDER BY due_at, sequence LIMIT ?',
  );
  const count = database.prepare('SELECT COUNT(*) AS count FROM async_event');
  const writes = createDurableWrites(database, clock, log, 'The queue of asynchronous invocations');

  return {
    add: (event, bytes, dueAt) =>
      writes.tryTo(() => {
        add.run(event.requestId, event.functionName, dueAt, JSON.stringify(event), bytes);
      }),
    due: (now, limit, except) =>
      due
        .all(now, limit + except.size)
        .map(storedEvent)
        .filter(({ sequence }) => !except.has(sequence))
        .slice(0, limit),
    nextDueAfter: now => numberOrNone(next.get(now)?.due_at),
    payload: sequence => {
      const bytes = payload.get(sequence)?.payload;
      return bytes instanceof Uint8Array ? bytes : new Uint8Array();
    },
    update: ({ sequence, dueAt, event }) =>
      writes.ensure(() => {
        update.run(dueAt, JSON.stringify(event), sequence);
      }),
    remove: sequence =>
      writes.ensure(() => {
        remove.run(sequence);
      }),
    skipWaits: (now, requestId) =>
      Number((requestId === undefined ? skipAll.run(now, now) : skipOne.run(now, now, requestId)).changes),
    list: (limit, functionName) =>
      (functionName === undefined ? listAll.all(limit) : listOf.all(functionName, limit)).map(storedEvent),
    count: () => Number(count.get()?.count),
    dispose: () => writes.dispose(),
  };
}

function storedEvent(row: Record<string, unknown>): StoredEvent {
  return {
    sequence: Number(row.sequence),
    dueAt: Number(row.due_at),
    event: JSON.parse(String(row.event)) as QueuedEvent,
  };
}

function numberOrNone(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
