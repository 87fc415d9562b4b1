import type { DatabaseSync } from 'node:sqlite';

/** A process group leader of this engine, told apart from a later process of the same pid by when it began. */
export interface RecordedProcess {
  readonly pid: number;
  /** In whatever form the platform tells it; only compared. */
  readonly startTime: string;
}

export interface ProcessTable {
  add(process: RecordedProcess): void;
  remove(pid: number): void;
  all(): readonly RecordedProcess[];
}

/** The processes that the next start must end, should this engine not get to it. */
export function createProcessTable(database: DatabaseSync): ProcessTable {
  const insert = database.prepare('INSERT OR REPLACE INTO process (pid, start_time) VALUES (?, ?)');
  const remove = database.prepare('DELETE FROM process WHERE pid = ?');
  const all = database.prepare('SELECT pid, start_time FROM process');
  return {
    add: process => {
      insert.run(process.pid, process.startTime);
    },
    remove: pid => {
      remove.run(pid);
    },
    all: () => all.all().map(row => ({ pid: Number(row.pid), startTime: String(row.start_time) })),
  };
}
