import { randomBytes, randomUUID } from 'node:crypto';
import type { Ids } from './ports.ts';

/** Ids from the operating system's random numbers. */
export const systemIds: Ids = {
  uuid: () => randomUUID(),
  hex: bytes => randomBytes(bytes).toString('hex'),
};
