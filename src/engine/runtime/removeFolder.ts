import { rm } from 'node:fs/promises';
import { messageOf } from '../../shared/errors.ts';
import type { Log } from '../../shared/log.ts';

/** What a handler left behind may resist; the folder is cleared again when the engine starts. */
export async function removeFolder(folder: string, log: Pick<Log, 'warn'>): Promise<void> {
  await rm(folder, { recursive: true, force: true }).catch(error =>
    log.warn(`The folder of an environment, ${folder}, could not be removed: ${messageOf(error)}`),
  );
}
