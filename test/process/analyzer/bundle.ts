import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import {
  type AnalyzerClient,
  type AnalyzerClientOptions,
  createAnalyzerClient,
} from '../../../src/analyzer/client.ts';
import { compilerOnly } from '../../../src/scripts/compilerOnly.ts';
import { systemClock } from '../../../src/shared/clock.ts';
import type { Log } from '../../../src/shared/log.ts';

const root = join(import.meta.dirname, '..', '..', '..');

/** A temporary folder with analyzer.js, bundled from the given entry as the build does it. */
export interface BundledAnalyzer {
  readonly folder: string;
  client(options?: Partial<AnalyzerClientOptions>): AnalyzerClient;
  remove(): Promise<void>;
}

export async function bundleAnalyzer(
  entry = join(root, 'src', 'analyzer', 'worker.ts'),
): Promise<BundledAnalyzer> {
  const folder = await mkdtemp(join(tmpdir(), 'lambda-lens-analyzer-'));
  await build({
    entryPoints: [entry],
    outfile: join(folder, 'analyzer.js'),
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    mainFields: ['module', 'main'],
    plugins: [compilerOnly],
    logLevel: 'error',
  });
  const clients: AnalyzerClient[] = [];
  return {
    folder,
    client(options = {}) {
      const client = createAnalyzerClient({
        workerPath: join(folder, 'analyzer.js'),
        clock: systemClock,
        log: silent,
        ...options,
      });
      clients.push(client);
      return client;
    },
    async remove() {
      for (const client of clients) client.dispose();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const silent: Log = { debug() {}, info() {}, warn() {}, error() {} };
