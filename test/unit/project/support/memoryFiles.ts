import { dirname, join } from 'node:path';
import type { FolderEntry, ProjectFiles } from '../../../../src/project/files.ts';

/** A file system in memory. Paths are given relative to `/project`; the map may change between readings. */
export function memoryFiles(contents: Map<string, string>): ProjectFiles {
  return {
    async read(file) {
      const text = contents.get(relativePath(file));
      return text === undefined ? { kind: 'missing' } : { kind: 'text', text };
    },
    async list(folder) {
      const entries = new Map<string, FolderEntry>();
      for (const path of contents.keys()) {
        for (let at = join('/project', path); at !== '/'; at = dirname(at)) {
          if (dirname(at) !== folder) continue;
          const name = at.slice(folder.length + 1);
          entries.set(name, { name, kind: at === join('/project', path) ? 'file' : 'folder' });
        }
      }
      return [...entries.values()];
    },
  };
}

function relativePath(file: string): string {
  return file.replace(/^\/project\//, '');
}
