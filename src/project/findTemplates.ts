import { basename, join } from 'node:path';
import type { ProjectFiles } from './files.ts';

/**
 * The files below a folder that may define functions, in a stable order. The walk is shallow and bounded:
 * what is generated, installed or hidden is not entered.
 */
export async function findTemplates(root: string, files: ProjectFiles): Promise<readonly string[]> {
  const found: string[] = [];
  let level = [root];
  let visited = 0;
  for (let depth = 0; depth <= maximumDepth && level.length > 0; depth += 1) {
    const below: string[] = [];
    const chosen = level.slice(0, Math.max(0, maximumFolders - visited));
    visited += chosen.length;
    const listings = await Promise.all(
      chosen.map(async folder => ({ folder, entries: await files.list(folder) })),
    );
    for (const { folder, entries } of listings) {
      for (const { name, kind } of entries) {
        if (kind === 'file' && isTemplateName(name)) found.push(join(folder, name));
        else if (kind === 'folder' && !skipped.has(name) && !name.startsWith('.'))
          below.push(join(folder, name));
      }
    }
    level = below;
  }
  return found.sort();
}

const maximumDepth = 5;
const maximumFolders = 5_000;

/** Folders of dependencies and of build output. */
const skipped = new Set([
  'node_modules',
  'bower_components',
  'dist',
  'build',
  'coverage',
  'venv',
  '__pycache__',
]);

/** `template.yaml`, `serverless.template`, `api.template.json`, `network-template.yml` and their like. */
export function isTemplateName(path: string): boolean {
  const name = basename(path);
  return /^(.*[.-])?template\.(ya?ml|json)$/i.test(name) || /\.template$/i.test(name);
}
