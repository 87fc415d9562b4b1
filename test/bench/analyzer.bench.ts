// The analysis beside the parse alone, which it cannot do without, and beside a type check, which it does without.
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { createAnalyzerClient } from '../../src/analyzer/client.ts';
import { type Measurement, percentile } from '../../src/scripts/bench/rows.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { longHandler, typed, workspaceHandlers, writeHandlers } from './support/handlers.ts';
import type { AnalyzerOutcome, Subject, Way } from './support/measureAnalyzer.ts';

const root = join(import.meta.dirname, '..', '..');
const modules = join(root, 'node_modules');

export async function measure(): Promise<readonly Measurement[]> {
  const folder = await mkdtemp(join(tmpdir(), 'lambda-lens-bench-'));
  try {
    const bundle = join(folder, 'measure.cjs');
    await build({
      entryPoints: [join(import.meta.dirname, 'support', 'measureAnalyzer.ts')],
      outfile: bundle,
      bundle: true,
      minify: true,
      platform: 'node',
      format: 'cjs',
      mainFields: ['module', 'main'],
    });
    const run = (subject: Subject, way: Way, paths: readonly string[]) =>
      runAlone(bundle, subject, way, paths);
    const single = join(folder, 'single');
    await mkdir(single);
    await symlink(modules, join(single, 'node_modules'), 'junction');
    await writeFile(join(single, 'handler.ts'), longHandler(1000));
    return [
      ...(await measureThread()),
      ...(await measureUpdates(join(single, 'handler.ts'), run)),
      ...(await measureWorkspace(join(folder, 'workspace'), run)),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

type Run = (subject: Subject, way: Way, paths: readonly string[]) => Promise<AnalyzerOutcome>;

/** By the clock, with the thread that the extension uses. */
async function measureThread(): Promise<readonly Measurement[]> {
  const text = longHandler(1000);
  const start = () =>
    createAnalyzerClient({
      workerPath: join(root, 'dist', 'analyzer.js'),
      clock: systemClock,
      log: { debug() {}, info() {}, warn: console.error, error: console.error },
    });
  const analyze = async (client: ReturnType<typeof start>, file: string, key: number) => {
    const before = performance.now();
    const outcome = await client.analyze({ file, text: typed(text, key), version: key, mode: 'edges' });
    if (outcome.kind !== 'done' || outcome.value.hints.length === 0) throw new Error('There was no answer');
    return performance.now() - before;
  };
  const cold: number[] = [];
  const another: number[] = [];
  const keys: number[] = [];
  for (let thread = 0; thread < 5; thread += 1) {
    const client = start();
    cold.push(await analyze(client, '/app/first.ts', 0));
    another.push(await analyze(client, '/app/second.ts', 0));
    for (let key = 1; key <= 60; key += 1) keys.push(await analyze(client, '/app/second.ts', key));
    client.dispose();
  }
  const budget = (value: number) => ({ name: 'budget', value });
  return [
    {
      name: '1,000 lines, the first answer of a new thread',
      unit: 'ms',
      samples: cold,
      comparedWith: budget(1200),
    },
    { name: '1,000 lines, the next file', unit: 'ms', samples: another, comparedWith: budget(100) },
    { name: '1,000 lines, a key', unit: 'ms', samples: keys, comparedWith: budget(50) },
  ];
}

async function measureUpdates(path: string, run: Run): Promise<readonly Measurement[]> {
  const parse = await run('update', 'parse', [path]);
  const analysis = await run('update', 'analyze', [path]);
  const types = await run('update', 'typecheck', [path]);
  const parsed = percentile(parse.times, 50);
  const threeParses = { name: '3 times the median parse', value: 3 * parsed };
  return [
    { name: '1,000 lines, parsed alone', unit: 'ms of CPU', samples: parse.times },
    {
      name: '1,000 lines, a key analysed',
      unit: 'ms of CPU',
      samples: analysis.times,
      comparedWith: threeParses,
    },
    {
      name: '1,000 lines, a key type-checked',
      unit: 'ms of CPU',
      samples: types.times,
      comparedWith: threeParses,
    },
  ];
}

async function measureWorkspace(folder: string, run: Run): Promise<readonly Measurement[]> {
  const paths = await writeHandlers(folder, modules);
  const parse = await run('workspace', 'parse', paths);
  const analysis = await run('workspace', 'analyze', paths);
  const phases = await run('workspace', 'phases', paths);
  const rules = await run('workspace', 'rules', paths);
  const types = await run('workspace', 'typecheck', paths);
  const name = `${workspaceHandlers} handlers`;
  return [
    { name: `${name}, parsed alone`, unit: 'ms of CPU', samples: parse.times },
    { name: `${name}, analysed`, unit: 'ms of CPU', samples: analysis.times },
    {
      name: `${name}, all rules when the phases are known`,
      unit: 'ms of CPU',
      samples: rules.times,
      comparedWith: { name: 'the phases', value: percentile(phases.times, 50) },
    },
    {
      name: `${name}, analysed with all rules by the clock`,
      unit: 'ms',
      samples: [analysis.elapsed],
      comparedWith: { name: 'budget', value: 20_000 },
    },
    {
      name: `${name}, memory of the analysis`,
      unit: 'MB',
      samples: [analysis.megabytes],
      comparedWith: { name: 'budget', value: 600 },
    },
    { name: `${name}, type-checked`, unit: 'ms of CPU', samples: types.times },
    { name: `${name}, memory of the type check`, unit: 'MB', samples: [types.megabytes] },
  ];
}

async function runAlone(
  bundle: string,
  subject: Subject,
  way: Way,
  paths: readonly string[],
): Promise<AnalyzerOutcome> {
  const { stdout } = await promisify(execFile)(process.execPath, [bundle, subject, way, ...paths]);
  return JSON.parse(stdout) as AnalyzerOutcome;
}
