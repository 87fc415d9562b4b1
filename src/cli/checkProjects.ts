import { readdir } from 'node:fs/promises';
import { dirname, relative } from 'node:path';
import { handlersForRules, type KnownHandler } from '../analyzer/protocol.ts';
import type { ProjectModel } from '../model/functionDefinition.ts';
import { readerOf } from '../project/findRoots.ts';

/**
 * The projects of the templates above the files. Each folder with a template is read by itself, so that two
 * projects side by side may use the same function names.
 */
export async function projectsAbove(
  files: readonly string[],
  cwd: string,
  readProject: (root: string) => Promise<ProjectModel>,
): Promise<readonly ProjectModel[]> {
  const projects: ProjectModel[] = [];
  for (const folder of foldersAbove(files, cwd)) {
    const names = await readdir(folder).catch(() => []);
    if (!names.some(readerOf)) continue;
    projects.push(await readProject(folder));
  }
  return projects;
}

/** The handlers that the projects name; one that several functions share is there for each of them. */
export function knownHandlers(projects: readonly ProjectModel[]): readonly KnownHandler[] {
  const handlers = new Map<string, KnownHandler>();
  for (const handler of projects.flatMap(handlersForRules)) {
    handlers.set([handler.file, handler.exportPath, handler.facts?.name].join('\0'), handler);
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
