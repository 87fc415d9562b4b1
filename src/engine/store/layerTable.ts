import type { DatabaseSync } from 'node:sqlite';

/** A version of a layer that was published here. */
export interface LayerVersionRecord {
  readonly name: string;
  readonly number: number;
  readonly description: string;
  readonly licence?: string;
  readonly compatibleRuntimes: readonly string[];
  readonly compatibleArchitectures: readonly string[];
  /** Epoch milliseconds. */
  readonly createdAt: number;
  /** Of its archive, in base64. */
  readonly sha256: string;
  /** Bytes of its archive. */
  readonly size: number;
}

export interface LayerTable {
  get(name: string, number: number): LayerVersionRecord | undefined;
  add(version: LayerVersionRecord): void;
  remove(name: string, number: number): void;
  /** The number that was given out last; 0: none was. */
  lastNumber(name: string): number;
  /** Newest first, at most `limit` of those below `before`. */
  list(name: string, before: number, limit: number): readonly LayerVersionRecord[];
  /** The newest version of every layer, in the order of names. */
  newest(): readonly LayerVersionRecord[];
}

export function createLayerTable(database: DatabaseSync): LayerTable {
  const get = database.prepare('SELECT record FROM layer_version WHERE name = ? AND number = ?');
  const add = database.prepare('INSERT INTO layer_version (name, number, record, code) VALUES (?, ?, ?, ?)');
  const count = database.prepare('INSERT OR REPLACE INTO layer_counter (name, last) VALUES (?, ?)');
  const remove = database.prepare('DELETE FROM layer_version WHERE name = ? AND number = ?');
  const last = database.prepare('SELECT last FROM layer_counter WHERE name = ?');
  const list = database.prepare(
    'SELECT record FROM layer_version WHERE name = ? AND number < ? ORDER BY number DESC LIMIT ?',
  );
  const newest = database.prepare(
    'SELECT record, MAX(number) FROM layer_version GROUP BY name ORDER BY name',
  );
  const read = (record: unknown) => JSON.parse(String(record)) as LayerVersionRecord;
  return {
    get: (name, number) => {
      const row = get.get(name, number);
      return row && read(row.record);
    },
    add: version => {
      add.run(version.name, version.number, JSON.stringify(version), version.sha256);
      count.run(version.name, version.number);
    },
    remove: (name, number) => {
      remove.run(name, number);
    },
    lastNumber: name => Number(last.get(name)?.last ?? 0),
    list: (name, before, limit) => list.all(name, before, limit).map(row => read(row.record)),
    newest: () => newest.all().map(row => read(row.record)),
  };
}
