import { type Measurement, percentile } from '../../src/scripts/bench/rows.ts';
import { copySamples } from '../../src/scripts/host/copySamples.ts';
import { hostSamples } from './support/hostSamples.ts';

/** What a user waits for who opens a first handler, beside what TypeScript's own hints make everyone wait for. */
export async function measure(): Promise<readonly Measurement[]> {
  const without = await hostSamples('firstHint', 7, copySamples, { 'lambdaLens.hints.mode': 'off' });
  return [
    {
      name: 'from opening a handler to its first hint',
      unit: 'ms',
      samples: await hostSamples('firstHint', 7, copySamples),
      comparedWith: { name: "p95 of TypeScript's hints alone", value: percentile(without, 95) },
    },
    { name: "from opening a handler to TypeScript's hints alone", unit: 'ms', samples: without },
  ];
}
