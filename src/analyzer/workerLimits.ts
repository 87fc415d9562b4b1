import type { ResourceLimits } from 'node:worker_threads';

/**
 * The memory that the analyzer's thread may take, in megabytes. It is restarted when the old generation is
 * used up. A young generation of half of Node's default costs no time that can be measured, and keeps the
 * memory of reading a large workspace low.
 */
export const workerLimits = {
  maxOldGenerationSizeMb: 1024,
  maxYoungGenerationSizeMb: 24,
} as const satisfies ResourceLimits;
