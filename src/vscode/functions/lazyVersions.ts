import { join } from 'node:path';
import type * as bundle from '../versions/bundle.ts';

/** Loads dist/versions.js, so that activation does not pay for what only versions and aliases need. */
export function loadVersions(distDirectory: string): typeof bundle {
  return require(join(distDirectory, 'versions.js')) as typeof bundle;
}
