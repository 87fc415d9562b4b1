import { renameSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EngineAttachment } from '../../model/engineAttachment.ts';
import { messageOf, UserError } from '../../shared/errors.ts';
import { startTimeOf } from './processIdentity.ts';

/** An attachment as it is written: with what tells its process from a later one of the same pid. */
export interface StoredAttachment extends EngineAttachment {
  readonly processStartTime: string;
}

/**
 * A folder that only the user can enter.
 *
 * @throws UserError when it cannot be made.
 */
export async function ensurePrivateDirectory(directory: string): Promise<void> {
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new UserError(`The folder ${directory} cannot be used: ${messageOf(error)}. Name another one.`, {
      cause: error,
    });
  }
}

/**
 * Publishes an engine in one step, in all of the folders or in none, readable by the user alone: the file
 * holds credentials. A client that finds it in one folder and is answered finds it in the others as well.
 */
export async function writeAttachment(
  directories: readonly string[],
  attachment: StoredAttachment,
): Promise<void> {
  const staged = await Promise.all(
    directories.map(async directory => {
      await ensurePrivateDirectory(directory);
      const temporary = `${fileIn(directory)}.${attachment.pid}`;
      await rm(temporary, { force: true });
      await writeFile(temporary, JSON.stringify(attachment), { mode: 0o600 });
      return { temporary, file: fileIn(directory) };
    }),
  );
  for (const { temporary, file } of staged) renameSync(temporary, file);
}

/** What the folder says, whether that engine lives or not; undefined when it says nothing that can be read. */
export async function readAttachment(directory: string): Promise<StoredAttachment | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(fileIn(directory), 'utf8'));
    return isAttachment(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Removes the file if it is the one of the given process. */
export async function removeAttachment(directory: string, pid: number): Promise<void> {
  if ((await readAttachment(directory))?.pid === pid) await rm(fileIn(directory), { force: true });
}

/** Whether the process that wrote the attachment still runs. */
export function isRunning(attachment: StoredAttachment): boolean {
  return startTimeOf(attachment.pid) === attachment.processStartTime;
}

function fileIn(directory: string): string {
  return join(directory, 'engine.json');
}

function isAttachment(value: unknown): value is StoredAttachment {
  if (typeof value !== 'object' || value === null) return false;
  const fields = value as Record<string, unknown>;
  return (
    ['pid', 'startedAt'].every(name => typeof fields[name] === 'number') &&
    [
      'endpoint',
      'region',
      'accountId',
      'accessKeyId',
      'secretAccessKey',
      'buildId',
      'root',
      'stateDirectory',
      'processStartTime',
    ].every(name => typeof fields[name] === 'string')
  );
}
