import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { ProcessLedger } from '../ports.ts';

/** How the process of an environment is started. */
export interface Launch {
  readonly executable: string;
  readonly args: readonly string[];
  readonly workingDirectory: string;
  /** The whole environment of the process; nothing is inherited. */
  readonly variables: Readonly<Record<string, string>>;
}

/** What becomes of a started process. `exited` or `failed` is called exactly once and last. */
export interface ProcessObserver {
  spawned(): void;
  /** It could not be started; the message says why. */
  failed(message: string): void;
  /** Bytes of its stdout or stderr. */
  output(chunk: Uint8Array): void;
  /** It is gone, and so is its process group; everything that it printed has been passed on. */
  exited(code: number | null, signal: string | null): void;
}

export interface RuntimeProcess {
  readonly pid: number | undefined;
  /** Kills the process and all of its descendants that are still in its group. */
  kill(): void;
  /** Asks the same processes to end, also where they are suspended. */
  terminate(): void;
  /** Suspends the same processes; those that end in the meantime need no thaw. Nothing happens on Windows. */
  freeze(): void;
  thaw(): void;
}

/** How long the pipes of a process may outlive it: a descendant that left its group can hold them open. */
const pipeGraceMs = 200;

/** Starts a process as the leader of a group of its own. */
export function startProcess(
  launch: Launch,
  ledger: ProcessLedger,
  observer: ProcessObserver,
): RuntimeProcess {
  const [command, args] = commandOf(launch);
  const child = spawn(command, args, {
    cwd: launch.workingDirectory,
    env: launch.variables,
    detached: true,
    windowsHide: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { pid } = child;
  if (pid !== undefined) ledger.add(pid);
  let ended = false;
  const end = (report: () => void) => {
    if (ended) return;
    ended = true;
    child.stdout.destroy();
    child.stderr.destroy();
    report();
  };
  const output = (chunk: Uint8Array) => {
    if (!ended) observer.output(chunk);
  };
  child.stdout.on('data', output);
  child.stderr.on('data', output);
  child.on('spawn', () => observer.spawned());
  child.on('error', error => {
    if (pid === undefined) end(() => observer.failed(failureMessage(launch, error)));
  });
  child.on('exit', (code, signal) => {
    if (pid === undefined) return;
    killGroup(pid);
    ledger.remove(pid);
    const grace = setTimeout(() => end(() => observer.exited(code, signal)), pipeGraceMs);
    child.on('close', () => {
      clearTimeout(grace);
      end(() => observer.exited(code, signal));
    });
  });
  const whileAlive = (act: (leader: number) => void) => () => {
    if (pid !== undefined && child.exitCode === null && child.signalCode === null) act(pid);
  };
  return {
    pid,
    kill: whileAlive(killGroup),
    terminate: whileAlive(leader => {
      signalGroup(leader, 'SIGTERM');
      signalGroup(leader, 'SIGCONT');
    }),
    freeze: whileAlive(leader => signalGroup(leader, 'SIGSTOP')),
    thaw: whileAlive(leader => signalGroup(leader, 'SIGCONT')),
  };
}

function killGroup(pid: number): void {
  if (process.platform === 'win32') {
    // The outcome is seen by the exit of the process.
    execFile('taskkill', ['/T', '/F', '/PID', String(pid)], () => {});
    return;
  }
  signalGroup(pid, 'SIGKILL');
}

function signalGroup(pid: number, signal: 'SIGKILL' | 'SIGTERM' | 'SIGSTOP' | 'SIGCONT'): void {
  if (process.platform === 'win32') return;
  try {
    process.kill(-pid, signal);
  } catch (error) {
    // Nobody is left in the group; macOS says EPERM of one that holds nothing but zombies.
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ESRCH' && code !== 'EPERM') throw error;
  }
}

/**
 * Where there is a shell it joins stdout and stderr into one pipe before it becomes the runtime: what is written
 * to both comes in the order in which it was written, as it does on Lambda. It also allows as many open files as
 * Lambda does. Node.js can start no process so.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
function commandOf(launch: Launch): [string, readonly string[]] {
  return process.platform === 'win32'
    ? [launch.executable, launch.args]
    : [
        '/bin/sh',
        ['-c', 'ulimit -n 1024 2>/dev/null; exec "$@" 2>&1', 'sh', launch.executable, ...launch.args],
      ];
}

/** The error of a missing folder names the executable only, which would mislead. */
function failureMessage(launch: Launch, error: Error): string {
  if (!existsSync(launch.workingDirectory)) {
    return `The function's code folder "${launch.workingDirectory}" does not exist.`;
  }
  return `"${launch.executable}" could not be started: ${error.message}`;
}
