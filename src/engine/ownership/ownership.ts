import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../shared/clock.ts';
import { type Disposable, DisposableStore } from '../../shared/disposable.ts';
import { UserError } from '../../shared/errors.ts';
import {
  ensurePrivateDirectory,
  isRunning,
  readAttachment,
  removeAttachment,
  type StoredAttachment,
  writeAttachment,
} from './attachmentFile.ts';
import { tryLock } from './lock.ts';

/** This process's right to serve a workspace from a state folder. */
export interface Ownership extends Disposable {
  /** Lets clients find the engine. */
  publish(attachment: StoredAttachment): Promise<void>;
  /** No new client finds it. */
  withdraw(): Promise<void>;
}

/** Another engine is there already, and can be attached to. */
export class AlreadyServed extends UserError {
  readonly attachment: StoredAttachment;

  constructor(message: string, attachment: StoredAttachment) {
    super(message);
    this.attachment = attachment;
  }
}

export interface OwnershipOptions {
  readonly stateDirectory: string;
  readonly rendezvousDirectory: string;
  /**
   * `required`: this engine is to be the one that clients of the workspace attach to, or none at all.
   * `optional`: it runs beside another one, unseen by them.
   */
  readonly claim: 'required' | 'optional';
  /** How long to wait for an engine that holds a lock but is starting or ending. */
  readonly patienceMs: number;
}

/**
 * Takes the state folder, and the place where clients look for the workspace's engine.
 *
 * @throws AlreadyServed when an engine is running there.
 */
export async function takeOwnership(options: OwnershipOptions, clock: Clock): Promise<Ownership> {
  const { stateDirectory, rendezvousDirectory } = options;
  const held = new DisposableStore();
  const published = [stateDirectory];
  try {
    held.add(
      await lockFolder(stateDirectory, () => `The state folder ${stateDirectory}`, options.patienceMs, clock),
    );
    if (options.claim === 'required') {
      held.add(
        await lockFolder(
          rendezvousDirectory,
          ({ root }) => `The workspace ${root}`,
          options.patienceMs,
          clock,
        ),
      );
      published.push(rendezvousDirectory);
    } else {
      await ensurePrivateDirectory(rendezvousDirectory);
      const lock = tryLock(join(rendezvousDirectory, lockName));
      if (lock) {
        held.add(lock);
        published.push(rendezvousDirectory);
      }
    }
    // What is there now was left by an engine that could not clean up.
    for (const directory of published) await rm(join(directory, 'engine.json'), { force: true });
  } catch (error) {
    held.dispose();
    throw error;
  }
  return {
    publish: attachment => writeAttachment(published, attachment),
    async withdraw() {
      for (const directory of published) await removeAttachment(directory, process.pid);
    },
    dispose: () => held.dispose(),
  };
}

const lockName = 'lock';
const retryMs = 50;

async function lockFolder(
  directory: string,
  what: (attachment: StoredAttachment) => string,
  patienceMs: number,
  clock: Clock,
): Promise<Disposable> {
  await ensurePrivateDirectory(directory);
  const deadline = clock.monotonic() + patienceMs;
  for (;;) {
    const lock = tryLock(join(directory, lockName));
    if (lock) return lock;
    const attachment = await readAttachment(directory);
    if (attachment && isRunning(attachment)) {
      throw new AlreadyServed(
        `${what(attachment)} is already served by pid ${attachment.pid} at ${attachment.endpoint}. Use that engine, end it, or run another one beside it with --ephemeral or a --state of its own.`,
        attachment,
      );
    }
    if (clock.monotonic() >= deadline) {
      throw new UserError(
        `${directory} is held by an engine that is just starting or ending. Try again in a moment, or name another state folder.`,
      );
    }
    await new Promise<void>(resolve => {
      clock.after(retryMs, resolve);
    });
  }
}
