import { basename, join } from 'node:path';
import type { ProjectFiles } from './files.ts';

/** A file that functions are read from, with what it includes and names. */
export interface Root {
  readonly file: string;
  readonly reader: RootReader;
}

export type RootReader = 'template' | 'serverless' | 'cdk';

/**
 * The files below a folder that may define functions, in a stable order. The walk is shallow and bounded:
 * what is generated, installed or hidden is not entered.
 */
export async function findRoots(root: string, files: ProjectFiles): Promise<readonly Root[]> {
  const found: Root[] = [];
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
        const reader = kind === 'file' ? readerOf(name) : undefined;
        if (reader) found.push({ file: join(folder, name), reader });
        else if (name === 'cdk.out' && !entries.some(entry => entry.name === 'cdk.json')) {
          found.push({ file: join(folder, name, 'manifest.json'), reader: 'cdk' });
        } else if (kind === 'folder' && !skipped.has(name) && !name.startsWith('.')) {
          below.push(join(folder, name));
        }
      }
    }
    level = below;
  }
  return found.sort((a, b) => (a.file < b.file ? -1 : 1));
}

const maximumDepth = 5;
const maximumFolders = 5_000;

/** Folders of dependencies and of build output. */
const skipped = new Set([
  'node_modules',
  'bower_components',
  'cdk.out',
  'dist',
  'build',
  'coverage',
  'venv',
  '__pycache__',
]);

/** `template.yaml`, `serverless.template`, `api.template.json`, `network-template.yml`, `serverless.yml` and their like. */
export function readerOf(path: string): RootReader | undefined {
  const name = basename(path);
  if (/^(.*[.-])?template\.(ya?ml|json)$/i.test(name) || /\.template$/i.test(name)) return 'template';
  if (name === 'cdk.json') return 'cdk';
  return /^serverless\.(ya?ml|json|[cm]?[jt]s)$/.test(name) ? 'serverless' : undefined;
}
