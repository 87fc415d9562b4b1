import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../../shared/clock.ts';
import type { Disposable } from '../../shared/disposable.ts';
import { messageOf } from '../../shared/errors.ts';
import type { Log } from '../../shared/log.ts';

/** Writes that survive the end of the machine once they have settled; those of one moment share a transaction. */
export interface DurableWrites extends Disposable {
  /** Rejects where it cannot be written, on a full disk for example; it is then not written later either. */
  tryTo(write: () => void): Promise<void>;
  /** Is tried until it can be written. */
  ensure(write: () => void): Promise<void>;
}

interface Entry {
  readonly write: () => void;
  readonly settle: () => void;
  /** Absent: it is tried again. */
  readonly reject?: (error: unknown) => void;
}

/** How long what could not be written waits. */
const pauseMs = 1_000;

/** @param what is written, for the log */
export function createDurableWrites(
  database: DatabaseSync,
  clock: Pick<Clock, 'after'>,
  log: Log,
  what: string,
): DurableWrites {
  let waiting: Entry[] = [];
  let timer: Disposable | undefined;
  let isToldOf = false;

  const flush = () => {
    timer?.dispose();
    timer = undefined;
    if (waiting.length === 0) return;
    const batch = waiting;
    waiting = [];
    try {
      writeDurably(database, () => {
        for (const { write } of batch) write();
      });
    } catch (error) {
      if (!isToldOf) log.error(`${what} cannot be written: ${messageOf(error)}`);
      isToldOf = true;
      waiting = [...batch.filter(entry => entry.reject === undefined), ...waiting];
      timer = clock.after(pauseMs, flush);
      for (const entry of batch) entry.reject?.(error);
      return;
    }
    isToldOf = false;
    for (const { settle } of batch) settle();
  };

  const add = (entry: Entry) => {
    waiting.push(entry);
    timer ??= clock.after(0, flush);
  };

  return {
    tryTo: write => new Promise((settle, reject) => add({ write, settle, reject })),
    ensure: write => new Promise(settle => add({ write, settle })),
    dispose: flush,
  };
}

/**
 * In a write-ahead log a commit waits for the disk only where it is told to, which nothing else in this database needs.
 * https://www.sqlite.org/pragma.html#pragma_synchronous
 */
function writeDurably(database: DatabaseSync, write: () => void): void {
  database.exec('PRAGMA synchronous = FULL; BEGIN IMMEDIATE');
  try {
    write();
    database.exec('COMMIT');
  } finally {
    if (database.isTransaction) database.exec('ROLLBACK');
    database.exec('PRAGMA synchronous = NORMAL');
  }
}
