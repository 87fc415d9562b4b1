import { realpath } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { isRunning, readAttachment, type StoredAttachment } from '../engine/ownership/attachmentFile.ts';
import { buildId } from '../engine/ownership/buildId.ts';
import { engineExitCodes } from '../engine/ownership/exitCodes.ts';
import { rendezvousDirectory } from '../engine/ownership/rendezvous.ts';
import { messageOf, UserError } from '../shared/errors.ts';
import type { ConnectOptions, EngineConnection } from './connection.ts';
import { createConnection } from './engineConnection.ts';
import { createSignedHttp } from './signedHttp.ts';
import { type StartedEngine, startEngine } from './startEngine.ts';

/**
 * Attaches to the engine of a workspace folder, whoever started it; starts one where there is none. An engine
 * of another build is ended and replaced, as is one that does not answer.
 *
 * @throws UserError when the engine does not start, with the last lines of its log; the signal's reason when
 *   the caller gave up.
 */
export async function connectEngine(options: ConnectOptions): Promise<EngineConnection> {
  const root = await realpath(options.root);
  const deadline = performance.now() + startTimeoutMs;
  let started: StartedEngine | undefined;
  for (;;) {
    options.signal?.throwIfAborted();
    const found = await findEngine(root, options.stateDirectory);
    if (found) {
      const connection = await attachOrEnd(found, options);
      if (connection) return connection;
    } else if (!started) {
      started = await startEngine(options, root);
    } else {
      const exit = started.exit();
      if (exit && exit.code !== engineExitCodes.alreadyServed) throw await startFailure(started);
      // It gave way to another engine; should that be gone by now, a new one is needed.
      if (exit) started = undefined;
    }
    if (performance.now() > deadline) throw await startFailure(started);
    await sleep(pollMs);
  }
}

/** An engine that is ending may take half a minute, and the next one waits for it. */
const startTimeoutMs = 60_000;
const pollMs = 25;
/** How long a running engine may take to grant a lease before it counts as hung. */
const leaseTimeoutMs = 5_000;
/** How long an engine may take to end after it was told to. */
const endTimeoutMs = 35_000;

/** The engine that serves the workspace, or else one that serves it from our state folder. */
async function findEngine(root: string, stateDirectory: string): Promise<StoredAttachment | undefined> {
  for (const directory of [rendezvousDirectory(root), stateDirectory]) {
    const attachment = await readAttachment(directory);
    if (attachment && attachment.root === root && isRunning(attachment)) return attachment;
  }
  return undefined;
}

/** Undefined when the engine had to be ended, or is ending by itself. */
async function attachOrEnd(
  attachment: StoredAttachment,
  options: ConnectOptions,
): Promise<EngineConnection | undefined> {
  const http = createSignedHttp(attachment);
  if (attachment.buildId !== buildId) {
    options.log.info(`The engine at ${attachment.endpoint} is of another build; it is replaced.`);
    await http.read('POST', { path: '/_lens/shutdown' }).catch(() => {});
    await waitForEnd(attachment, endTimeoutMs, options);
    return undefined;
  }
  try {
    const lease = await http.send('GET', { path: '/_lens/lease' }, { timeoutMs: leaseTimeoutMs });
    if (lease.statusCode === 200) return createConnection(attachment, http, lease, options.log);
    lease.destroy();
    options.log.info(`The engine at ${attachment.endpoint} answers ${lease.statusCode}; it is ending.`);
    await waitForEnd(attachment, endTimeoutMs, options);
  } catch (error) {
    options.log.warn(`The engine at ${attachment.endpoint} cannot be reached: ${messageOf(error)}`);
    // It may just have been about to end.
    await waitForEnd(attachment, 500, options);
  }
  return undefined;
}

/** Ends the engine by force when the time is over: the lock it holds would keep every other one away. */
async function waitForEnd(
  attachment: StoredAttachment,
  timeoutMs: number,
  options: ConnectOptions,
): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (isRunning(attachment)) {
    options.signal?.throwIfAborted();
    if (performance.now() > deadline) {
      options.log.warn(`The engine (pid ${attachment.pid}) does not end by itself; it is ended.`);
      process.kill(attachment.pid, 'SIGKILL');
      while (isRunning(attachment)) await sleep(pollMs);
      return;
    }
    await sleep(pollMs);
  }
}

async function startFailure(started: StartedEngine | undefined): Promise<UserError> {
  const tail = (await started?.logTail())?.trim();
  if (tail && started?.exit()?.code === engineExitCodes.refused) {
    // Its last line is meant for the user, but for the time and the level before it.
    return new UserError(
      `The engine did not start. ${tail
        .split('\n')
        .at(-1)
        ?.replace(/^\S+ [A-Z]+ /, '')}`,
    );
  }
  return new UserError(
    tail
      ? `The engine did not start. Its last words: ${tail}`
      : 'The engine did not start, and did not say why.',
  );
}
