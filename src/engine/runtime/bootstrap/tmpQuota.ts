/**
 * The room in an environment's /tmp. What is written is counted, and what is there is measured again when that
 * seems to be all: files that were deleted or written over make room.
 */
export class TmpQuota {
  readonly limitBytes: number;
  readonly #measure: () => number;
  #free = 0;

  /** @param measure the bytes that are taken now */
  constructor(limitBytes: number, measure: () => number) {
    this.limitBytes = limitBytes;
    this.#measure = measure;
  }

  /** Takes room for something that is about to be written; false where there is not as much. */
  take(bytes: number): boolean {
    if (bytes > this.#free) this.#free = this.limitBytes - this.#measure();
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
