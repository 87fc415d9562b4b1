import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Measurement, percentile } from '../../src/scripts/bench/rows.ts';
import { copySamples } from '../../src/scripts/host/copySamples.ts';
import { longHandler } from './support/handlers.ts';
import { hostSamples } from './support/hostSamples.ts';

/** How many files test/bench/host/openings.ts opens. */
const filesPerStart = 5;

/** What a user waits for who opens a handler or types in one, beside what TypeScript's own hints make everyone wait for. */
export async function measure(): Promise<readonly Measurement[]> {
  const oneHandler = (folder: string) => writeFile(join(folder, 'handler.ts'), longHandler(1000));
  const budget = (value: number) => ({ name: 'budget', value });
  const openings = await hostSamples('openings', 5, copySamples, {}, true);
  const isFirst = (_: number, index: number) => index % filesPerStart === 0;
  return [
    {
      name: 'from opening a first handler to the hints of the provider',
      unit: 'ms',
      samples: openings.filter(isFirst),
      comparedWith: budget(1200),
    },
    {
      name: 'from opening a first handler to the hints of the provider, just installed',
      unit: 'ms',
      samples: (await hostSamples('openings', 3, copySamples)).filter(isFirst),
      comparedWith: budget(1200),
    },
    {
      name: 'from opening a further handler to the hints of the provider',
      unit: 'ms',
      samples: openings.filter((figure, index) => !isFirst(figure, index)),
      comparedWith: budget(100),
    },
    {
      name: 'from a key to the hints of the provider, 1,000 lines',
      unit: 'ms',
      samples: await hostSamples('keystroke', 2, oneHandler),
      comparedWith: budget(50),
    },
    ...(await besideTypeScript(
      'from a key to the hints of all, 1,000 lines',
      hostSamplesOf('shownHints', 2, oneHandler),
    )),
    ...(await besideTypeScript(
      'from opening a first handler to the hints of all',
      hostSamplesOf('firstHint', 7, copySamples),
    )),
    ...(await besideTypeScript(
      'from opening a further handler to the hints of all',
      hostSamplesOf('nextFile', 3, copySamples),
    )),
  ];
}

type Samples = (settings: Readonly<Record<string, unknown>>) => Promise<readonly number[]>;

function hostSamplesOf(name: string, starts: number, prepare: Parameters<typeof hostSamples>[2]): Samples {
  return settings => hostSamples(name, starts, prepare, settings);
}

/** VS Code shows no hint before every provider has answered. */
async function besideTypeScript(name: string, samples: Samples): Promise<readonly Measurement[]> {
  const without = await samples({ 'lambdaLens.hints.mode': 'off' });
  return [
    {
      name,
      unit: 'ms',
      samples: await samples({}),
      comparedWith: { name: "p95 of TypeScript's hints alone", value: percentile(without, 95) },
    },
    { name: `${name}: TypeScript's alone`, unit: 'ms', samples: without },
  ];
}
