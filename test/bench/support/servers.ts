import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..', '..');

/** A server that invokes the function `echo`, in a process of its own. */
export interface BenchServer {
  readonly pid: number;
  /** Where requests go, and as whom they are signed; servers that check nothing have any. */
  readonly target: {
    readonly endpoint: string;
    readonly region: string;
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
  };
  stop(): Promise<void>;
}

/** A workspace whose function answers with what it gets; removed by `remove`. */
export async function createEchoWorkspace(): Promise<{
  path: string;
  code: string;
  remove(): Promise<void>;
}> {
  const path = await mkdtemp(join(tmpdir(), 'lambda-lens-bench-'));
  const code = join(path, 'fn');
  await mkdir(code);
  await writeFile(join(code, 'app.js'), 'exports.handler = async event => event;\n');
  await writeFile(
    join(path, 'template.yaml'),
    `Transform: AWS::Serverless-2016-10-31
Resources:
  Echo:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: echo
      CodeUri: fn/
      Handler: app.handler
      Runtime: nodejs24.x
      Timeout: 30
      MemorySize: 1024
  Bundled:
    Type: AWS::Serverless::Function
    Metadata:
      BuildMethod: esbuild
      BuildProperties: { Format: cjs }
    Properties:
      FunctionName: bundled
      CodeUri: fn/
      Handler: small.handler
      Runtime: nodejs24.x
  Hanging:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: hanging
      CodeUri: fn/
      Handler: hanging.handler
      Runtime: nodejs24.x
      Timeout: 1
  Stuck:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: stuck
      CodeUri: fn/
      Handler: hanging.stuck
      Runtime: nodejs24.x
      Timeout: 900
`,
  );
  await writeFile(join(code, 'small.ts'), 'export const handler = async (event: unknown) => event;\n');
  await writeFile(
    join(code, 'hanging.js'),
    `exports.handler = () => new Promise(resolve => setTimeout(resolve, 60_000));
exports.stuck = () => new Promise(resolve => setTimeout(resolve, 900_000));
`,
  );
  return { path, code, remove: () => rm(path, { recursive: true, force: true }) };
}

/**
 * `lambda-lens serve`, as it is built.
 *
 * @param nodeArgs for the engine's own Node.js
 * @param state a folder that outlives it; absent: none
 */
export async function startLambdaLens(
  workspace: string,
  options: readonly string[],
  nodeArgs: readonly string[] = [],
  state?: string,
): Promise<BenchServer> {
  const cli = join(root, 'dist', 'cli.js');
  const kept = state === undefined ? ['--ephemeral'] : ['--state', state];
  const args = [...nodeArgs, cli, 'serve', '--root', workspace, ...kept, ...options];
  const { child, line } = await start(args);
  return serverOf(child, JSON.parse(line) as BenchServer['target']);
}

/** One of test/bench/peers, by the name of its file. */
export async function startPeer(name: string, code: string): Promise<BenchServer> {
  const port = await freePort();
  const { child } = await start([join(root, 'test', 'bench', 'peers', `${name}.ts`), String(port), code]);
  return serverOf(child, {
    endpoint: `http://127.0.0.1:${port}`,
    region: 'us-east-1',
    accessKeyId: 'AKIAX',
    secretAccessKey: 'x',
  });
}

async function start(args: readonly string[]): Promise<{ child: ChildProcess; line: string }> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`${args.join(' ')} ended with ${code}`);
  });
  const ready = new Promise<string>(resolve => {
    let output = '';
    child.stdout.on('data', chunk => {
      output += chunk;
      const end = output.indexOf('\n');
      if (end !== -1) resolve(output.slice(0, end));
    });
  });
  const line = await Promise.race([ready, ended]);
  ended.catch(() => {});
  return { child, line };
}

function serverOf(child: ChildProcess, target: BenchServer['target']): BenchServer {
  return {
    pid: child.pid ?? 0,
    target,
    async stop() {
      const exit = once(child, 'exit');
      child.kill('SIGTERM');
      await exit;
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
