import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../../shared/clock.ts';
import type { Log } from '../../shared/log.ts';
import {
  formatCommand,
  type Leftovers,
  noteCommand,
  nothingLeft,
  type WatchdogCommand,
} from './watchdogProtocol.ts';

export interface Watchdog {
  send(command: WatchdogCommand): void;
  /** Lets it clean up what is still recorded, and waits until it has ended. */
  close(): Promise<void>;
}

/** Starts dist/watchdog.js, in a session of its own so that no signal for the engine reaches it, and keeps it. */
export function startWatchdog(distDirectory: string, clock: Pick<Clock, 'now'>, log: Log): Watchdog {
  let left: Leftovers = nothingLeft;
  let isClosing = false;
  let startedAt = 0;
  let child = launch();

  function launch(): ChildProcess {
    startedAt = clock.now();
    const started = spawn(process.execPath, [join(distDirectory, 'watchdog.js')], {
      // Not the workspace or the state folder: it must not keep them from being removed.
      cwd: tmpdir(),
      env: { ELECTRON_RUN_AS_NODE: '1' },
      detached: true,
      windowsHide: true,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    started.unref();
    started.stdin?.on('error', () => {});
    started.on('error', error => log.error('The watchdog process could not be started', error));
    started.on('exit', relaunch);
    for (const group of left.groups) started.stdin?.write(formatCommand({ kind: 'add', group }));
    for (const path of left.folders) started.stdin?.write(formatCommand({ kind: 'folder', path }));
    return started;
  }

  function relaunch(): void {
    if (isClosing) return;
    if (clock.now() - startedAt < minLifetimeMs) {
      log.error(
        'The watchdog process ends at once; a crash of the engine would leave its processes running.',
      );
      return;
    }
    log.warn('The watchdog process was ended; another one takes over.');
    child = launch();
  }

  return {
    send(command) {
      left = noteCommand(left, command);
      child.stdin?.write(formatCommand(command));
    },
    async close() {
      isClosing = true;
      const hasEnded = child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
      const end = hasEnded ? undefined : once(child, 'exit');
      // Counted again, so that the engine does not end before the folder it was told to remove is gone.
      child.ref();
      child.stdin?.end();
      await end;
    },
  };
}

/** A watchdog that lives shorter than this cannot run here, and is not started over and over. */
const minLifetimeMs = 1_000;
