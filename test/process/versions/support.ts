// An engine in this process with real functions, called by the AWS SDK.
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  CreateFunctionCommand,
  type CreateFunctionCommandInput,
  InvokeCommand,
  type LambdaClient,
} from '@aws-sdk/client-lambda';
import { type ArchiveFile, writeZip } from '../../../src/engine/code/writeZip.ts';
import { createEngine, type Engine } from '../../../src/engine/engine.ts';
import { createFunctionRuntime } from '../../../src/engine/functions/functionRuntime.ts';
import { openDatabase } from '../../../src/engine/store/database.ts';
import { systemIds } from '../../../src/engine/systemIds.ts';
import type { EngineEvent } from '../../../src/model/engineEvent.ts';
import { defaultEnvironmentSettings } from '../../../src/model/environmentSettings.ts';
import type { FunctionDefinition } from '../../../src/model/functionDefinition.ts';
import type { ProjectResources } from '../../../src/model/projectResources.ts';
import { systemClock } from '../../../src/shared/clock.ts';
import { lambdaClient } from '../../support/engine/lambdaClient.ts';
import { silentLog } from '../../support/silentLog.ts';
import { functionIn, runtimeDist } from '../runtime/support.ts';

export interface TestEngine {
  readonly client: LambdaClient;
  readonly endpoint: string;
  readonly workspace: string;
  readonly events: readonly EngineEvent[];
  readonly warnings: readonly string[];
  write(files: Readonly<Record<string, string>>): Promise<void>;
  /** What the workspace's templates define from now on. */
  define(functions: readonly Partial<FunctionDefinition>[], resources?: Partial<ProjectResources>): void;
  invoke(name: string, qualifier?: string, event?: unknown): Promise<TestAnswer>;
  /** Signed as the user's own. */
  lens(method: string, path: string): Promise<{ readonly status: number; readonly body: unknown }>;
  /** Ends the engine and starts another one with its state. */
  restart(): Promise<void>;
}

export interface TestAnswer {
  readonly payload: unknown;
  readonly version: string | undefined;
  readonly functionError: string | undefined;
  readonly log: string;
}

export const role = 'arn:aws:iam::123456789012:role/r';
const home = { region: 'eu-west-1', accountId: '123456789012' };

