import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';

export interface CommandResult {
  readonly code: number;
  /** What it wrote, stdout and stderr as they came. */
  readonly output: string;
}

export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Milliseconds. Then the command and what is left of what it started are ended, and the output says so. */
  readonly limit?: number;
  /** Shows what it writes as it comes. */
  readonly echo?: true;
}

/** What a command that has ended may leave in its pipes, and for how long what it started may hold them open. */
const pipesAfterExit = 2000;

/**
 * Runs a command to its end. A command that does not exist ends with code 127. A process that the command
 * leaves behind is not waited for, though it may hold the pipes open.
 */
export async function runCommand(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  const { limit, echo, ...spawning } = options;
  const child = spawn(command, args, {
    ...spawning,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: limit !== undefined,
  });
  let output = '';
  const collect = (chunk: Buffer | string) => {
    output += chunk.toString();
    if (echo) process.stdout.write(chunk);
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const exit = new Promise<number>(resolve => {
    child.on('error', error => {
      collect(error.message);
      resolve(127);
    });
    child.on('exit', code => resolve(code ?? 1));
  });
  const closed = new Promise(resolve => child.on('close', resolve));
  const release = limit === undefined ? undefined : limitCommand(child, limit, collect);
  const code = await exit;
  await Promise.race([closed, delay(pipesAfterExit, undefined, { ref: false })]);
  child.stdout.destroy();
  child.stderr.destroy();
  await release?.();
  return { code, output };
}

/** Ends the group of a child at its limit and with this process; what is returned ends what the child left. */
function limitCommand(child: ChildProcess, limit: number, say: (text: string) => void): () => Promise<void> {
  const timer = setTimeout(() => {
    say(`\nEnded: it was not done after ${limit / 1000} s.\n`);
    void endProcessGroup(child);
  }, limit);
  const end = () => void endProcessGroup(child).then(() => process.exit(1));
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.once(signal, end);
  return async () => {
    clearTimeout(timer);
    for (const signal of signals) process.off(signal, end);
    await endProcessGroup(child);
  };
}

/** Ends a child that was spawned `detached`, and everything in its process group: TERM, then KILL. */
export async function endProcessGroup(child: ChildProcess): Promise<void> {
  if (child.pid === undefined) return;
  const ended = child.exitCode !== null || child.signalCode !== null;
  const exit = ended ? Promise.resolve() : new Promise(resolve => child.once('exit', resolve));
  signalGroup(child.pid, 'SIGTERM');
  await Promise.race([exit, delay(3000, undefined, { ref: false })]);
  signalGroup(child.pid, 'SIGKILL');
  await exit;
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // Nobody of the group is left.
  }
}
