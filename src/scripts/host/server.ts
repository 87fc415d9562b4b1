// A code-server that serves the workbench on a loopback port.
import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../shared/errors.ts';
import { codeServerMain, installCodeServer } from './codeServer.ts';
import { endProcessGroup, runCommand } from './runCommand.ts';

export interface ServerOptions {
  /** User settings, global state and logs. */
  readonly userDataDirectory: string;
  readonly extensionsDirectory: string;
  /** What the server keeps for itself. */
  readonly serverDataDirectory: string;
  /** Written when the user has none yet. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Whether folders have to be trusted by the user; without it, every folder is. */
  readonly workspaceTrust: boolean;
  /**
   * The smoke test driver: without it the workbench ignores the `payload` of its address, with which tests
   * are started; with it there are no notification toasts.
   */
  readonly driver: boolean;
  /** Default: one that the system chooses. */
  readonly port?: number;
  /** Added to this process's environment, less what belongs to another editor or to npm. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface RunningServer {
  /** For example `http://127.0.0.1:40123/`. */
  readonly url: URL;
  /** Resolves when the server has ended, by itself or by `stop`, to the last lines that it wrote. */
  readonly ended: Promise<string>;
  /** Ends the server with its extension hosts. */
  stop(): Promise<void>;
}

/** Installs code-server if need be, and starts it. Throws a UserError when it does not come up. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  await installCodeServer();
  await writeSettings(options);
  const child = spawn(
    process.execPath,
    [
      codeServerMain,
      '--host=127.0.0.1',
      `--port=${options.port ?? 0}`,
      '--without-connection-token',
      '--disable-telemetry',
      // The login shell's PATH would hide the project's own Node.js.
      '--force-disable-user-env',
      ...commonArguments(options),
      ...(options.workspaceTrust ? [] : ['--disable-workspace-trust']),
      ...(options.driver ? ['--enable-smoke-test-driver'] : []),
    ],
    { env: serverEnvironment(options.env), detached: true, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const stopAtExit = () => child.pid !== undefined && process.kill(-child.pid, 'SIGKILL');
  process.once('exit', stopAtExit);

  let output = '';
  const ended = new Promise<string>(resolve =>
    child.once('exit', () => {
      process.removeListener('exit', stopAtExit);
      resolve(output.trimEnd().split('\n').slice(-20).join('\n'));
    }),
  );
  const url = new Promise<URL>(resolve => {
    const collect = (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-100_000);
      const address = /Web UI available at (\S+)/.exec(output)?.[1];
      if (address) resolve(loopback(address));
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
  });
  const failure = ended.then(lastLines => {
    throw new UserError(`VS Code's server ended before it served anything. It wrote:\n${lastLines}`);
  });
  return { url: await Promise.race([url, failure]), ended, stop: () => endProcessGroup(child) };
}

/** Installs a .vsix into the extensions directory. Throws a UserError with what the server says against it. */
export async function installVsix(
  vsix: string,
  options: Pick<ServerOptions, 'userDataDirectory' | 'extensionsDirectory' | 'serverDataDirectory' | 'env'>,
): Promise<void> {
  await installCodeServer();
  const { code, output } = await runCommand(
    process.execPath,
    [codeServerMain, ...commonArguments(options), '--install-extension', vsix],
    { env: serverEnvironment(options.env) },
  );
  if (code !== 0) throw new UserError(`VS Code did not install ${vsix}:\n${output.trimEnd()}`);
}

/** The address at which the workbench opens a folder, a `.code-workspace` file or, without either, nothing. */
export function workbenchUrl(
  server: URL,
  workspace: string | undefined,
  payload: readonly (readonly [string, string])[] = [],
): URL {
  const url = new URL(server);
  if (!workspace) url.searchParams.set('ew', 'true');
  else url.searchParams.set(workspace.endsWith('.code-workspace') ? 'workspace' : 'folder', workspace);
  if (payload.length > 0) url.searchParams.set('payload', JSON.stringify(payload));
  return url;
}

/** How the workbench at that server names a file of the server's machine. */
export function remoteUri(server: URL, path: string): string {
  return `vscode-remote://${server.host}${encodeURI(path)}`;
}

function commonArguments(
  options: Pick<ServerOptions, 'userDataDirectory' | 'extensionsDirectory' | 'serverDataDirectory'>,
): readonly string[] {
  return [
    '--accept-server-license-terms',
    `--server-data-dir=${options.serverDataDirectory}`,
    `--user-data-dir=${options.userDataDirectory}`,
    `--extensions-dir=${options.extensionsDirectory}`,
  ];
}

async function writeSettings(options: ServerOptions): Promise<void> {
  const folder = join(options.userDataDirectory, 'User');
  await mkdir(folder, { recursive: true });
  await mkdir(options.extensionsDirectory, { recursive: true });
  try {
    await writeFile(join(folder, 'settings.json'), JSON.stringify(options.settings, undefined, 2), {
      flag: 'wx',
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

function serverEnvironment(added: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const foreign = /^(VSCODE_|ELECTRON_|npm_|NODE_OPTIONS$)/;
  const own = Object.entries(process.env).filter(
    ([name]) => !foreign.test(name) || name === 'VSCODE_TEST_OPTIONS',
  );
  return { ...Object.fromEntries(own), EXTENSIONS_GALLERY: '{}', ...added };
}

function loopback(address: string): URL {
  const url = new URL(address);
  url.hostname = '127.0.0.1';
  return url;
}
