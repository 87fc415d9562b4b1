import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Absolute path of the checkout. */
export const root = join(import.meta.dirname, '..', '..');

/** The text of a file of the repository. */
export function readText(path: string): Promise<string> {
  return readFile(join(root, path), 'utf8');
}

export async function readJson<T>(path: string): Promise<T> {
  return JSON.parse(await readText(path)) as T;
}

/** The paths, relative to the root and with `/`, that match; what is installed or built is left out. */
export async function listFiles(...patterns: string[]): Promise<readonly string[]> {
  const files: string[] = [];
  const ignored = ['node_modules', 'dist', 'out', '.git', '.vscode-test', 'coverage'];
  for await (const entry of glob(patterns, {
    cwd: root,
    withFileTypes: true,
    exclude: ({ name }) => ignored.includes(name),
  })) {
    if (entry.isFile())
      files.push(
        join(entry.parentPath, entry.name)
          .slice(root.length + 1)
          .replaceAll('\\', '/'),
      );
  }
  return files.sort();
}
