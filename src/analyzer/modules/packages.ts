import { dirname, join, resolve, sep } from 'node:path';
import type { LinkedFileSystem } from './fileSystem.ts';
import { type JsonFiles, objectOf } from './jsonFiles.ts';
import { resolveFile } from './resolve.ts';

/** The conditions of `exports` and `imports` that lead to code that runs in Lambda, sources before all. */
const conditions = ['source', 'development', 'node', 'import', 'module', 'default', 'require', 'types'];

/** The file that `#name` means by the `imports` of the package around a folder. */
export function resolveOwnImport(
  fileSystem: LinkedFileSystem,
  files: JsonFiles,
  folder: string,
  specifier: string,
): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    const manifest = files.read(join(at, 'package.json'));
    if (manifest) {
      const target = matchTarget(objectOf(manifest.imports), specifier);
      return target?.startsWith('.') ? resolveBuilt(fileSystem, at, target) : undefined;
    }
    if (dirname(at) === at) return undefined;
  }
}

/**
 * The source file of a package of the same workspace, which node_modules links to. Undefined for packages
 * that were installed: they are not entered.
 */
export function resolveWorkspacePackage(
  fileSystem: LinkedFileSystem,
  files: JsonFiles,
  folder: string,
  specifier: string,
): string | undefined {
  const [, name, rest] = /^((?:@[^/]+\/)?[^/]+)(?:\/(.+))?$/.exec(specifier) ?? [];
  if (name === undefined || name.startsWith('.') || name.includes(':')) return undefined;
  for (let at = folder; ; at = dirname(at)) {
    const real = fileSystem.realPath(join(at, 'node_modules', name));
    if (real !== undefined) {
      return real.split(sep).includes('node_modules') ? undefined : entryOf(fileSystem, files, real, rest);
    }
    if (dirname(at) === at) return undefined;
  }
}

function entryOf(
  fileSystem: LinkedFileSystem,
  files: JsonFiles,
  folder: string,
  rest: string | undefined,
): string | undefined {
  const manifest = files.read(join(folder, 'package.json')) ?? {};
  const { exports } = manifest;
  const subpath = rest === undefined ? '.' : `./${rest}`;
  const map = objectOf(exports);
  const isMap = map !== undefined && Object.keys(map).some(key => key.startsWith('.'));
  const mapped = isMap ? matchTarget(map, subpath) : subpath === '.' ? targetOf(exports) : undefined;
  const named = [manifest.source, manifest.module, manifest.main].filter(name => typeof name === 'string');
  const candidates =
    mapped !== undefined ? [mapped] : rest === undefined ? [...named, './src/index', './index'] : [subpath];
  for (const candidate of candidates) {
    const file = resolveBuilt(fileSystem, folder, candidate);
    if (file !== undefined) return file;
  }
  return undefined;
}

/** The file itself, or the source that it is built from where there is one: `dist/x.js` from `src/x.ts`. */
function resolveBuilt(fileSystem: LinkedFileSystem, folder: string, target: string): string | undefined {
  const source = target.replace(/^(\.\/)?(dist|build|lib|out)\//, './src/');
  const built = source === target ? [target] : [source, target];
  for (const candidate of built) {
    const path = resolve(folder, candidate.replace(/\.d\.([cm]?)ts$/, '.$1js'));
    const file = resolveFile(fileSystem, path);
    if (file !== undefined) return file;
  }
  return undefined;
}

/** The entry of `exports` or `imports` for a name; `*` stands for any text. */
function matchTarget(map: Readonly<Record<string, unknown>> | undefined, name: string): string | undefined {
  if (!map) return undefined;
  if (name in map) return targetOf(map[name]);
  for (const [pattern, target] of Object.entries(map)) {
    const [prefix = '', suffix] = pattern.split('*');
    if (suffix === undefined || !name.startsWith(prefix) || !name.endsWith(suffix)) continue;
    const star = name.slice(prefix.length, name.length - suffix.length);
    return targetOf(target)?.replaceAll('*', star);
  }
  return undefined;
}

function targetOf(target: unknown): string | undefined {
  if (typeof target === 'string') return target;
  if (Array.isArray(target)) return target.map(targetOf).find(each => each !== undefined);
  const byCondition = objectOf(target);
  const condition = conditions.find(each => byCondition && each in byCondition);
  return condition === undefined ? undefined : targetOf(byCondition?.[condition]);
}
