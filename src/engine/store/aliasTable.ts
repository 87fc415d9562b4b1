import type { DatabaseSync } from 'node:sqlite';
import type { AliasChange, AliasRecord } from '../versions/records.ts';

export interface AliasTable {
  get(functionName: string, name: string): AliasRecord | undefined;
  /** In the order of their names. */
  list(functionName: string): readonly AliasRecord[];
  put(alias: AliasRecord): void;
  remove(functionName: string, name: string): void;
  removeAll(functionName: string): void;
  /** Remembers what an alias was; the oldest changes are forgotten. */
  addChange(change: AliasChange): void;
  /** What the alias was, the latest first. */
  changes(functionName: string, name: string): readonly AliasChange[];
}

/** How often one alias can be rolled back, at most. */
const keptChanges = 50;

export function createAliasTable(database: DatabaseSync): AliasTable {
  const get = database.prepare('SELECT record FROM alias WHERE function_name = ? AND name = ?');
  const list = database.prepare('SELECT record FROM alias WHERE function_name = ? ORDER BY name');
  const put = database.prepare('INSERT OR REPLACE INTO alias (function_name, name, record) VALUES (?, ?, ?)');
  const remove = database.prepare('DELETE FROM alias WHERE function_name = ? AND name = ?');
  const removeAll = database.prepare('DELETE FROM alias WHERE function_name = ?');
  const forgetAll = database.prepare('DELETE FROM alias_change WHERE function_name = ?');
  const addChange = database.prepare(
    'INSERT INTO alias_change (function_name, name, change) VALUES (?, ?, ?)',
  );
  const trim = database.prepare(`
    DELETE FROM alias_change WHERE function_name = ? AND name = ? AND sequence <= (
      SELECT sequence FROM alias_change WHERE function_name = ? AND name = ? ORDER BY sequence DESC LIMIT 1 OFFSET ?
    )`);
  const changes = database.prepare(
    'SELECT change FROM alias_change WHERE function_name = ? AND name = ? ORDER BY sequence DESC',
  );
  return {
    get: (functionName, name) => {
      const record = get.get(functionName, name)?.record;
      return typeof record === 'string' ? (JSON.parse(record) as AliasRecord) : undefined;
    },
    list: functionName => list.all(functionName).map(row => JSON.parse(String(row.record)) as AliasRecord),
    put: alias => {
      put.run(alias.functionName, alias.name, JSON.stringify(alias));
    },
    remove: (functionName, name) => {
      remove.run(functionName, name);
    },
    removeAll: functionName => {
      removeAll.run(functionName);
      forgetAll.run(functionName);
    },
    addChange: change => {
      const { functionName, name } = change.alias;
      addChange.run(functionName, name, JSON.stringify(change));
      trim.run(functionName, name, functionName, name, keptChanges);
    },
    changes: (functionName, name) =>
      changes.all(functionName, name).map(row => JSON.parse(String(row.change)) as AliasChange),
  };
}
