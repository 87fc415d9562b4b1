import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import type { Measurement } from '../../src/scripts/bench/rows.ts';
import { functionsPerTemplate, templateCount, writeLargeWorkspace } from './support/largeWorkspace.ts';
import type { Outcome } from './support/readLargeWorkspace.ts';

/** What it takes to know the functions of a very large workspace, and to follow one edit of it. */
export async function measure(): Promise<readonly Measurement[]> {
  const folder = await mkdtemp(join(tmpdir(), 'lambda-lens-bench-'));
  try {
    const [template = ''] = await writeLargeWorkspace(join(folder, 'workspace'));
    const bundle = join(folder, 'read.cjs');
    await build({
      entryPoints: [join(import.meta.dirname, 'support', 'readLargeWorkspace.ts')],
      outfile: bundle,
      bundle: true,
      minify: true,
      platform: 'node',
      format: 'cjs',
      mainFields: ['module', 'main'],
    });
    const outcomes: Outcome[] = [];
    for (let run = 0; run < 5; run += 1)
      outcomes.push(await read(bundle, join(folder, 'workspace'), template));
    for (const { functions } of outcomes) assert.equal(functions, templateCount * functionsPerTemplate);
    return [
      {
        name: `the first model of ${templateCount} templates with ${templateCount * functionsPerTemplate} functions`,
        unit: 'ms',
        samples: outcomes.map(outcome => outcome.first),
        comparedWith: { name: 'budget', value: 2_000 },
      },
      {
        name: 'the next model after an edit of one template',
        unit: 'ms',
        samples: outcomes.flatMap(outcome => outcome.edits),
        comparedWith: { name: 'budget', value: 30 },
      },
      {
        name: 'memory of a process whose analyzer thread does nothing else',
        unit: 'MB',
        samples: outcomes.map(outcome => outcome.megabytes),
        comparedWith: { name: 'budget', value: 150 },
      },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function read(bundle: string, workspace: string, template: string): Promise<Outcome> {
  const { stdout } = await promisify(execFile)(process.execPath, [bundle, workspace, template]);
  return JSON.parse(stdout) as Outcome;
}
