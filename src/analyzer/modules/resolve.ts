import { dirname, resolve as resolvePath } from 'node:path';
import type { FileSystem } from './fileSystem.ts';

/** The extensions that an import without one may stand for, in TypeScript's order. */
const extensions = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'];

/** What a written extension may stand for: TypeScript is imported under the name of its output. */
const substitutes: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx', '.js'],
  '.jsx': ['.tsx', '.jsx'],
  '.mjs': ['.mts', '.mjs'],
  '.cjs': ['.cts', '.cjs'],
};

/** The source file that a relative import names; undefined for anything else. */
export function resolveRelative(
  fileSystem: Pick<FileSystem, 'stamp'>,
  from: string,
  specifier: string,
): string | undefined {
  if (!/^\.{1,2}(\/|$)/.test(specifier)) return undefined;
  return resolveFile(fileSystem, resolvePath(dirname(from), specifier));
}

/** The source file of a path that may lack its extension or name a folder. */
export function resolveFile(fileSystem: Pick<FileSystem, 'stamp'>, path: string): string | undefined {
  return candidates(path).find(candidate => fileSystem.stamp(candidate) !== undefined);
}

function candidates(path: string): readonly string[] {
  const extension = /\.[cm]?[jt]sx?$/.exec(path)?.[0];
  const written = extension
    ? (substitutes[extension] ?? [extension]).map(each => path.slice(0, -extension.length) + each)
    : [];
  const added = extensions.map(each => path + each);
  const index = extensions.map(each => `${path}/index${each}`);
  return [...written, ...added, ...index];
}
