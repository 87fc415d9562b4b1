/** How long a measurement is good: child processes write as well, and are not counted. */
const trustedMs = 1000;

/**
 * The room in an environment's /tmp. What is written is counted, and what is there is measured again when that
 * seems to be all (files that were deleted or written over make room), and after a while.
 */
export class TmpQuota {
  readonly limitBytes: number;
  readonly #measure: () => number;
  readonly #now: () => number;
  #free = 0;
  #measuredAt = Number.NEGATIVE_INFINITY;

  /**
   * @param measure the bytes that are taken now
   * @param now monotonic milliseconds
   */
  constructor(limitBytes: number, measure: () => number, now: () => number) {
    this.limitBytes = limitBytes;
    this.#measure = measure;
    this.#now = now;
  }

  /** Takes room for something that is about to be written; false where there is not as much. */
  take(bytes: number): boolean {
    if (bytes > this.#free || this.#now() - this.#measuredAt > trustedMs) {
      this.#measuredAt = this.#now();
      this.#free = this.limitBytes - this.#measure();
    }
    if (bytes > this.#free) return false;
    this.#free -= bytes;
    return true;
  }

  freeBytes(): number {
    return Math.max(0, this.limitBytes - this.#measure());
  }
}

/** What Node.js says of a disk that is full. */
export function noSpaceError(): Error {
  return Object.assign(new Error('ENOSPC: no space left on device, write'), {
    errno: -28,
    code: 'ENOSPC',
    syscall: 'write',
  });
}
