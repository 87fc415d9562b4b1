import type { DatabaseSync } from 'node:sqlite';
import type { Log } from '../../shared/log.ts';
import type { EventIdMark } from '../events/eventLog.ts';
import type { OffsetMark } from '../waits/waitClock.ts';

/** How far the ids of the event log have been given out. */
export function eventIdMark(database: DatabaseSync, log: Log): EventIdMark {
  const read = database.prepare("SELECT value FROM mark WHERE name = 'event'");
  const write = database.prepare("INSERT OR REPLACE INTO mark (name, value) VALUES ('event', ?)");
  return {
    load: () => Number(read.get()?.value ?? 0),
    save: id => {
      try {
        write.run(id);
      } catch (error) {
        // Events go on; only a client that resumes after the next restart may be misled.
        log.error('The event ids could not be written to the database', error);
      }
    },
  };
}

/** The port that the APIs of the workspace were served on; 0 when they never were. */
export function httpPortMark(database: DatabaseSync): { load(): number; save(port: number): void } {
  const read = database.prepare("SELECT value FROM mark WHERE name = 'httpPort'");
  const write = database.prepare("INSERT OR REPLACE INTO mark (name, value) VALUES ('httpPort', ?)");
  return {
    load: () => Number(read.get()?.value ?? 0),
    save: port => {
      write.run(port);
    },
  };
}

/** How far the clock of waits is ahead of the real one; what nothing waits by any more is forgotten. */
export function waitOffsetMark(database: DatabaseSync, log: Log): OffsetMark {
  const read = database.prepare("SELECT value FROM mark WHERE name = 'waitOffset'");
  const write = database.prepare("INSERT OR REPLACE INTO mark (name, value) VALUES ('waitOffset', ?)");
  const isWaiting = database.prepare('SELECT 1 FROM async_event LIMIT 1');
  return {
    load: () => (isWaiting.get() === undefined ? 0 : Number(read.get()?.value ?? 0)),
    save: offset => {
      try {
        write.run(offset);
      } catch (error) {
        // Waits go on; only after the next start some may take longer, or shorter.
        log.error('The clock of waits could not be written to the database', error);
      }
    },
  };
}
