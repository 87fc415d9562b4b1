import { glob } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..', '..', '..');

/**
 * Bundles test files into one CommonJS module whose `run` the extension host calls, and returns its path.
 * Throws where the pattern finds no file.
 * @param pattern a glob, relative to the root of the project
 */
export async function bundleSuites(name: string, pattern: string): Promise<string> {
  const files: string[] = [];
  for await (const file of glob(pattern, { cwd: root })) files.push(file);
  if (files.length === 0) throw new Error(`No test file matches ${pattern}.`);
  const outfile = join(root, 'out', 'host', `${name}.cjs`);
  const suites = files
    .sort()
    .map(file => `[${JSON.stringify(file)}, () => import(${JSON.stringify(`./${file}`)})]`);
  await build({
    stdin: {
      contents: `import { runSuites } from './test/host/support/suiteRunner.ts';
export const run = () => runSuites([${suites.join(', ')}]);`,
      resolveDir: root,
      sourcefile: `${name}.ts`,
      loader: 'ts',
    },
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return outfile;
}
