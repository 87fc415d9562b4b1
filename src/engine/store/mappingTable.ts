import type { DatabaseSync } from 'node:sqlite';
import type { MappingRecord } from '../sources/mapping.ts';

/** Every event source mapping. */
export interface MappingTable {
  get(uuid: string): MappingRecord | undefined;
  /** In the order of their ids. */
  all(): readonly MappingRecord[];
  put(record: MappingRecord): void;
  remove(uuid: string): void;
}

export function createMappingTable(database: DatabaseSync): MappingTable {
  const get = database.prepare('SELECT record FROM event_source_mapping WHERE uuid = ?');
  const all = database.prepare('SELECT record FROM event_source_mapping ORDER BY uuid');
  const put = database.prepare('INSERT OR REPLACE INTO event_source_mapping (uuid, record) VALUES (?, ?)');
  const remove = database.prepare('DELETE FROM event_source_mapping WHERE uuid = ?');
  return {
    get: uuid => {
      const record = get.get(uuid)?.record;
      return typeof record === 'string' ? (JSON.parse(record) as MappingRecord) : undefined;
    },
    all: () => all.all().map(row => JSON.parse(String(row.record)) as MappingRecord),
    put: record => {
      put.run(record.uuid, JSON.stringify(record));
    },
    remove: uuid => {
      remove.run(uuid);
    },
  };
}
