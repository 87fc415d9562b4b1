import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Measurement, percentile } from '../../src/scripts/bench/rows.ts';
import { copySamples } from '../../src/scripts/host/copySamples.ts';
import { longHandler } from './support/handlers.ts';
import { hostSamples } from './support/hostSamples.ts';

/** What a user waits for who opens a handler or types in one, beside what TypeScript's own hints make everyone wait for. */
export async function measure(): Promise<readonly Measurement[]> {
  const oneHandler = (folder: string) => writeFile(join(folder, 'handler.ts'), longHandler(1000));
  const budget = (value: number) => ({ name: 'budget', value });
  const openings = openingsIn(await hostSamples('openings', 5, copySamples, {}, true));
  const fresh = openingsIn(await hostSamples('openings', 3, copySamples));
  return [
    {
      name: 'from an open first handler to the hints of the provider',
      unit: 'ms',
      samples: openings.first.hints,
      comparedWith: budget(1200),
    },
    {
      name: 'from an open first handler to the hints of the provider, just installed',
      unit: 'ms',
      samples: fresh.first.hints,
      comparedWith: budget(1200),
    },
    {
      name: 'from an open further handler to the hints of the provider',
      unit: 'ms',
      samples: openings.further.hints,
      comparedWith: budget(100),
    },
    { name: 'until VS Code itself has opened a first handler', unit: 'ms', samples: openings.first.open },
    {
      name: 'until VS Code itself has opened a further handler',
      unit: 'ms',
      samples: openings.further.open,
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

/** How many files test/bench/host/openings.ts opens. */
const filesPerStart = 5;

/** By what is measured: VS Code's opening of a document, and the hints after it. */
function openingsIn(figures: readonly number[]) {
  const isFirst = (index: number) => Math.floor(index / 2) % filesPerStart === 0;
  const of = (first: boolean, part: 0 | 1) =>
    figures.filter((_, index) => isFirst(index) === first && index % 2 === part);
  return {
    first: { open: of(true, 0), hints: of(true, 1) },
    further: { open: of(false, 0), hints: of(false, 1) },
  };
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
