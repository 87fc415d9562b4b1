import type { Measurement } from '../../src/scripts/bench/rows.ts';
import { copySamples } from '../../src/scripts/host/copySamples.ts';
import { hostSamples } from './support/hostSamples.ts';

/** What a user waits for who opens a first handler. */
export async function measure(): Promise<readonly Measurement[]> {
  return [
    {
      name: 'from opening a handler to its first hint',
      unit: 'ms',
      samples: await hostSamples('firstHint', 7, copySamples),
    },
  ];
}
