// `npm start`: opens samples/, or the folder that is named, in VS Code with the extension as it is now.
//
//   npm start                       `code` on the PATH, else VS Code from npm in the browser
//   npm start -- <folder>
//   npm start -- --served           VS Code from npm, even where there is a `code`
//   npm start -- --port <number>    where it is served
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { isUserError, messageOf, UserError } from '../shared/errors.ts';
import { build } from './build.ts';
import { startExtensionServer } from './host/extensionServer.ts';
import { findExecutable } from './host/findExecutable.ts';
import { runCommand } from './host/runCommand.ts';
import { workbenchUrl } from './host/server.ts';

const root = join(import.meta.dirname, '..', '..');

/** Kept from start to start, because the browser remembers what was trusted and opened by the address. */
const usualPort = 8473;

try {
  await start(process.argv.slice(2));
} catch (error) {
  console.error(isUserError(error) ? `Lambda Lens: ${error.message}` : error);
  process.exit(isUserError(error) ? 2 : 1);
}

async function start(args: string[]): Promise<void> {
  const { folder, served, port } = await options(args);
  const code = served ? undefined : await findExecutable(['code']);
  const servedAt = code ? undefined : await freePort(port);
  await build({ production: false });
  if (code) await openInDesktop(code, folder);
  else await serve(folder, servedAt);
}

async function options(
  args: string[],
): Promise<{ folder: string; served: boolean; port: number | undefined }> {
  const { values, positionals } = parse(args);
  const [named, ...others] = positionals;
  if (others.length > 0) throw new UserError(`One folder can be opened, not ${positionals.join(', ')}.`);
  const folder = resolve(named ?? join(root, 'samples'));
  const found = await stat(folder).catch(() => undefined);
  if (!found?.isDirectory())
    throw new UserError(`There is no folder ${folder}. Name one that exists: npm start -- <folder>`);
  const port = values.port === undefined ? undefined : Number(values.port);
  if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port < 65536))
    throw new UserError(`--port takes a number from 0 to 65535, not ${values.port}.`);
  return { folder, served: values.served, port };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: { served: { type: 'boolean', default: false }, port: { type: 'string' } },
    });
  } catch (error) {
    throw new UserError(`${messageOf(error)}\nUsage: npm start -- [--served] [--port <number>] [<folder>]`);
  }
}

async function openInDesktop(code: string, folder: string): Promise<void> {
  const { code: exitCode, output } = await runCommand(code, [
    '--new-window',
    `--extensionDevelopmentPath=${root}`,
    folder,
  ]);
  if (exitCode !== 0) throw new UserError(`${code} could not open ${folder}:\n${output.trimEnd()}`);
  console.log(`Opened ${folder} in VS Code (${code}).`);
}

async function serve(folder: string, port: number | undefined): Promise<void> {
  const state = join(stateHome(), 'lambda-lens', 'vscode');
  const server = await startExtensionServer({
    extension: root,
    userDataDirectory: join(state, 'user'),
    extensionsDirectory: join(state, 'extensions'),
    serverDataDirectory: join(state, 'server'),
    workspaceTrust: true,
    settings: { 'security.workspace.trust.startupPrompt': 'once' },
    ...(port === undefined ? {} : { port }),
  });
  const stopped = Promise.withResolvers<void>();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopped.resolve());
  const address = workbenchUrl(server.url, folder).href;
  console.log(`Open ${address}\nCtrl-C ends it.`);
  await openInBrowser(address);
  const failure = await Promise.race([stopped.promise, server.ended]);
  await server.stop();
  if (failure !== undefined) throw new UserError(`VS Code's server ended. It wrote:\n${failure}`);
}

function stateHome(): string {
  return process.env.XDG_STATE_HOME || join(homedir(), '.local', 'state');
}

/** A port that was asked for must be free; the usual one is used if it is. */
async function freePort(wanted: number | undefined): Promise<number> {
  const port = wanted ?? usualPort;
  const probe = createServer().listen(port, '127.0.0.1');
  try {
    await once(probe, 'listening');
    return port;
  } catch {
    if (wanted === undefined) return 0;
    throw new UserError(`Port ${wanted} is in use: end what uses it, or name another with --port.`);
  } finally {
    probe.close();
  }
}

async function openInBrowser(address: string): Promise<void> {
  if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return;
  const opener = await findExecutable(['xdg-open']);
  if (opener)
    spawn(opener, [address], { stdio: 'ignore', detached: true })
      .on('error', () => {})
      .unref();
}
