import { dirname, join, resolve } from 'node:path';
import { type JsonFiles, objectOf } from './jsonFiles.ts';

/** What `paths` and `baseUrl` of a tsconfig.json say of imports that are not relative. */
export interface PathMapping {
  /** Absolute paths, without what the import's `*` stands for filled in yet. */
  readonly paths: ReadonlyMap<string, readonly string[]>;
  readonly baseUrl: string | undefined;
}

/** The mapping of the nearest tsconfig.json or jsconfig.json at or above a folder, with what it extends. */
export function pathMapping(files: JsonFiles, folder: string): PathMapping | undefined {
  for (let at = folder; ; at = dirname(at)) {
    for (const name of ['tsconfig.json', 'jsconfig.json']) {
      const path = join(at, name);
      if (files.read(path)) return readMapping(files, path, 0);
    }
    if (dirname(at) === at) return undefined;
  }
}

/** The paths to try for an import, best first: an exact pattern, then the one with the longest beginning. */
export function mappedPaths({ paths, baseUrl }: PathMapping, specifier: string): readonly string[] {
  let best:
    | { readonly prefix: string; readonly targets: readonly string[]; readonly star: string }
    | undefined;
  for (const [pattern, targets] of paths) {
    const [prefix = '', suffix] = pattern.split('*');
    if (suffix === undefined) {
      if (pattern === specifier) return targets;
      continue;
    }
    if (!specifier.startsWith(prefix) || !specifier.endsWith(suffix)) continue;
    if (best && best.prefix.length >= prefix.length) continue;
    best = { prefix, targets, star: specifier.slice(prefix.length, specifier.length - suffix.length) };
  }
  if (best) {
    const { star } = best;
    return best.targets.map(target => target.replace('*', star));
  }
  return baseUrl === undefined ? [] : [join(baseUrl, specifier)];
}

const longestChain = 8;

function readMapping(files: JsonFiles, path: string, depth: number): PathMapping {
  const config = files.read(path);
  const options = objectOf(config?.compilerOptions);
  const folder = dirname(path);
  const inherited = depth < longestChain ? extended(files, config?.extends, folder, depth) : undefined;
  const baseUrl = typeof options?.baseUrl === 'string' ? resolve(folder, options.baseUrl) : undefined;
  const own = objectOf(options?.paths);
  if (!own) return { paths: inherited?.paths ?? new Map(), baseUrl: baseUrl ?? inherited?.baseUrl };
  const paths = new Map<string, readonly string[]>();
  for (const [pattern, targets] of Object.entries(own)) {
    if (!Array.isArray(targets)) continue;
    const texts = targets.filter(target => typeof target === 'string');
    paths.set(
      pattern,
      texts.map(target => resolve(baseUrl ?? folder, target)),
    );
  }
  return { paths, baseUrl: baseUrl ?? inherited?.baseUrl };
}

/** Later ones win, as in TypeScript; what a package offers to extend has no paths of this workspace. */
function extended(files: JsonFiles, value: unknown, folder: string, depth: number): PathMapping | undefined {
  const names = (Array.isArray(value) ? value : [value]).filter(name => typeof name === 'string');
  let mapping: PathMapping | undefined;
  for (const name of names) {
    if (!/^\.{1,2}[\\/]|^[\\/]/.test(name)) continue;
    const path = resolve(folder, name.endsWith('.json') ? name : `${name}.json`);
    if (files.read(path)) mapping = readMapping(files, path, depth + 1);
  }
  return mapping;
}
