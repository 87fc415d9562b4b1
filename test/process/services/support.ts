import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type ServeLine, type ServeProcess, startServe } from '../../support/engine/cli.ts';
import { createWorkspace, type TestWorkspace } from '../../support/engine/workspace.ts';

const distDirectory = join(import.meta.dirname, '..', '..', '..', 'dist');

/** An engine as it is built, in front of the services as they are. */
export interface ServedWorkspace {
  readonly workspace: TestWorkspace;
  readonly serve: ServeProcess;
  /** What every SDK client is made with. */
  readonly client: ReturnType<typeof clientOptions>;
  /** Writes a file of the workspace. */
  write(path: string, content: string): Promise<void>;
  /** Ends the engine and starts another one on the same state. */
  restart(signal?: NodeJS.Signals): Promise<void>;
  remove(): Promise<void>;
}

export async function serveWorkspace(
  files: Readonly<Record<string, string>> = {},
  args: readonly string[] = [],
): Promise<ServedWorkspace> {
  const workspace = await createWorkspace([]);
  const write = async (path: string, content: string) => {
    await mkdir(dirname(join(workspace.root, path)), { recursive: true });
    await writeFile(join(workspace.root, path), content);
  };
  for (const [path, content] of Object.entries(files)) await write(path, content);
  const start = () =>
    startServe(['--state', workspace.stateDirectory, ...args], { distDirectory, workspace });
  let serve = await start();
  return {
    workspace,
    get serve() {
      return serve;
    },
    get client() {
      return clientOptions(serve.line);
    },
    write,
    async restart(signal = 'SIGTERM') {
      await serve.stop(signal);
      serve = await start();
    },
    async remove() {
      await serve.stop();
      await workspace.remove();
    },
  };
}

/** What every SDK client of an engine is made with. */
export function clientOptions({ endpoint, region, accessKeyId, secretAccessKey }: ServeLine) {
  return { endpoint, region, credentials: { accessKeyId, secretAccessKey }, maxAttempts: 1 };
}

/** The process of an embedded service; undefined where there is none. */
export function serviceProcess(engine: number, name: 'fauxqs' | 'kinesis'): number | undefined {
  const line = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' })
    .split('\n')
    .map(row => row.trim().split(/\s+/))
    .find(
      ([, parent, ...args]) => Number(parent) === engine && args.join(' ').endsWith(`service-${name}.js`),
    );
  return line ? Number(line[0]) : undefined;
}

/** Where a process listens for TCP, as Linux tells it: hexadecimal address and port. */
export function listeningAddresses(
  pid: number,
): readonly { readonly address: string; readonly port: number }[] {
  const sockets = new Set(
    readdirSync(`/proc/${pid}/fd`).map(
      fd => /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1],
    ),
  );
  return ['tcp', 'tcp6']
    .flatMap(table => readFileSync(`/proc/net/${table}`, 'utf8').trim().split('\n').slice(1))
    .map(row => row.trim().split(/\s+/))
    .filter(([, , , state, , , , , , inode]) => state === '0A' && sockets.has(inode))
    .map(([, local = '']) => {
      const [address = '', port = ''] = local.split(':');
      return { address, port: Number.parseInt(port, 16) };
    });
}
