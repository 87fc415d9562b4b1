import { join } from 'node:path';
import type * as aws from '../../client/aws.ts';

/**
 * Loads dist/aws.js: the AWS SDK and the engine's client stay out of the extension's own bundle, so that
 * activation does not pay for them.
 */
export function loadClient(distDirectory: string): typeof aws {
  return require(join(distDirectory, 'aws.js')) as typeof aws;
}
