import { join } from 'node:path';
import type * as bundle from '../../events/samples/bundle.ts';

export type SampleLibrary = typeof bundle;

/** Loads dist/samples.js, so that activation does not pay for it. */
export function loadSamples(distDirectory: string): SampleLibrary {
  return require(join(distDirectory, 'samples.js')) as SampleLibrary;
}
