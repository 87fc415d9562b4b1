import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { TestWorkspace } from './workspace.ts';

export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  readonly distDirectory: string;
  readonly workspace: TestWorkspace;
  readonly input?: string;
  readonly cwd?: string;
}

/** Runs `lambda-lens` to its end. */
export async function runCli(args: readonly string[], options: CliOptions): Promise<CliResult> {
  const { child, output } = start(args, options);
  child.stdin?.end(options.input ?? '');
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...output() };
}

/** What `serve` prints first. */
export interface ServeLine {
  readonly endpoint: string;
  readonly region: string;
  readonly accountId: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly functions: readonly string[];
}

export interface ServeProcess {
  readonly pid: number;
  readonly line: ServeLine;
  readonly output: () => Omit<CliResult, 'code'>;
  /** Sends a signal (unless told not to) and waits for the end. */
  stop(signal?: NodeJS.Signals | 'none'): Promise<CliResult>;
}

/** Starts `lambda-lens serve` and waits until it is ready; rejects with what it says when it ends instead. */
export async function startServe(args: readonly string[], options: CliOptions): Promise<ServeProcess> {
  const { child, output } = start(['serve', '--root', options.workspace.root, ...args], options);
  const ended = once(child, 'close') as Promise<[number | null]>;
  const ready = new Promise<string>(resolve => {
    child.stdout?.on('data', () => {
      const [line, rest] = output().stdout.split('\n');
      if (rest !== undefined) resolve(line ?? '');
    });
  });
  const first = await Promise.race([ready, ended.then(([code]) => ({ code, ...output() }))]);
  if (typeof first !== 'string') {
    throw Object.assign(new Error(`serve ended with ${first.code}: ${first.stderr}`), first);
  }
  return {
    pid: child.pid ?? 0,
    line: JSON.parse(first) as ServeLine,
    output,
    async stop(signal = 'SIGTERM') {
      if (signal !== 'none') child.kill(signal);
      const [code] = await ended;
      return { code, ...output() };
    },
  };
}

function start(
  args: readonly string[],
  options: CliOptions,
): { child: ChildProcess; output: ServeProcess['output'] } {
  const child = spawn(process.execPath, [join(options.distDirectory, 'cli.js'), ...args], {
    cwd: options.cwd ?? options.workspace.root,
    env: { ...process.env, XDG_STATE_HOME: options.workspace.stateHome },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  return { child, output: () => ({ stdout, stderr }) };
}
