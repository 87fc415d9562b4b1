import { readFileSync, realpathSync, statSync } from 'node:fs';

/** The files as the analysis reads them; synchronous, because it has a thread of its own. */
export interface FileSystem {
  /** Changes when the file does; undefined where there is no file. */
  stamp(path: string): string | undefined;
  /** Undefined where there is no file that can be read. */
  read(path: string): string | undefined;
}

/** With links, which lead from node_modules to the packages of a workspace. */
export interface LinkedFileSystem extends FileSystem {
  /** The path without links; undefined where there is nothing. */
  realPath(path: string): string | undefined;
}

export const nodeFileSystem: LinkedFileSystem = {
  realPath(path) {
    try {
      return realpathSync(path);
    } catch {
      return undefined;
    }
  },
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

/** The same files, each looked at once: what has been seen stays as it was. */
export function rememberFiles(fileSystem: LinkedFileSystem): LinkedFileSystem {
  const stamps = new Map<string, string | undefined>();
  const links = new Map<string, string | undefined>();
  const remembered = (known: typeof stamps, path: string, look: (path: string) => string | undefined) => {
    if (!known.has(path)) known.set(path, look(path));
    return known.get(path);
  };
  return {
    stamp: path => remembered(stamps, path, fileSystem.stamp),
    read: path => fileSystem.read(path),
    realPath: path => remembered(links, path, fileSystem.realPath),
  };
}