/** Runs a test with an engine of its own, which is stopped at its end whatever happens. */
export async function withEngine(
  functions: readonly Partial<FunctionDefinition>[],
  files: Readonly<Record<string, string>>,
  test: (engine: TestEngine) => Promise<void>,
  resources?: Partial<ProjectResources>,
): Promise<void> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'lambda-lens-versions-')));
  const workspace = join(folder, 'workspace');
  const distDirectory = await runtimeDist();
  const events: EngineEvent[] = [];
  const warnings: string[] = [];
  const write = async (sources: Readonly<Record<string, string>>) => {
    for (const [name, text] of Object.entries(sources)) {
      await mkdir(dirname(join(workspace, name)), { recursive: true });
      await writeFile(join(workspace, name), text);
    }
  };
  await mkdir(workspace);
  await write(files);
  let defined: Parameters<Engine['update']>[0] = projectOf(workspace, functions, resources);

  async function start() {
    const database = openDatabase(join(folder, 'lens.db'));
    const engine = createEngine(
      {
        ...home,
        root: workspace,
        services: {},
        http: {},
        stateDirectory: folder,
        distDirectory,
        nodePath: process.execPath,
        port: 0,
        environments: { ...defaultEnvironmentSettings, maxEnvironments: 6 },
        drainMs: 5000,
      },
      {
        clock: systemClock,
        ids: systemIds,
        log: { ...silentLog, warn: message => void warnings.push(message) },
        accessLog: () => {},
        processes: { add() {}, remove() {} },
        database,
        createFunctionRuntime,
        acquireLease: () => undefined,
        shutDown() {},
      },
    );
    engine.events.onDidEmit(event => void events.push(event));
    const { endpoint, credentials } = await engine.start();
    engine.update(defined);
    const client = lambdaClient({ ...home, ...credentials, endpoint });
    return {
      engine,
      endpoint,
      client,
      async stop() {
        client.destroy();
        await engine.stop();
        database.close();
      },
    };
  }

  let running = await start();
  const tested: TestEngine = {
    get client() {
      return running.client;
    },
    get endpoint() {
      return running.endpoint;
    },
    workspace,
    events,
    warnings,
    write,
    define(given, more) {
      defined = projectOf(workspace, given, more);
      running.engine.update(defined);
    },
    invoke: (name, qualifier, event) => invoke(running.client, name, qualifier, event),
    lens: (method, path) => lens(running.client, running.endpoint, method, path),
    async restart() {
      await running.stop();
      running = await start();
    },
  };
  try {
    await test(tested);
  } finally {
    await running.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** A zip archive whose handler answers with what is given, its version and its ARN. */
export function codeThatAnswers(answer: string): Promise<Buffer> {
  return zipOf({
    'index.js': `exports.handler = async (event, context) => ({
      answer: ${JSON.stringify(answer)}, version: process.env.AWS_LAMBDA_FUNCTION_VERSION,
      functionVersion: context.functionVersion, arn: context.invokedFunctionArn, stream: context.logStreamName,
      initialization: process.env.AWS_LAMBDA_INITIALIZATION_TYPE, pid: process.pid, event,
    });`,
  });
}

export function zipOf(files: Readonly<Record<string, string>>): Promise<Buffer> {
  return writeZip(
    Object.entries(files).map(([name, text]): ArchiveFile => ({ name, contents: Buffer.from(text) })),
  );
}

export async function createFunction(
  client: LambdaClient,
  name: string,
  answer: string,
  more: Partial<CreateFunctionCommandInput> = {},
) {
  return client.send(
    new CreateFunctionCommand({
      FunctionName: name,
      Role: role,
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Code: { ZipFile: await codeThatAnswers(answer) },
      ...more,
    }),
  );
}

async function invoke(
  client: LambdaClient,
  FunctionName: string,
  Qualifier?: string,
  event: unknown = {},
): Promise<TestAnswer> {
  const { Payload, ExecutedVersion, FunctionError, LogResult } = await client.send(
    new InvokeCommand({
      FunctionName,
      Qualifier,
      Payload: Buffer.from(JSON.stringify(event)),
      LogType: 'Tail',
    }),
  );
  return {
    payload: JSON.parse(Buffer.from(Payload ?? []).toString()),
    version: ExecutedVersion,
    functionError: FunctionError,
    log: Buffer.from(LogResult ?? '', 'base64').toString(),
  };
}

async function lens(client: LambdaClient, endpoint: string, method: string, path: string) {
  const address = new URL(path, endpoint);
  const { signRequest } = await import('../../../src/engine/services/configured/signRequest.ts');
  const { send, readReply } = await import('../../../src/engine/services/upstream.ts');
  const query = Object.fromEntries(address.searchParams);
  const signed = await signRequest(
    { method, path: address.pathname, query, headers: {}, body: new Uint8Array() },
    new URL(endpoint),
    { service: 'lambda', region: home.region, credentials: await client.config.credentials() },
  );
  const reply = await readReply(await send({ address: new URL(endpoint) }, signed));
  const isJson = reply.headers['content-type'] === 'application/json';
  return { status: reply.status, body: isJson ? JSON.parse(Buffer.from(reply.body).toString()) : reply.body };
}

function projectOf(
  workspace: string,
  functions: readonly Partial<FunctionDefinition>[],
  resources: Partial<ProjectResources> = {},
): Parameters<Engine['update']>[0] {
  return {
    functions: functions.map(given => functionIn(workspace, given)),
    resources: resources as ProjectResources,
    triggers: [],
  };
}
