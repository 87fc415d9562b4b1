import { copyFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..', '..', '..');
const bundled = new Map<string, Promise<string>>();

/**
 * A folder like dist/, with an engine whose functions are fake; bundled once for all tests of a process and
 * removed at its end.
 *
 * @param buildId tells engines and clients of different builds apart; unbundled clients are of build "source".
 */
export function fakeEngineBundles(buildId = 'source'): Promise<string> {
  const existing = bundled.get(buildId);
  if (existing) return existing;
  const folder = mkdtempSync(join(tmpdir(), 'lambda-lens-bundles-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  copyFileSync(join(root, 'package.json'), join(folder, 'package.json'));
  cpSync(join(root, 'schemas'), join(folder, 'schemas'), { recursive: true });
  const outdir = join(folder, 'dist');
  const result = build({
    absWorkingDir: root,
    entryPoints: {
      engine: 'test/support/engine/fakeEngine.ts',
      watchdog: 'src/engine/ownership/watchdog.ts',
      aws: 'src/client/aws.ts',
      cli: 'src/cli/main.ts',
    },
    outdir,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    mainFields: ['module', 'main'],
    define: { __BUILD_ID__: JSON.stringify(buildId) },
    logLevel: 'warning',
  }).then(() => outdir);
  bundled.set(buildId, result);
  return result;
}
