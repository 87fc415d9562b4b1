import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import type { Measurement } from '../../src/scripts/bench/rows.ts';
import { hostSamples } from './support/hostSamples.ts';

const workspace = join(import.meta.dirname, '..', 'fixtures', 'host', 'debugging');

/** What a user waits for who changes a line and presses "Invoke Again": the code is built and starts cold. */
export async function measure(): Promise<readonly Measurement[]> {
  return [
    {
      name: 'from save to the new result on the screen, by Invoke Again',
      unit: 'ms',
      samples: await hostSamples('save', 2, folder => cp(workspace, folder, { recursive: true })),
      comparedWith: { name: 'budget', value: 300 },
    },
  ];
}
