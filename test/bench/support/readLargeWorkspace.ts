// Runs in a process of its own, so that its memory is that of reading and nothing else, and reads in a thread
// with the limits of the analyzer's. It prints JSON.
import { readFile, writeFile } from 'node:fs/promises';
import { isMainThread, Worker } from 'node:worker_threads';
import { workerLimits } from '../../../src/analyzer/workerLimits.ts';
import { createProjectReader } from '../../../src/project/readProject.ts';

/** Times in milliseconds. */
export interface Outcome {
  readonly first: number;
  readonly edits: readonly number[];
  readonly megabytes: number;
  readonly functions: number;
}

const [root = '', template = ''] = process.argv.slice(2);
if (isMainThread) new Worker(__filename, { argv: process.argv.slice(2), resourceLimits: workerLimits });
else void measure();

async function measure(): Promise<void> {
  const reader = createProjectReader(root);
  const started = performance.now();
  const model = await reader.read();
  const first = performance.now() - started;
  const edits: number[] = [];
  for (let edit = 0; edit < 20; edit += 1) {
    await writeFile(template, `${await readFile(template, 'utf8')}# ${edit}\n`);
    const before = performance.now();
    await reader.read(new Set([template]));
    edits.push(performance.now() - before);
  }
  const megabytes = process.memoryUsage().rss / 1024 / 1024;
  const outcome: Outcome = { first, edits, megabytes, functions: model.functions.length };
  process.stdout.write(JSON.stringify(outcome));
}
