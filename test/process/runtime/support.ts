// Everything that a test of the function runtime needs: a workspace of its own, a dist folder with the
// bootstrap as it is now, and ports that remember what they were told.
import { readdirSync, readFileSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import type { EnvironmentFactoryPorts } from '../../../src/engine/functions/environmentFactory.ts';
import { createFunctionRuntime } from '../../../src/engine/functions/functionRuntime.ts';
import type {
  FunctionRuntime,
  FunctionRuntimeOptions,
  InvokeRequest,
} from '../../../src/engine/invoke/invocation.ts';
import type { Principal } from '../../../src/engine/ports.ts';
import { systemIds } from '../../../src/engine/systemIds.ts';
import type { EngineEventBody } from '../../../src/model/engineEvent.ts';
import { defaultEnvironmentSettings } from '../../../src/model/environmentSettings.ts';
import type { FunctionDefinition } from '../../../src/model/functionDefinition.ts';
import { type Clock, systemClock } from '../../../src/shared/clock.ts';
import { silentLog } from '../../support/silentLog.ts';

const repository = join(import.meta.dirname, '..', '..', '..');

/** A runtime that was made for one test. */
export interface TestRuntime {
  readonly runtime: FunctionRuntime;
  /** The folder that handlers are written to. */
  readonly workspace: string;
  readonly events: readonly EngineEventBody[];
  readonly warnings: readonly string[];
  /** Process groups that the runtime says it owns. */
  readonly groups: ReadonlySet<number>;
  /** Every group that it has ever owned. */
  readonly everyGroup: ReadonlySet<number>;
  /** Access keys that are valid now. */
  readonly keys: ReadonlySet<string>;
  write(files: Readonly<Record<string, string>>): Promise<void>;
  invoke(
    functionName: string,
    event?: unknown,
    more?: Pick<InvokeRequest, 'qualifier' | 'environment'>,
  ): Promise<TestOutcome>;
}

/** An outcome that was not rejected, with its payload read. */
export interface TestOutcome {
  readonly payload: unknown;
  readonly functionError: string | undefined;
  readonly requestId: string;
  readonly environmentId: string;
  readonly coldStart: boolean;
  readonly log: string;
  readonly durationMs: number;
  readonly initDurationMs: number | undefined;
}

let dist: Promise<string> | undefined;

/** A folder like dist/ with what environments need, for all tests of a file; see {@link removeDist}. */
export function runtimeDist(): Promise<string> {
  dist ??= makeDist();
  return dist;
}

/** Removes what the tests of a file have shared. */
export async function removeDist(): Promise<void> {
  const folder = await dist;
  dist = undefined;
  if (folder !== undefined) await rm(folder, { recursive: true, force: true });
}

/** Runs a test with a runtime of its own, which is stopped at its end whatever happens. */
export async function withRuntime(
  definitions: readonly Partial<FunctionDefinition>[],
  files: Readonly<Record<string, string>>,
  test: (runtime: TestRuntime) => Promise<void>,
  options: Partial<FunctionRuntimeOptions> = {},
  clock: Clock = systemClock,
): Promise<void> {
  const distDirectory = await runtimeDist();
  const folder = await mkdtemp(join(tmpdir(), 'lambda-lens-runtime-'));
  const workspace = join(folder, 'workspace');
  const { ports, seen } = rememberingPorts(clock);
  const runtime = createFunctionRuntime(ports, {
    distDirectory,
    workDirectory: join(folder, 'work'),
    region: 'eu-west-1',
    accountId: '123456789012',
    endpoint: 'http://127.0.0.1:9',
    nodePath: process.execPath,
    ...defaultEnvironmentSettings,
    maxEnvironments: 4,
    ...options,
  });
  const write = async (sources: Readonly<Record<string, string>>) => {
    for (const [name, text] of Object.entries(sources)) {
      await mkdir(dirname(join(workspace, name)), { recursive: true });
      await writeFile(join(workspace, name), text);
    }
  };
  try {
    await write(files);
    runtime.update(definitions.map(definition => functionIn(workspace, definition)));
    await test({ ...seen, runtime, workspace, write, invoke: invokerOf(runtime) });
  } finally {
    await runtime.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** A definition with Lambda's defaults; `entryFile` may be relative to the workspace. */
export function functionIn(workspace: string, given: Partial<FunctionDefinition>): FunctionDefinition {
  const name = given.name ?? 'fn';
  return {
    name,
    logicalId: name,
    runtime: 'nodejs24.x',
    handler: 'app.handler',
    codeDirectory: workspace,
    timeoutSeconds: 3,
    memorySizeMb: 128,
    environment: {},
    definedAt: {
      file: join(workspace, 'template.yaml'),
      startLine: 1,
      startColumn: 1,
      endLine: 1,
      endColumn: 1,
    },
    ...given,
    entryFile: join(workspace, given.entryFile ?? 'app.ts'),
  };
}

/**
 * The ids of the processes whose environment variables name a folder. Unlike a process group it is never another's:
 * over many thousands of processes their ids come again.
 */
export function processesIn(folder: string): readonly string[] {
  return readdirSync('/proc').filter(name => {
    if (!/^\d+$/.test(name)) return false;
    try {
      return readFileSync(`/proc/${name}/environ`, 'latin1').includes(folder);
    } catch {
      // It has ended in the meantime, or only waits to be reaped.
      return false;
    }
  });
}

/** Whether a process of a group is still running; one that only waits to be reaped is not. */
export function isAlive(group: number): boolean {
  return readdirSync('/proc').some(name => {
    if (!/^\d+$/.test(name)) return false;
    try {
      // pid (name) state parent group: the name may hold anything.
      const fields = readFileSync(`/proc/${name}/stat`, 'latin1')
        .replace(/^.*\) /s, '')
        .split(' ');
      return fields[0] !== 'Z' && Number(fields[2]) === group;
    } catch {
      // It has ended in the meantime.
      return false;
    }
  });
}

function invokerOf(runtime: FunctionRuntime): TestRuntime['invoke'] {
  return async (functionName, event = {}, more = {}) => {
    const requestId = systemIds.uuid();
    const outcome = await runtime.invoke({
      requestId,
      functionName,
      payload: Buffer.from(JSON.stringify(event)),
      ...more,
    });
    if (outcome.kind === 'rejected') throw new Error(`Rejected: ${JSON.stringify(outcome.error)}`);
    return {
      requestId,
      payload: JSON.parse(Buffer.from(outcome.payload).toString('utf8')) as unknown,
      functionError: outcome.functionError,
      environmentId: outcome.environmentId,
      coldStart: outcome.coldStart,
      log: outcome.log,
      durationMs: outcome.durationMs,
      initDurationMs: outcome.initDurationMs,
    };
  };
}

function rememberingPorts(clock: Clock) {
  const emitted: EngineEventBody[] = [];
  const warnings: string[] = [];
  const groups = new Set<number>();
  const everyGroup = new Set<number>();
  const keys = new Set<string>();
  const ports: EnvironmentFactoryPorts = {
    clock,
    ids: systemIds,
    log: {
      ...silentLog,
      warn: message => void warnings.push(message),
      error: (message, error) => void warnings.push(`${message}: ${String(error)}`),
    },
    events: { emit: event => void emitted.push(event) },
    credentials: {
      issue: (principal: Principal) => {
        const accessKeyId = `ASIA${principal.kind === 'environment' ? principal.environmentId : 'USER'}`;
        keys.add(accessKeyId);
        return { accessKeyId, secretAccessKey: 'secret', sessionToken: 'token' };
      },
      revoke: accessKeyId => void keys.delete(accessKeyId),
    },
    processes: {
      add: pid => {
        groups.add(pid);
        everyGroup.add(pid);
      },
      remove: pid => void groups.delete(pid),
    },
  };
  return { ports, seen: { events: emitted, warnings, groups, everyGroup, keys } };
}

/** The bootstrap and esbuild's executable, where the runtime looks for them. */
async function makeDist(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'lambda-lens-dist-'));
  await build({
    entryPoints: [join(repository, 'src/engine/runtime/bootstrap/node.ts')],
    outfile: join(folder, 'bootstrap-node.js'),
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    logLevel: 'warning',
  });
  const python = 'src/engine/runtime/bootstrap/python/bootstrap.py';
  await copyFile(join(repository, python), join(folder, 'bootstrap-python.py'));
  const require = createRequire(join(repository, 'package.json'));
  const esbuild = createRequire(require.resolve('esbuild'));
  const executable = esbuild.resolve(`@esbuild/${process.platform}-${process.arch}/bin/esbuild`);
  await mkdir(join(folder, 'bin'));
  await copyFile(executable, join(folder, 'bin', 'esbuild'));
  return folder;
}
