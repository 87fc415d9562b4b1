import type { DatabaseSync } from 'node:sqlite';
import { UserError } from '../../shared/errors.ts';

/** What each version of the schema adds to the one before; a step that was released never changes. */
export const migrations: readonly string[] = [
  `
  CREATE TABLE mark (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;

  CREATE TABLE process (
    pid INTEGER PRIMARY KEY,
    start_time TEXT NOT NULL
  );

  CREATE TABLE invocation (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    function_name TEXT NOT NULL,
    record TEXT NOT NULL,
    payload BLOB
  );
  CREATE INDEX invocation_by_function ON invocation (function_name, sequence);
  `,
  `
  CREATE TABLE function (
    name TEXT PRIMARY KEY,
    held INTEGER NOT NULL,
    record TEXT NOT NULL,
    code TEXT
  ) WITHOUT ROWID;
  CREATE TABLE version_counter (function_name TEXT PRIMARY KEY, last INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE version (
    function_name TEXT NOT NULL,
    number INTEGER NOT NULL,
    fingerprint TEXT NOT NULL,
    record TEXT NOT NULL,
    code TEXT,
    PRIMARY KEY (function_name, number)
  ) WITHOUT ROWID;
  CREATE TABLE alias (
    function_name TEXT NOT NULL,
    name TEXT NOT NULL,
    record TEXT NOT NULL,
    PRIMARY KEY (function_name, name)
  ) WITHOUT ROWID;
  CREATE TABLE alias_change (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    function_name TEXT NOT NULL,
    name TEXT NOT NULL,
    change TEXT NOT NULL
  );
  CREATE INDEX alias_change_by_alias ON alias_change (function_name, name, sequence);
  CREATE TABLE function_setting (
    function_name TEXT NOT NULL,
    kind TEXT NOT NULL,
    qualifier TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (function_name, kind, qualifier)
  ) WITHOUT ROWID;
  CREATE TABLE layer_counter (name TEXT PRIMARY KEY, last INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE layer_version (
    name TEXT NOT NULL,
    number INTEGER NOT NULL,
    record TEXT NOT NULL,
    code TEXT NOT NULL,
    PRIMARY KEY (name, number)
  ) WITHOUT ROWID;
  `,
  `
  CREATE TABLE async_event (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    request_id TEXT NOT NULL,
    function_name TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    event TEXT NOT NULL,
    payload BLOB NOT NULL
  );
  CREATE INDEX async_event_by_due_at ON async_event (due_at, sequence);
  CREATE INDEX async_event_by_function ON async_event (function_name, due_at, sequence);
  CREATE INDEX async_event_by_request ON async_event (request_id);
  `,
  `
  CREATE TABLE event_source_mapping (uuid TEXT PRIMARY KEY, record TEXT NOT NULL) WITHOUT ROWID;
  `,
  `
  CREATE TABLE shard_checkpoint (
    uuid TEXT NOT NULL,
    shard_id TEXT NOT NULL,
    state TEXT NOT NULL,
    PRIMARY KEY (uuid, shard_id)
  ) WITHOUT ROWID;
  `,
  'CREATE TABLE event_rule (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;',
];

/**
 * Brings a database to the newest version, all of it or nothing.
 *
 * @param file for the messages.
 * @throws UserError when the database is of a version that this build does not know.
 */
export function migrate(database: DatabaseSync, file: string, steps: readonly string[] = migrations): void {
  const version = versionOf(database);
  if (version > steps.length) {
    throw new UserError(
      `${file} was written by a newer version of Lambda Lens (schema ${version}, this build knows ${steps.length}). Update Lambda Lens, or choose another state folder.`,
    );
  }
  if (version === steps.length) return;
  database.exec('BEGIN IMMEDIATE');
  try {
    for (const step of steps.slice(version)) database.exec(step);
    database.exec(`PRAGMA user_version = ${steps.length}`);
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}

function versionOf(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.user_version ?? 0);
}
