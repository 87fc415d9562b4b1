/** What the engine tells its watchdog, one per line. */
export type WatchdogCommand =
  | { readonly kind: 'add'; readonly group: number }
  | { readonly kind: 'remove'; readonly group: number }
  /** To be removed with all that is in it once the engine is gone. */
  | { readonly kind: 'folder'; readonly path: string };

export function formatCommand(command: WatchdogCommand): string {
  return `${JSON.stringify(command)}\n`;
}

/** Undefined for a line that is none: a line that the engine's end cut off. */
export function parseCommand(line: string): WatchdogCommand | undefined {
  try {
    const value = JSON.parse(line) as WatchdogCommand;
    if (value.kind === 'folder') return typeof value.path === 'string' ? value : undefined;
    // 0 and 1 would mean this process's own group and every process there is.
    return Number.isInteger(value.group) && value.group > 1 ? value : undefined;
  } catch {
    return undefined;
  }
}

/** What is to be cleaned up if the engine ends now. */
export interface Leftovers {
  readonly groups: ReadonlySet<number>;
  readonly folders: ReadonlySet<string>;
}

export const nothingLeft: Leftovers = { groups: new Set(), folders: new Set() };

export function noteCommand(left: Leftovers, command: WatchdogCommand): Leftovers {
  if (command.kind === 'folder') return { ...left, folders: new Set([...left.folders, command.path]) };
  const groups = new Set(left.groups);
  if (command.kind === 'add') groups.add(command.group);
  else groups.delete(command.group);
  return { ...left, groups };
}
