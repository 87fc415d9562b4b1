import { basename, dirname, join, normalize, relative, sep } from 'node:path';
import type { FolderEntry, ProjectFiles } from '../files.ts';

export interface HandlerLocation {
  /** Absolute path of the folder that the handler string is relative to. */
  readonly codeDirectory: string;
  readonly handler: string;
  readonly runtime: string;
  /** Source files that the bundler starts from, relative to the code directory. */
  readonly entryPoints: readonly string[];
}

/** Absolute path of the source file that holds a handler; undefined when there is none. */
export async function findEntryFile(
  location: HandlerLocation,
  files: ProjectFiles,
): Promise<string | undefined> {
  const isPython = location.runtime.startsWith('python');
  const module = isPython ? pythonModule(location.handler) : handlerModule(location.handler);
  const extensions = extensionsOf(location.runtime);
  if (module === undefined || extensions.length === 0) return undefined;
  const bundled = await findEntryPoint(module, location, files);
  if (bundled !== undefined) return bundled;
  const stem = join(location.codeDirectory, module);
  const inFolder = join(stem, indexName(location.runtime));
  return (
    (await withExtension(stem, extensions, files)) ??
    ((await has(stem, 'folder', files)) ? withExtension(inFolder, extensions, files) : undefined)
  );
}

/**
 * The module of a handler string, without extension: Lambda takes everything before the last folder's first
 * dot for it. https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html
 */
function handlerModule(handler: string): string | undefined {
  const file = handler.slice(handler.lastIndexOf('/') + 1);
  const dot = file.indexOf('.');
  if (dot <= 0 || handler.includes('..')) return undefined;
  return handler.slice(0, handler.length - file.length) + file.slice(0, dot);
}

/**
 * Python's is a module name, in which dots and slashes mean the same.
 * https://docs.aws.amazon.com/lambda/latest/dg/python-handler.html
 */
function pythonModule(handler: string): string | undefined {
  const dot = handler.lastIndexOf('.');
  return dot <= 0 || handler.includes('..') ? undefined : handler.slice(0, dot).replaceAll('.', '/');
}

/** The exported value of a handler string, `handler` in `src/orders.handler`. */
export function handlerExport(handler: string): string | undefined {
  const file = handler.slice(handler.lastIndexOf('/') + 1);
  const dot = file.indexOf('.');
  return dot <= 0 || dot === file.length - 1 ? undefined : file.slice(dot + 1);
}

/** TypeScript before JavaScript: where both exist, one was compiled from the other. */
const nodeExtensions = ['.ts', '.tsx', '.mts', '.cts', '.js', '.mjs', '.cjs', '.jsx'];

function extensionsOf(runtime: string): readonly string[] {
  if (runtime.startsWith('nodejs')) return nodeExtensions;
  if (runtime.startsWith('python')) return ['.py'];
  return runtime.startsWith('ruby') ? ['.rb'] : [];
}

function indexName(runtime: string): string {
  return runtime.startsWith('python') ? '__init__' : 'index';
}

async function withExtension(
  stem: string,
  extensions: readonly string[],
  files: ProjectFiles,
): Promise<string | undefined> {
  for (const extension of extensions) if (await has(stem + extension, 'file', files)) return stem + extension;
  return undefined;
}

/**
 * A bundle is named after its entry point, below the folder that all entry points share, so that
 * `Handler: orders.handler` may stand for `EntryPoints: [src/orders.ts]`.
 */
async function findEntryPoint(
  module: string,
  { codeDirectory, entryPoints }: HandlerLocation,
  files: ProjectFiles,
): Promise<string | undefined> {
  const wanted = normalize(module);
  const stems = entryPoints.map(entryPoint => normalize(entryPoint).replace(/\.[^./\\]+$/, ''));
  const shared = sharedFolder(stems);
  const index = stems.findIndex(stem => stem === wanted || relative(shared, stem) === wanted);
  const entryPoint = entryPoints[index] ?? (entryPoints.length === 1 ? entryPoints[0] : undefined);
  if (entryPoint === undefined) return undefined;
  const file = join(codeDirectory, entryPoint);
  return (await has(file, 'file', files)) ? file : undefined;
}

function sharedFolder(paths: readonly string[]): string {
  const [first = '', ...others] = paths.map(path => dirname(path).split(sep));
  if (first === '') return '.';
  const length = others.reduce(
    (shared, parts) => first.findIndex((part, index) => index >= shared || part !== parts[index]),
    first.length,
  );
  return first.slice(0, length < 0 ? first.length : length).join(sep) || '.';
}

async function has(path: string, kind: FolderEntry['kind'], files: ProjectFiles): Promise<boolean> {
  const name = basename(path);
  return (await files.list(dirname(path))).some(entry => entry.name === name && entry.kind === kind);
}
