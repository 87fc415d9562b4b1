import { join } from 'node:path';
import type * as bundle from '../asynchronous/bundle.ts';

/** Loads dist/asynchronous.js, so that activation does not pay for what only asynchronous invocations need. */
export function loadAsynchronous(distDirectory: string): typeof bundle {
  return require(join(distDirectory, 'asynchronous.js')) as typeof bundle;
}
