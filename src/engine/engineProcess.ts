import { mkdtemp, realpath, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { EngineAttachment } from '../model/engineAttachment.ts';
import { defaultEnvironmentSettings, type EnvironmentSettings } from '../model/environmentSettings.ts';
import type { ProjectModel, ProjectProblem } from '../model/functionDefinition.ts';
import type { VariableFiles } from '../model/variableFiles.ts';
import { systemClock } from '../shared/clock.ts';
import type { Disposable } from '../shared/disposable.ts';
import { UserError } from '../shared/errors.ts';
import type { Log } from '../shared/log.ts';
import { type CleanUps, createCleanUps } from './cleanUps.ts';
import {
  createEngine,
  type Engine,
  type EngineEndpoint,
  type EngineParts,
  type HttpOptions,
} from './engine.ts';
import { buildId } from './ownership/buildId.ts';
import { createLeases, type Leases } from './ownership/leases.ts';
import { takeOwnership } from './ownership/ownership.ts';
import { reap } from './ownership/processGroups.ts';
import { startTimeOf } from './ownership/processIdentity.ts';
import { createProcessLedger } from './ownership/processLedger.ts';
import { defaultStateDirectory, rendezvousDirectory } from './ownership/rendezvous.ts';
import { startWatchdog } from './ownership/watchdogClient.ts';
import { openDatabase } from './store/database.ts';
import { createProcessTable } from './store/processTable.ts';
import { systemIds } from './systemIds.ts';

/** What an engine process is told; JSON, without anything secret. */
export interface RunOptions {
  /** The workspace folder. */
  readonly root: string;
  /** Absent: a folder of the workspace's own under the user's state directory. */
  readonly stateDirectory?: string;
  /** The state lives in a temporary folder, which is removed however the engine ends. */
  readonly ephemeral?: boolean;
  /** Absent or 0: the system chooses. */
  readonly port?: number;
  readonly region: string;
  readonly accountId: string;
  readonly nodePath?: string;
  /** What is absent has its default. */
  readonly environments?: Partial<EnvironmentSettings>;
  /** How many seconds of waiting pass in one; absent: 1. */
  readonly timeScale?: number;
  /** The setting `lambdaLens.services`; absent: none is configured. */
  readonly services?: Readonly<Record<string, string>>;
  /** Environment variables for functions on this machine. */
  readonly variables?: VariableFiles;
  /** How the APIs and function URLs are served; see HttpOptions. */
  readonly http?: HttpOptions;
  /** The folder with watchdog.js, the bootstraps and bin/esbuild. */
  readonly distDirectory: string;
  /** An engine that a client started ends after its last client; one of `serve` ends when it is told to. */
  readonly startedBy: 'client' | 'serve';
  /** How long it outlives its last client; 30 seconds unless stated. */
  readonly leaseGraceMs?: number;
  /** How long invocations under way may take to end before they are ended; 30 seconds unless stated. */
  readonly drainMs?: number;
}

/** What a template is read for. */
export type Account = Pick<RunOptions, 'region' | 'accountId'>;

/** What differs between the engine and a test of it. */
export interface ProcessParts {
  readonly createFunctionRuntime: EngineParts['createFunctionRuntime'];
  readonly readProject: (root: string, account: Account) => Promise<ProjectModel>;
  readonly watchProject: (
    root: string,
    onChange: (model: ProjectModel) => void,
    options: { readonly settings: Account; readonly onError: (error: Error) => void },
  ) => Disposable;
  readonly log: Log;
  readonly accessLog?: EngineParts['accessLog'];
}

export interface RunningEngine {
  readonly attachment: EngineAttachment;
  /** The names that can be invoked. */
  readonly functions: () => readonly string[];
  /** The APIs and function URLs. */
  readonly http: EngineEndpoint['http'];
  /** What was wrong with the project when the engine started. */
  readonly problems: readonly ProjectProblem[];
  /** Settles with the reason once the engine has ended and let go of everything. */
  readonly ended: Promise<string>;
  /** Drains and ends the engine; see `ended`. */
  stop(reason: string): void;
}

/**
 * Makes this process the engine of a workspace folder.
 *
 * @throws UserError when it cannot be; AlreadyServed when another process is.
 */
export async function runEngineProcess(options: RunOptions, parts: ProcessParts): Promise<RunningEngine> {
  const cleanUps = createCleanUps(parts.log);
  try {
    return await start(options, parts, cleanUps);
  } catch (error) {
    await cleanUps.run();
    throw error;
  }
}

async function start(options: RunOptions, parts: ProcessParts, cleanUps: CleanUps): Promise<RunningEngine> {
  const { log } = parts;
  const root = await workspaceFolder(options.root);
  const state = await openState(options, root, log, cleanUps);
  let leases: Leases | undefined;
  const ending = createEnding(cleanUps, log);
  const engine = createEngine(
    {
      root,
      stateDirectory: state.directory,
      distDirectory: options.distDirectory,
      port: options.port ?? 0,
      region: options.region,
      accountId: options.accountId,
      environments: { ...defaultEnvironmentSettings, ...options.environments },
      services: options.services ?? {},
      variables: options.variables ?? {},
      http: options.http ?? {},
      drainMs: options.drainMs ?? 30_000,
      ...(options.nodePath === undefined ? {} : { nodePath: options.nodePath }),
      ...(options.timeScale === undefined ? {} : { timeScale: options.timeScale }),
    },
    {
      clock: systemClock,
      ids: systemIds,
      log,
      processes: state.ledger,
      database: state.database,
      createFunctionRuntime: parts.createFunctionRuntime,
      ...(parts.accessLog ? { accessLog: parts.accessLog } : {}),
      acquireLease: () => leases?.acquire(),
      shutDown: () => ending.begin('a client asked for it'),
    },
  );
  cleanUps.add(() => engine.stop());
  const { endpoint, credentials, http, functions } = await engine.start();
  const project = await followProject(root, options, engine, parts);
  cleanUps.add(() => project.dispose());

  // Only now, so that the time to start is not taken from the first client's.
  leases = createLeases(systemClock, options.leaseGraceMs ?? 30_000, () =>
    ending.begin('its last client has gone'),
  );
  if (options.startedBy === 'serve') leases.acquire();
  cleanUps.add(() => leases?.dispose());

  const attachment: EngineAttachment = {
    pid: process.pid,
    startedAt: systemClock.now(),
    endpoint,
    region: options.region,
    accountId: options.accountId,
    accessKeyId: credentials.accessKeyId,
    secretAccessKey: credentials.secretAccessKey,
    buildId,
    root,
    stateDirectory: state.directory,
  };
  cleanUps.add(() => state.ownership.withdraw());
  // From the moment at which the end is told no further invocation is taken.
  cleanUps.add(() => engine.drain());
  await state.ownership.publish({ ...attachment, processStartTime: startTimeOf(process.pid) ?? '' });
  log.info(`Serving ${root} at ${endpoint} from ${state.directory} (build ${buildId})`);
  return {
    attachment,
    functions,
    http,
    problems: project.problems,
    ended: ending.ended,
    stop: reason => ending.begin(reason),
  };
}

/** The state folder, once it is this process's own, and what a killed engine left in it is cleaned up. */
async function openState(options: RunOptions, root: string, log: Log, cleanUps: CleanUps) {
  const directory = await stateFolder(options, root);
  const isDefault = !options.ephemeral && options.stateDirectory === undefined;
  const ownership = await takeOwnership(
    {
      stateDirectory: directory,
      rendezvousDirectory: rendezvousDirectory(root),
      claim: options.startedBy === 'client' || isDefault ? 'required' : 'optional',
      // A client waits for an engine that drains; a person is told.
      patienceMs: options.startedBy === 'client' ? 40_000 : 5_000,
    },
    systemClock,
  );
  const watchdog = startWatchdog(options.distDirectory, systemClock, log);
  // The watchdog goes last, because it removes the folder that everything else is in.
  cleanUps.add(() => watchdog.close());
  if (options.ephemeral) watchdog.send({ kind: 'folder', path: directory });
  cleanUps.add(() => ownership.dispose());
  const database = openDatabase(join(directory, 'lens.db'));
  cleanUps.add(() => database.close());
  const processes = createProcessTable(database);
  reap(processes.all());
  for (const { pid } of processes.all()) processes.remove(pid);
  return { directory, ownership, database, ledger: createProcessLedger(processes, watchdog) };
}

/** The end, which several may ask for and which happens once. */
function createEnding(cleanUps: CleanUps, log: Log) {
  const { promise: ended, resolve: settle } = Promise.withResolvers<string>();
  let isEnding = false;
  return {
    ended,
    begin(reason: string): void {
      if (isEnding) return;
      isEnding = true;
      log.info(`The engine ends: ${reason}`);
      void cleanUps.run().then(() => settle(reason));
    },
  };
}

async function workspaceFolder(folder: string): Promise<string> {
  try {
    const root = await realpath(resolve(folder));
    if ((await stat(root)).isDirectory()) return root;
  } catch {
    // Said below, in one place.
  }
  throw new UserError(`${resolve(folder)} is no folder. Name the workspace folder that holds your template.`);
}

async function stateFolder(options: RunOptions, root: string): Promise<string> {
  if (options.ephemeral) return mkdtemp(join(await realpath(tmpdir()), 'lambda-lens-'));
  return options.stateDirectory === undefined ? defaultStateDirectory(root) : resolve(options.stateDirectory);
}

/** Hands the project to the engine, now and whenever it changes. */
async function followProject(
  root: string,
  { region, accountId }: Account,
  engine: Engine,
  parts: ProcessParts,
): Promise<Disposable & { readonly problems: readonly ProjectProblem[] }> {
  const settings = { region, accountId };
  const project = await parts.readProject(root, settings);
  engine.update(project);
  const watcher = parts.watchProject(root, model => engine.update(model), {
    settings,
    onError: error => parts.log.warn(error.message),
  });
  return { problems: project.problems, dispose: () => watcher.dispose() };
}
