import { access, constants, glob, readdir, stat } from 'node:fs/promises';
import { isAbsolute, join, normalize, relative, resolve, sep } from 'node:path';
import { UserError } from '../shared/errors.ts';

/**
 * The source files that the arguments name: files as they are, folders walked, patterns expanded; sorted
 * within each argument, no file twice. A path stays relative or absolute as it was given.
 */
export async function collectFiles(args: readonly string[], cwd: string): Promise<readonly string[]> {
  const found = new Map<string, string>();
  for (const argument of args) {
    for (const path of await expand(argument, cwd)) {
      const absolute = resolve(cwd, path);
      if (!found.has(absolute)) found.set(absolute, path);
    }
  }
  return [...found.values()];
}

async function expand(argument: string, cwd: string): Promise<readonly string[]> {
  const absolute = resolve(cwd, argument);
  const kind = await kindOf(absolute);
  if (kind === 'file') return [await readable(argument, absolute)];
  if (kind === 'folder')
    return (await walk(absolute, argument)).map(path => join(argument, relative(absolute, path)));
  if (/[*?{[]/.test(argument)) return expandPattern(argument, cwd);
  throw new UserError(`Cannot read ${argument}: there is no such file or folder.`);
}

async function kindOf(path: string): Promise<'file' | 'folder' | undefined> {
  try {
    return (await stat(path)).isDirectory() ? 'folder' : 'file';
  } catch {
    return undefined;
  }
}

async function readable(argument: string, absolute: string): Promise<string> {
  if (!isSource(absolute))
    throw new UserError(`Cannot check ${argument}: it is not a TypeScript or JavaScript file.`);
  try {
    await access(absolute, constants.R_OK);
  } catch {
    throw new UserError(`Cannot read ${argument}: permission is denied.`);
  }
  return normalize(argument);
}

async function expandPattern(pattern: string, cwd: string): Promise<readonly string[]> {
  const matches: string[] = [];
  for await (const match of glob(pattern, {
    cwd,
    exclude: name => isSkipped(name.split(sep).at(-1) ?? name),
  })) {
    const path = isAbsolute(pattern) ? resolve(cwd, match) : match;
    if (isSource(path)) matches.push(path);
  }
  if (matches.length === 0)
    throw new UserError(`Nothing to check: no TypeScript or JavaScript file matches ${pattern}.`);
  return matches.sort();
}

async function walk(folder: string, argument: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => {
    throw new UserError(`Cannot read ${argument}: the folder ${folder} cannot be opened.`);
  });
  const paths: string[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!isSkipped(entry.name)) paths.push(...(await walk(path, argument)));
    } else if (entry.isFile() && isSource(path)) paths.push(path);
  }
  return paths;
}

/** What was installed, built or hidden. */
function isSkipped(name: string): boolean {
  return (
    /^(node_modules|dist|build|out|coverage|cdk\.out)$/.test(name) ||
    (name.startsWith('.') && name.length > 1 && name !== '..')
  );
}

function isSource(path: string): boolean {
  return /\.[cm]?[jt]sx?$/.test(path) && !/\.d\.[cm]?ts$/.test(path);
}
