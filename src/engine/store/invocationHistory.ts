import type { DatabaseSync } from 'node:sqlite';
import type { InvocationRecord } from '../../model/engineEvent.ts';
import type { Clock } from '../../shared/clock.ts';
import type { Disposable } from '../../shared/disposable.ts';
import type { Log } from '../../shared/log.ts';

export interface InvocationHistory extends Disposable {
  /** Keeps the payload until the invocation's record arrives. */
  remember(requestId: string, payload: Uint8Array): void;
  /** There will be no record. */
  forget(requestId: string): void;
  /** Written soon, but not now: the caller may be about to answer. */
  add(record: InvocationRecord): void;
  /** Newest first. */
  list(functionName: string): readonly InvocationRecord[];
  /** The payload of an invocation; undefined where it is not kept any more. */
  payload(functionName: string, requestId: string): Uint8Array | undefined;
  /** The payload of a function's last invocation. */
  lastPayload(functionName: string): Uint8Array | undefined;
}

export interface HistoryLimits {
  /** How many records of a function are kept. */
  readonly records: number;
  /** How many of them with their payload. */
  readonly payloads: number;
}

/** The invocations of each function, in the database; a batch is written in one transaction. */
export function createInvocationHistory(
  database: DatabaseSync,
  clock: Pick<Clock, 'after'>,
  log: Log,
  limits: HistoryLimits = { records: 200, payloads: 20 },
): InvocationHistory {
  const statements = prepare(database);
  const running = new Map<string, Uint8Array>();
  let waiting: Entry[] = [];
  let timer: Disposable | undefined;

  const flush = () => {
    timer?.dispose();
    timer = undefined;
    if (waiting.length === 0) return;
    const batch = waiting;
    waiting = [];
    try {
      write(batch);
    } catch (error) {
      // A full disk must not end invocations; what could not be written is missing from the history.
      if (database.isTransaction) database.exec('ROLLBACK');
      log.error(`${batch.length} invocations could not be written to the history`, error);
    }
  };

  const write = (batch: typeof waiting) => {
    database.exec('BEGIN IMMEDIATE');
    for (const { record, payload } of newest(batch, limits)) {
      statements.insert.run(record.functionName, JSON.stringify(record), payload);
    }
    for (const name of new Set(batch.map(entry => entry.record.functionName))) {
      statements.trimRecords.run(name, name, limits.records);
      statements.trimPayloads.run(name, name, limits.payloads);
    }
    database.exec('COMMIT');
  };

  return {
    remember(requestId, payload) {
      running.set(requestId, payload);
    },
    forget(requestId) {
      running.delete(requestId);
    },
    add(record) {
      waiting.push({ record, payload: running.get(record.requestId) ?? null });
      running.delete(record.requestId);
      if (waiting.length >= maxBatch) flush();
      else timer ??= clock.after(writeDelayMs, flush);
    },
    list(functionName) {
      flush();
      return statements.list.all(functionName).map(row => JSON.parse(String(row.record)) as InvocationRecord);
    },
    payload(functionName, requestId) {
      flush();
      const payload = statements.payload.get(functionName, requestId)?.payload;
      return payload instanceof Uint8Array ? payload : undefined;
    },
    lastPayload(functionName) {
      flush();
      const payload = statements.lastPayload.get(functionName)?.payload;
      return payload instanceof Uint8Array ? payload : undefined;
    },
    dispose: flush,
  };
}

const writeDelayMs = 200;
const maxBatch = 1000;

interface Entry {
  readonly record: InvocationRecord;
  readonly payload: Uint8Array | null;
}

/** What would not be trimmed again at once. */
function newest(batch: readonly Entry[], limits: HistoryLimits): readonly Entry[] {
  const counts = new Map<string, number>();
  const kept: Entry[] = [];
  for (const { record, payload } of batch.toReversed()) {
    const count = (counts.get(record.functionName) ?? 0) + 1;
    counts.set(record.functionName, count);
    if (count <= limits.records) kept.push({ record, payload: count <= limits.payloads ? payload : null });
  }
  return kept.reverse();
}

function prepare(database: DatabaseSync) {
  return {
    insert: database.prepare('INSERT INTO invocation (function_name, record, payload) VALUES (?, ?, ?)'),
    list: database.prepare('SELECT record FROM invocation WHERE function_name = ? ORDER BY sequence DESC'),
    payload: database.prepare(
      "SELECT payload FROM invocation WHERE function_name = ? AND json_extract(record, '$.requestId') = ?",
    ),
    lastPayload: database.prepare(
      'SELECT payload FROM invocation WHERE function_name = ? AND payload IS NOT NULL ORDER BY sequence DESC LIMIT 1',
    ),
    trimRecords: database.prepare(`
      DELETE FROM invocation WHERE function_name = ? AND sequence <= (
        SELECT sequence FROM invocation WHERE function_name = ? ORDER BY sequence DESC LIMIT 1 OFFSET ?
      )`),
    trimPayloads: database.prepare(`
      UPDATE invocation SET payload = NULL WHERE payload IS NOT NULL AND function_name = ? AND sequence <= (
        SELECT sequence FROM invocation WHERE function_name = ? ORDER BY sequence DESC LIMIT 1 OFFSET ?
      )`),
  };
}
