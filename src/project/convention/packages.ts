import { basename, join } from 'node:path';
import { parseJson } from '../document/parseJson.ts';
import { type DocNode, descendant, entriesOf, textOf } from '../document/sourceDocument.ts';
import type { FolderEntry, ProjectFiles } from '../files.ts';
import { isGeneratedFolder } from '../findRoots.ts';
import { createProblems } from '../problems.ts';
import { isLambdaPackage } from './exportedHandlers.ts';

/** A folder with a package.json, or the root of the project. */
export interface Package {
  /** Absolute path. */
  readonly folder: string;
  /** package.json; undefined where there is none. */
  readonly file: string | undefined;
  readonly name: string | undefined;
  /** Whether something beside the sources says that they are Lambda's: a dependency, samconfig.toml. */
  readonly isSigned: boolean;
  /** Whether the sources may be Lambda's: what they depend on may be installed for a package around. */
  readonly isRead: boolean;
  /** The major version of Node.js that the package asks for. */
  readonly node: string | undefined;
  /** What names a handler in so many words: `handler` of a package.json or a function.json. */
  readonly settings: readonly HandlerSetting[];
  /** Absolute paths of the source files that belong to it and to no package within. */
  readonly sources: readonly string[];
}

export interface HandlerSetting {
  readonly folder: string;
  /** The map that `handler` is in. */
  readonly node: DocNode;
  readonly name: string;
}

const maximumDepth = 6;
const maximumFolders = 1_000;
const maximumSources = 3_000;

/** Folders of tests: a handler there is an example. */
const tests = new Set(['test', 'tests', '__tests__', '__mocks__', 'e2e', 'fixtures', 'out']);

/** The packages below a folder with their sources, in a stable order; the walk is shallow and bounded. */
export async function findPackages(root: string, files: ProjectFiles): Promise<readonly Package[]> {
  const packages: (Package & { readonly sources: string[] })[] = [];
  let folders = 0;
  let sources = 0;

  async function visit(folder: string, owner: (typeof packages)[number] | undefined, depth: number) {
    folders += 1;
    const entries = (await files.list(folder)).toSorted((a, b) => (a.name < b.name ? -1 : 1));
    const own = await readPackage(folder, entries, owner, files);
    if (own) packages.push(own);
    const here = own ?? owner;
    for (const { name, kind } of entries) {
      if (kind === 'file' && here && sources < maximumSources && isSource(name, entries)) {
        sources += 1;
        here.sources.push(join(folder, name));
      }
    }
    for (const { name, kind } of entries) {
      const isEntered = kind === 'folder' && !isGeneratedFolder(name) && !tests.has(name);
      if (isEntered && depth < maximumDepth && folders < maximumFolders) {
        await visit(join(folder, name), here, depth + 1);
      }
    }
  }

  await visit(root, undefined, 0);
  return packages;
}

/** Undefined for a folder that only belongs to the package around it. */
async function readPackage(
  folder: string,
  entries: readonly FolderEntry[],
  around: Package | undefined,
  files: ProjectFiles,
): Promise<(Package & { readonly sources: string[] }) | undefined> {
  const has = (name: string) => entries.some(entry => entry.name === name && entry.kind === 'file');
  const names = ['package.json', 'function.json'].filter(has);
  if (around && names.length === 0) return undefined;
  const settings: HandlerSetting[] = [];
  const found = new Map<string, DocNode>();
  for (const name of names) {
    const file = join(folder, name);
    const content = await files.read(file);
    const node = content.kind === 'text' ? parseJson(file, content.text, createProblems()) : undefined;
    if (!node) continue;
    found.set(name, node);
    for (const map of [node, descendant(node, 'lambda')]) {
      if (!map || textOf(descendant(map, 'handler')) === undefined) continue;
      const own = unscoped(textOf(descendant(map, 'name')) ?? textOf(descendant(node, 'name')));
      settings.push({ folder, node: map, name: own ?? basename(folder) });
    }
  }
  const written = found.get('package.json');
  const nvmrc = has('.nvmrc') ? await files.read(join(folder, '.nvmrc')) : undefined;
  const asked = nvmrc?.kind === 'text' ? nvmrc.text : textOf(descendant(written, 'engines', 'node'));
  const isSigned = has('samconfig.toml') || settings.length > 0 || depends(written, isLambdaPackage);
  return {
    folder,
    file: written ? join(folder, 'package.json') : undefined,
    name: unscoped(textOf(descendant(written, 'name'))) ?? around?.name,
    isSigned,
    isRead: isSigned || around?.isRead === true || !written || depends(written, usesAws),
    node: /\d+/.exec(asked ?? '')?.[0] ?? around?.node,
    settings,
    sources: [],
  };
}

function depends(written: DocNode | undefined, isMeant: (name: string) => boolean): boolean {
  return ['dependencies', 'devDependencies'].some(kind =>
    [...entriesOf(descendant(written, kind))].some(([name]) => isMeant(name)),
  );
}

function usesAws(name: string): boolean {
  return name === 'aws-sdk' || name.startsWith('@aws-sdk/');
}

function unscoped(name: string | undefined): string | undefined {
  return name?.replace(/^@[^/]*\//, '');
}

/** JavaScript beside TypeScript of the same name was compiled from it. */
function isSource(name: string, entries: readonly FolderEntry[]): boolean {
  const [, stem, extension = ''] = /^(.+?)\.([cm]?[jt]sx?)$/.exec(name) ?? [];
  if (stem === undefined || /\.(d|test|spec|e2e|stories|config)$/.test(stem) || stem.startsWith('.'))
    return false;
  const typed = `${stem}.${extension.replace('j', 't')}`;
  return extension.includes('t') || !entries.some(entry => entry.name === typed);
}
