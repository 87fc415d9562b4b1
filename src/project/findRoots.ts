import { basename, join } from 'node:path';
import type { ProjectFiles } from './files.ts';

/** A file that functions are read from, with what it includes and names. */
export interface Root {
  readonly file: string;
  readonly reader: RootReader;
}

/** `yaml` is a file with any name, which may turn out to be a template. */
export type RootReader = 'template' | 'yaml' | 'serverless' | 'cdk' | 'terraform';

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
      const configuration = terraformRoot(entries.map(entry => entry.name));
      for (const { name, kind } of entries) {
        const reader = kind === 'file' ? readerOf(name) : undefined;
        const isOther = reader === 'terraform' && name !== configuration;
        if (reader && !isOther) found.push({ file: join(folder, name), reader });
        else if (name === 'cdk.out' && !entries.some(entry => entry.name === 'cdk.json')) {
          found.push({ file: join(folder, name, 'manifest.json'), reader: 'cdk' });
        } else if (kind === 'folder' && !isGeneratedFolder(name)) {
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

/** Folders of dependencies and of build output, and hidden ones. */
export function isGeneratedFolder(name: string): boolean {
  return skipped.has(name) || name.startsWith('.');
}

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

/** All .tf files of a folder are one configuration; a plan beside them stands for all. */
function terraformRoot(names: readonly string[]): string | undefined {
  const files = names.filter(name => readerOf(name) === 'terraform').sort();
  return files.find(name => name.endsWith('.json')) ?? files[0];
}

/**
 * `template.yaml`, `serverless.template`, `api.template.json`, `network-template.yml`, `serverless.yml` and
 * their like; and any other YAML, whose text decides.
 */
export function readerOf(path: string): RootReader | undefined {
  const name = basename(path);
  if (/^(.*[.-])?template\.(ya?ml|json)$/i.test(name) || /\.template$/i.test(name)) return 'template';
  if (name === 'cdk.json') return 'cdk';
  if (/\.tf$/.test(name) || /^(.*[.-])?(tf)?plan\.json$/i.test(name)) return 'terraform';
  if (/^serverless\.(ya?ml|json|[cm]?[jt]s)$/.test(name)) return 'serverless';
  return /\.ya?ml$/i.test(name) && !isOfOthers(name) ? 'yaml' : undefined;
}

/** Files of well-known tools, and templates that `sam package` wrote beside their source. */
function isOfOthers(name: string): boolean {
  return /^(\.|(docker-)?compose|pnpm-|buildspec|appspec|openapi|swagger|packaged)|[.-](lock|packaged)\.ya?ml$/i.test(
    name,
  );
}
