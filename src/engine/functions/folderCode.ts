import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { FunctionDefinition } from '../../model/functionDefinition.ts';
import type { BuildResult, FunctionCode } from './build.ts';

/** Entries beyond these are not looked at: a folder that holds more is not one function's code alone. */
const maximumEntries = 20_000;

/** Folders that hold no code of the function, or code that was made from it. */
const ignored = new Set([
  '.git',
  '.aws-sam',
  '.lambda-lens',
  '.mypy_cache',
  '.pytest_cache',
  '.venv',
  '__pycache__',
  'node_modules',
  'target',
  'venv',
]);

/** Code that runs as it lies in its folder. It is another whenever a file of the folder is. */
export class FolderCode implements FunctionCode {
  readonly #directory: string;

  constructor({ codeDirectory }: FunctionDefinition) {
    this.#directory = codeDirectory;
  }

  code(): Promise<BuildResult> {
    const code = {
      taskRoot: this.#directory,
      digest: digestOfFolder(this.#directory),
      origin: { kind: 'folder', sources: [], packageFolders: [] },
    } as const;
    return Promise.resolve({ kind: 'ready', code });
  }

  dispose(): Promise<void> {
    return Promise.resolve();
  }
}

/** Changes with the files of a folder: of names, sizes and times: contents may be large, and are not read. */
export function digestOfFolder(directory: string): string {
  const hash = createHash('sha256');
  const folders = [directory];
  let entries = 0;
  for (const folder of folders) {
    for (const entry of listed(folder)) {
      const path = join(folder, entry.name);
      entries += 1;
      if (entries > maximumEntries) return hash.digest('hex');
      if (entry.isDirectory()) {
        if (!ignored.has(entry.name)) folders.push(path);
        continue;
      }
      const stats = statSync(path, { throwIfNoEntry: false });
      if (stats) hash.update(`${path}\0${stats.size}\0${stats.mtimeMs}\0${stats.ctimeMs}\0`);
    }
  }
  return hash.digest('hex');
}

/** A folder may go while it is looked at. */
function listed(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}
