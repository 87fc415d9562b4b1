import type { DatabaseSync } from 'node:sqlite';
import type { FunctionRecord, VersionRecord } from '../versions/records.ts';

/** `$LATEST` of every function that has been built or put here by the API. */
export interface FunctionTable {
  get(name: string): FunctionRecord | undefined;
  put(record: FunctionRecord): void;
  remove(name: string): void;
  /** The names of those that the API has put here, in order. */
  held(): readonly string[];
}

export function createFunctionTable(database: DatabaseSync): FunctionTable {
  const get = database.prepare('SELECT record FROM function WHERE name = ?');
  const put = database.prepare(
    'INSERT OR REPLACE INTO function (name, held, record, code) VALUES (?, ?, ?, ?)',
  );
  const remove = database.prepare('DELETE FROM function WHERE name = ?');
  const held = database.prepare('SELECT name FROM function WHERE held = 1 ORDER BY name');
  return {
    get: name => parsed<FunctionRecord>(get.get(name)?.record),
    put: record => {
      put.run(record.name, record.held ? 1 : 0, JSON.stringify(record), record.latest.code?.sha256 ?? null);
    },
    remove: name => {
      remove.run(name);
    },
    held: () => held.all().map(row => String(row.name)),
  };
}

/** What has been published. */
export interface VersionTable {
  get(functionName: string, number: number): VersionRecord | undefined;
  /** Ascending, at most `limit` of those above `after`. */
  list(functionName: string, after: number, limit: number): readonly VersionRecord[];
  add(functionName: string, version: VersionRecord, fingerprint: string): void;
  remove(functionName: string, number: number): void;
  removeAll(functionName: string): void;
  /** What `$LATEST` was when the version was published. */
  fingerprint(functionName: string, number: number): string | undefined;
  /** The number that was given out last; it outlives the function. 0: none was. */
  lastNumber(functionName: string): number;
  /** Bytes of the archives of all versions and functions, each of them counted once. */
  codeSize(): number;
  /** The SHA-256 of every archive that is in use. */
  codes(): ReadonlySet<string>;
}

export function createVersionTable(database: DatabaseSync): VersionTable {
  const get = database.prepare('SELECT record FROM version WHERE function_name = ? AND number = ?');
  const list = database.prepare(
    'SELECT record FROM version WHERE function_name = ? AND number > ? ORDER BY number LIMIT ?',
  );
  const add = database.prepare(
    'INSERT INTO version (function_name, number, fingerprint, record, code) VALUES (?, ?, ?, ?, ?)',
  );
  const count = database.prepare(
    'INSERT OR REPLACE INTO version_counter (function_name, last) VALUES (?, ?)',
  );
  const remove = database.prepare('DELETE FROM version WHERE function_name = ? AND number = ?');
  const removeAll = database.prepare('DELETE FROM version WHERE function_name = ?');
  const fingerprint = database.prepare(
    'SELECT fingerprint FROM version WHERE function_name = ? AND number = ?',
  );
  const last = database.prepare('SELECT last FROM version_counter WHERE function_name = ?');
  const sizes = database.prepare(`
    SELECT SUM(size) AS total FROM (
      SELECT code, MAX(json_extract(record, '$.code.size')) AS size FROM version WHERE code IS NOT NULL GROUP BY code
    )`);
  const codes = database.prepare(`
    SELECT code FROM version UNION SELECT code FROM function UNION SELECT code FROM layer_version
    UNION SELECT json_extract(record, '$.code.sources') FROM version`);
  return {
    get: (functionName, number) => parsed<VersionRecord>(get.get(functionName, number)?.record),
    list: (functionName, after, limit) =>
      list.all(functionName, after, limit).map(row => JSON.parse(String(row.record)) as VersionRecord),
    add: (functionName, version, print) => {
      add.run(functionName, version.number, print, JSON.stringify(version), version.code?.sha256 ?? null);
      count.run(functionName, version.number);
    },
    remove: (functionName, number) => {
      remove.run(functionName, number);
    },
    removeAll: functionName => {
      removeAll.run(functionName);
    },
    fingerprint: (functionName, number) => {
      const value = fingerprint.get(functionName, number)?.fingerprint;
      return typeof value === 'string' ? value : undefined;
    },
    lastNumber: functionName => Number(last.get(functionName)?.last ?? 0),
    codeSize: () => Number(sizes.get()?.total ?? 0),
    codes: () => new Set(codes.all().flatMap(row => (typeof row.code === 'string' ? [row.code] : []))),
  };
}

function parsed<T>(text: unknown): T | undefined {
  return typeof text === 'string' ? (JSON.parse(text) as T) : undefined;
}
