import { readFile, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { messageOf, UserError } from '../../../shared/errors.ts';
import { findJsonFault } from '../../../shared/jsonFault.ts';

/** What a file of the workspace holds, as of its last change. */
export interface FileContents<T> {
  /** Empty where there is no file. */
  readonly entries: ReadonlyMap<string, T>;
  /** Epoch milliseconds. */
  readonly modifiedAt: number;
}

export interface WorkspaceFile<T> {
  readonly path: string;
  /** @throws UserError that names the place where the file is wrong. */
  read(): Promise<FileContents<T>>;
}

/** Says what is wrong with an entry. */
export class EntryFault extends Error {}

/**
 * A JSON object of the user's that is read again whenever it has changed. As such files hold secrets, version
 * control is told to leave them out, unless the user has said something else already.
 *
 * @param parse throws EntryFault.
 */
export function createWorkspaceFile<T>(path: string, parse: (value: unknown) => T): WorkspaceFile<T> {
  let held: { readonly stamp: string; readonly contents: FileContents<T> } | undefined;
  return {
    path,
    async read() {
      const stats = await stat(path).catch(ignoreMissing);
      if (!stats) return { entries: new Map(), modifiedAt: 0 };
      const stamp = `${stats.mtimeMs} ${stats.size} ${stats.ino}`;
      if (held?.stamp !== stamp) {
        const bytes = await readFile(path).catch((error: unknown) => {
          throw new UserError(`${path} cannot be read: ${messageOf(error)}`, { cause: error });
        });
        await keepOutOfVersionControl(path);
        held = { stamp, contents: { entries: parseEntries(path, bytes, parse), modifiedAt: stats.mtimeMs } };
      }
      return held.contents;
    },
  };
}

/** @throws UserError */
export function parseEntries<T>(
  path: string,
  bytes: Uint8Array,
  parse: (value: unknown) => T,
): ReadonlyMap<string, T> {
  const fault = findJsonFault(bytes);
  if (fault) throw new UserError(`${path}:${fault.line}:${fault.column} is no JSON: ${fault.message}.`);
  const text = new TextDecoder().decode(bytes);
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new UserError(`${path}:1:1 has to be a JSON object with a name and a value for each entry.`);
  }
  return new Map(
    Object.entries(value).map(([name, entry]) => {
      try {
        return [name, parse(entry)];
      } catch (error) {
        if (!(error instanceof EntryFault)) throw error;
        throw new UserError(`${path}:${positionOf(text, name)}: "${name}" ${error.message}`);
      }
    }),
  );
}

/** Line and column of an entry's name, counted from 1. */
function positionOf(text: string, name: string): string {
  const literal = JSON.stringify(name).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const offset = Math.max(0, text.search(new RegExp(`${literal}\\s*:`)));
  const before = text.slice(0, offset).split('\n');
  return `${before.length}:${(before.at(-1) ?? '').length + 1}`;
}

async function keepOutOfVersionControl(path: string): Promise<void> {
  try {
    await writeFile(
      join(dirname(path), '.gitignore'),
      `# Written by Lambda Lens, once: what these files hold is not for everybody.\nparameters.json\nsecrets.json\n`,
      { flag: 'wx' },
    );
  } catch {
    // There is one, or the folder cannot be written to: both are as the user wants it.
    return;
  }
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
  throw error;
}

/** What to tell people of a file: its place in the workspace. */
export function shortPath(path: string): string {
  return `${basename(dirname(path))}/${basename(path)}`;
}
