// `npm run bench`: measures, prints a table and writes bench-results/<time>.json. It compares and never
// fails on a number. `npm run bench -- activation` runs the named files of test/bench only.
import { glob, mkdir, writeFile } from 'node:fs/promises';
import { cpus, release, totalmem } from 'node:os';
import { basename, join } from 'node:path';
import { type BenchRow, formatTable, type Measurement, toRow } from './bench/rows.ts';
import { build } from './build.ts';

/** A file test/bench/<name>.bench.ts exports a `measure`. */
export type Measure = () => Promise<readonly Measurement[]>;

const root = join(import.meta.dirname, '..', '..');

const files = await Array.fromAsync(glob('test/bench/*.bench.ts', { cwd: root }));
const names = files.map(file => basename(file, '.bench.ts')).sort();
const chosen = process.argv.slice(2);
const unknown = chosen.filter(name => !names.includes(name));
if (unknown.length > 0) {
  console.error(`No such benchmark: ${unknown.join(', ')}. There are: ${names.join(', ')}.`);
  process.exit(2);
}

await build({ production: true });
const rows: BenchRow[] = [];
for (const name of names.filter(each => chosen.length === 0 || chosen.includes(each))) {
  console.error(`Measuring ${name} ...`);
  const { measure } = (await import(join(root, 'test', 'bench', `${name}.bench.ts`))) as { measure: Measure };
  rows.push(...(await measure()).map(measurement => toRow(name, measurement)));
}
const measuredAt = new Date().toISOString();
const folder = join(root, 'bench-results');
const file = join(folder, `${measuredAt.replaceAll(':', '-')}.json`);
await mkdir(folder, { recursive: true });
await writeFile(file, `${JSON.stringify({ measuredAt, machine: machine(), rows }, undefined, 2)}\n`);
console.log(formatTable(rows));
console.log(`\nWritten to ${file}`);

function machine(): Record<string, string | number> {
  return {
    platform: `${process.platform}-${process.arch}`,
    release: release(),
    node: process.version,
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryMb: Math.round(totalmem() / 1024 / 1024),
  };
}
