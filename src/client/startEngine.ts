import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { ConnectOptions } from './connection.ts';

/** An engine process that this client has started; it lives on without the client. */
export interface StartedEngine {
  /** How it ended, if it has. */
  exit(): { readonly code: number | undefined } | undefined;
  /** The last lines that it has written. */
  logTail(): Promise<string>;
}

/** @param root real path of the workspace folder. */
export async function startEngine(options: ConnectOptions, root: string): Promise<StartedEngine> {
  await mkdir(options.stateDirectory, { recursive: true, mode: 0o700 });
  const file = join(options.stateDirectory, 'engine.log');
  const log = await open(file, 'a', 0o600);
  try {
    if ((await log.stat()).size > maxLogBytes) await log.truncate();
    const { size: start } = await log.stat();
    const child = launch(options, root, log.fd);
    let spawnError: Error | undefined;
    child.on('error', error => {
      spawnError = error;
    });
    return {
      exit() {
        if (spawnError) return { code: undefined };
        return child.exitCode === null && child.signalCode === null
          ? undefined
          : { code: child.exitCode ?? undefined };
      },
      logTail: async () => spawnError?.message ?? lastLines(file, start),
    };
  } finally {
    await log.close();
  }
}

const maxLogBytes = 1024 * 1024;
const tailLines = 12;

function launch(options: ConnectOptions, root: string, log: number): ChildProcess {
  const child = spawn(
    process.execPath,
    [
      join(options.distDirectory, 'engine.js'),
      JSON.stringify({
        root,
        stateDirectory: options.stateDirectory,
        distDirectory: options.distDirectory,
        startedBy: 'client',
        ...options.engine,
      }),
    ],
    {
      cwd: options.stateDirectory,
      env: engineEnvironment(process.env),
      detached: true,
      windowsHide: true,
      stdio: ['ignore', log, log],
    },
  );
  child.unref();
  return child;
}

/** The editor's own variables would make the engine, and the handlers below it, believe to be the editor. */
function engineEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const own = Object.entries(env).filter(([name]) => !/^(?:ELECTRON_|VSCODE_|NODE_OPTIONS$)/.test(name));
  return { ...Object.fromEntries(own), ELECTRON_RUN_AS_NODE: '1' };
}

async function lastLines(file: string, start: number): Promise<string> {
  const log = await open(file, 'r');
  try {
    const { size } = await log.stat();
    const buffer = Buffer.alloc(Math.max(0, size - start));
    await log.read(buffer, 0, buffer.length, start);
    return buffer.toString('utf8').trimEnd().split('\n').slice(-tailLines).join('\n');
  } finally {
    await log.close();
  }
}
