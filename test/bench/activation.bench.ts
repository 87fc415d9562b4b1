import type { Measurement } from '../../src/scripts/bench/rows.ts';
import { hostSamples } from './support/hostSamples.ts';

/** What a user waits for when VS Code starts: the budget is 50 ms. */
export async function measure(): Promise<readonly Measurement[]> {
  return [
    {
      name: 'activation in the extension host',
      unit: 'ms',
      samples: await hostSamples('activation', 7, async () => {}),
      comparedWith: { name: 'budget', value: 50 },
    },
  ];
}
