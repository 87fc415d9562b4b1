import { readFileSync, statSync } from 'node:fs';

/** The files as the analysis reads them; synchronous, because it has a thread of its own. */
export interface FileSystem {
  /** Changes when the file does; undefined where there is no file. */
  stamp(path: string): string | undefined;
  /** Undefined where there is no file that can be read. */
  read(path: string): string | undefined;
}

export const nodeFileSystem: FileSystem = {
  stamp(path) {
    const found = statSync(path, { throwIfNoEntry: false });
    return found?.isFile() ? `${found.mtimeMs}:${found.size}` : undefined;
  },
  read(path) {
    try {
      return readFileSync(path, 'utf8');
    } catch {
      return undefined;
    }
  },
};
