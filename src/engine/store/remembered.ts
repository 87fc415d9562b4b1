import type { FunctionTable } from './functionTable.ts';
import type { SettingTable } from './settingTable.ts';

/** A table that answers again what it has read; only through it may be written what it reads. */
export interface Remembering {
  /** Reads again: what was written has been undone. */
  forget(): void;
}

/** Names that nobody has a function for are remembered, too; there may be any number of them. */
const maxNames = 10_000;

/** Every invocation asks for its function. */
export function rememberFunctions(table: FunctionTable): FunctionTable & Remembering {
  const known = new Map<string, ReturnType<FunctionTable['get']>>();
  return {
    ...table,
    get(name) {
      if (known.has(name)) return known.get(name);
      if (known.size >= maxNames) known.clear();
      const record = table.get(name);
      known.set(name, record);
      return record;
    },
    put(record) {
      known.delete(record.name);
      table.put(record);
    },
    remove(name) {
      known.delete(name);
      table.remove(name);
    },
    forget: () => known.clear(),
  };
}

/** Every invocation asks what all functions reserve. */
export function rememberSettings(table: SettingTable): SettingTable & Remembering {
  const known = new Map<string, readonly unknown[]>();
  return {
    ...table,
    all(kind) {
      type All = ReturnType<typeof table.all<typeof kind>>;
      const all = (known.get(kind) as All | undefined) ?? table.all(kind);
      known.set(kind, all);
      return all;
    },
    put(functionName, kind, value, qualifier) {
      known.delete(kind);
      table.put(functionName, kind, value, qualifier);
    },
    remove(functionName, kind, qualifier) {
      known.delete(kind);
      table.remove(functionName, kind, qualifier);
    },
    removeQualifier(functionName, qualifier) {
      known.clear();
      table.removeQualifier(functionName, qualifier);
    },
    removeAll(functionName) {
      known.clear();
      table.removeAll(functionName);
    },
    forget: () => known.clear(),
  };
}
