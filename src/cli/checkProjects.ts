import { readdir } from 'node:fs/promises';
import { dirname, relative } from 'node:path';
import { type KnownHandler, knownHandlersOf } from '../analyzer/protocol.ts';
import type { ProjectModel } from '../model/functionDefinition.ts';
import { readerOf } from '../project/findRoots.ts';

/**
 * The handlers that the templates above the files name. Each folder with a template is read by itself, so
 * that two projects side by side may use the same function names.
 */
export async function knownHandlers(
  files: readonly string[],
  cwd: string,
  readProject: (root: string) => Promise<ProjectModel>,
): Promise<readonly KnownHandler[]> {
  const handlers = new Map<string, KnownHandler>();
  for (const folder of foldersAbove(files, cwd)) {
    const names = await readdir(folder).catch(() => []);
    if (!names.some(readerOf)) continue;
    for (const handler of knownHandlersOf(await readProject(folder))) {
      handlers.set(`${handler.file}\0${handler.exportPath}`, handler);
    }
  }
  return [...handlers.values()];
}

/** How far up a template is looked for above a file that lies outside of the current folder. */
const levelsAbove = 4;

function foldersAbove(files: readonly string[], cwd: string): ReadonlySet<string> {
  const folders = new Set<string>();
  for (const file of files) {
    const inside = !relative(cwd, file).startsWith('..');
    let folder = dirname(file);
    for (let level = 0; inside || level <= levelsAbove; level += 1) {
      folders.add(folder);
      const above = dirname(folder);
      if (folder === cwd || above === folder) break;
      folder = above;
    }
  }
  return folders;
}
