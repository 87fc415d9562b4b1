import { basename, dirname, join, resolve } from 'node:path';
import type { ProjectFiles } from '../files.ts';

/**
 * The source that a built file was made from, by its source map or by what esbuild writes above each module;
 * undefined where neither tells, or the source is not there.
 *
 * @param workingFolder what esbuild's paths are relative to.
 */
export async function findBuiltFrom(
  file: string,
  workingFolder: string,
  files: ProjectFiles,
): Promise<string | undefined> {
  const folder = dirname(file);
  const siblings = await files.list(folder);
  const map = `${basename(file)}.map`;
  const candidates = siblings.some(entry => entry.name === map)
    ? await sourcesOfMap(join(folder, map), files)
    : basename(folder).startsWith('asset.')
      ? await sourcesOfBundle(file, workingFolder, files)
      : [];
  // Bundlers write the entry point last.
  for (const candidate of candidates.toReversed()) {
    if (candidate.includes('/node_modules/') || candidate === file) continue;
    const names = await files.list(dirname(candidate));
    if (names.some(entry => entry.name === basename(candidate) && entry.kind === 'file')) return candidate;
  }
  return undefined;
}

/** https://tc39.es/ecma426/ */
async function sourcesOfMap(file: string, files: ProjectFiles): Promise<readonly string[]> {
  const content = await files.read(file);
  if (content.kind !== 'text') return [];
  try {
    const { sources = [], sourceRoot = '' } = JSON.parse(content.text) as {
      sources?: readonly (string | null)[];
      sourceRoot?: string;
    };
    return sources.flatMap(source =>
      typeof source === 'string' ? [resolve(dirname(file), sourceRoot, source)] : [],
    );
  } catch {
    // A map that is no JSON says nothing; the built file is then the source.
    return [];
  }
}

async function sourcesOfBundle(
  file: string,
  workingFolder: string,
  files: ProjectFiles,
): Promise<readonly string[]> {
  const content = await files.read(file);
  if (content.kind !== 'text') return [];
  const comments = content.text.matchAll(/^\/\/ (\S+\.[cm]?[jt]sx?)$/gm);
  return [...comments].map(match => resolve(workingFolder, match[1] ?? ''));
}
