import { dirname, join, normalize, relative, sep } from 'node:path';
import type { FunctionDefinition } from '../../model/functionDefinition.ts';
import type { OpenText, ProposedHandler } from '../../model/templateRequests.ts';
import { isHandlerName } from '../handlers/shape.ts';
import { isTestFile } from '../handlers/signs.ts';
import type { HandlerFiles } from './handlerFiles.ts';

/** The entries of a folder, in no order; none where it cannot be read. */
export type ListFolder = (
  folder: string,
) => Promise<readonly { readonly name: string; readonly kind: 'file' | 'folder' }[]>;

/** What tells where the handlers of a function are looked for. */
export type HandlerPlace = Pick<FunctionDefinition, 'codeDirectory' | 'runtime' | 'bundling'>;

export interface CandidateSources {
  readonly files: HandlerFiles;
  readonly list: ListFolder;
  readonly open: readonly OpenText[];
  /** Called now and then; may throw to give up. */
  readonly checkpoint: () => void;
}

/**
 * The handlers that a function's code directory holds, the likeliest first: exports that are called like
 * handlers before others, shallow files before deep ones. The search is bounded.
 */
export async function findCandidates(
  place: HandlerPlace,
  sources: CandidateSources,
): Promise<readonly ProposedHandler[]> {
  const modules = place.bundling?.entryPoints?.length
    ? bundledModules(place)
    : await modulesBelow(place.codeDirectory, extensionsOf(place.runtime), sources);
  const candidates = modules.flatMap(({ module, file }) => {
    sources.checkpoint();
    return sources.files
      .callable(file, sources.open)
      .map(name => ({ handler: `${module}.${name}`, file, rank: rank(module, name) }));
  });
  return candidates
    .sort((a, b) => a.rank - b.rank || a.handler.localeCompare(b.handler))
    .map(({ handler, file }) => ({ handler, file }));
}

/** The extensions of source files that a runtime's handlers are looked for in; none where that is not known. */
export function extensionsOf(runtime: string): readonly string[] {
  if (runtime.startsWith('nodejs')) return ['.ts', '.tsx', '.mts', '.cts', '.js', '.mjs', '.cjs', '.jsx'];
  return runtime.startsWith('python') ? ['.py'] : [];
}

/** A module as a handler string names it, and its source. */
interface Module {
  readonly module: string;
  readonly file: string;
}

const limits = { depth: 8, folders: 1_000, files: 500 } as const;

const skipped = new Set(['node_modules', 'bower_components', 'coverage', 'cdk.out', 'venv', '__pycache__']);

async function modulesBelow(
  root: string,
  extensions: readonly string[],
  { list, checkpoint }: CandidateSources,
): Promise<readonly Module[]> {
  const modules = new Map<string, string>();
  let level = [root];
  let folders = 0;
  for (let depth = 0; depth <= limits.depth && level.length > 0; depth += 1) {
    const below: string[] = [];
    for (const folder of level) {
      if (folders >= limits.folders || modules.size >= limits.files) break;
      folders += 1;
      checkpoint();
      for (const { name, kind } of await list(folder)) {
        const path = join(folder, name);
        if (kind === 'folder' && !name.startsWith('.') && !skipped.has(name)) below.push(path);
        const extension = extensions.find(each => name.endsWith(each));
        if (kind !== 'file' || extension === undefined || isTestFile(path)) continue;
        const stem = name.slice(0, -extension.length);
        // Lambda cuts a handler string at the first dot of its last part, so such a file has no handler.
        if (stem === '' || stem.includes('.')) continue;
        const module = relative(root, join(folder, stem)).split(sep).join('/');
        const known = modules.get(module);
        if (known === undefined || isBefore(path, known, extensions)) modules.set(module, path);
      }
    }
    level = below.sort();
  }
  return [...modules].slice(0, limits.files).map(([module, file]) => ({ module, file }));
}

/** TypeScript before the JavaScript that was made of it. */
function isBefore(path: string, other: string, extensions: readonly string[]): boolean {
  const place = (file: string) => extensions.findIndex(extension => file.endsWith(extension));
  return place(path) < place(other);
}

/** A bundle is named after its entry point, below the folder that all entry points share. */
export function bundledModules({ codeDirectory, bundling }: HandlerPlace): readonly Module[] {
  const entryPoints = (bundling?.entryPoints ?? []).map(entryPoint => normalize(entryPoint));
  const [first = [], ...others] = entryPoints.map(entryPoint => dirname(entryPoint).split(sep));
  const different = first.findIndex((part, index) => others.some(other => other[index] !== part));
  const shared = first.slice(0, different < 0 ? first.length : different).join(sep) || '.';
  return entryPoints.map(entryPoint => ({
    module: relative(shared, entryPoint)
      .replace(/\.[^./\\]+$/, '')
      .split(sep)
      .join('/'),
    file: join(codeDirectory, entryPoint),
  }));
}

function rank(module: string, name: string): number {
  return (isHandlerName(name) ? 0 : 100) + module.split('/').length;
}
