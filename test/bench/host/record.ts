import { writeFileSync } from 'node:fs';

/** Hands a figure, in milliseconds, to the benchmark that started this extension host. */
export function record(milliseconds: number): void {
  const file = process.env.LAMBDA_LENS_BENCH_SAMPLE;
  if (!file) throw new Error('LAMBDA_LENS_BENCH_SAMPLE has to name the file for the figure.');
  writeFileSync(file, String(milliseconds));
}
