import { randomFillSync, randomUUID } from 'node:crypto';
import type { Ids } from './ports.ts';

/** Ids from the operating system's random numbers. */
export const systemIds: Ids = createSystemIds();

/** Random numbers are taken in blocks, because to ask for some takes longer than to use them. */
function createSystemIds(): Ids {
  const block = Buffer.alloc(4096);
  let used = block.length;
  return {
    uuid: () => randomUUID(),
    hex: bytes => {
      if (used + bytes > block.length) {
        randomFillSync(block);
        used = 0;
      }
      used += bytes;
      return block.toString('hex', used - bytes, used);
    },
  };
}
