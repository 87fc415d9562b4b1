import { readFile } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { messageOf } from '../shared/errors.ts';

/** The file system as the readers see it. Nothing here throws: what cannot be read is a result. */
export interface ProjectFiles {
  read(file: string): Promise<FileText>;
  /** The entries of a folder, in no order; none where it does not exist or cannot be read. */
  list(folder: string): Promise<readonly FolderEntry[]>;
}

export type FileText =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'unreadable'; readonly reason: string };

export interface FolderEntry {
  readonly name: string;
  readonly kind: 'file' | 'folder';
}

/** Without a FileHandle, which costs more than the reading of a small file. */
const readText = promisify(readFile);

/** A text above this size is not read: no template dialect comes near it. */
const maximumBytes = 32 * 1024 * 1024;

export const nodeFiles: ProjectFiles = {
  async read(file) {
    try {
      const { size } = await stat(file);
      if (size > maximumBytes) {
        return { kind: 'unreadable', reason: `it has ${Math.round(size / 1024 / 1024)} MB` };
      }
      return { kind: 'text', text: await readText(file, 'utf8') };
    } catch (error) {
      if (isMissing(error)) return { kind: 'missing' };
      return { kind: 'unreadable', reason: messageOf(error) };
    }
  },

  async list(folder) {
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    const known: FolderEntry[] = [];
    for (const entry of entries) {
      if (entry.isDirectory()) known.push({ name: entry.name, kind: 'folder' });
      else if (entry.isFile()) known.push({ name: entry.name, kind: 'file' });
      else if (entry.isSymbolicLink() && (await isFile(join(folder, entry.name)))) {
        // A linked folder is not walked into: it may lead back up.
        known.push({ name: entry.name, kind: 'file' });
      }
    }
    return known;
  },
};

/** Remembers what folders hold for as long as one reading of the project lasts. */
export function rememberFolders(files: ProjectFiles): ProjectFiles {
  const folders = new Map<string, Promise<readonly FolderEntry[]>>();
  return {
    read: file => files.read(file),
    list(folder) {
      const known = folders.get(folder) ?? files.list(folder);
      folders.set(folder, known);
      return known;
    },
  };
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    found => found.isFile(),
    () => false,
  );
}

function isMissing(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ENOENT' || code === 'ENOTDIR';
}
