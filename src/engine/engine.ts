import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { EnvironmentSettings } from '../model/environmentSettings.ts';
import type { FunctionDefinition, ProjectModel } from '../model/functionDefinition.ts';
import type { VariableFiles } from '../model/variableFiles.ts';
import type { Clock } from '../shared/clock.ts';
import type { Disposable } from '../shared/disposable.ts';
import type { Log } from '../shared/log.ts';
import { createFrontDoor } from './api/frontDoor.ts';
import { startHttpServer } from './api/httpServer.ts';
import { createLambdaService } from './api/lambdaService.ts';
import { createLensRoutes } from './api/lensRoutes.ts';
import { createInvoke } from './api/operations/invoke.ts';
import { createInvokeWithResponseStream } from './api/operations/invokeWithResponseStream.ts';
import { createCredentialStore } from './auth/credentialStore.ts';
import { createVerifier } from './auth/verifier.ts';
import { createDeployments } from './deployments.ts';
import { createEventLog, type EventLog } from './events/eventLog.ts';
import { type FrontDoors, startFrontDoors } from './frontdoors/frontDoors.ts';
import { createAsyncInvocations } from './invoke/async/asyncInvocations.ts';
import { createSender, type Sender } from './invoke/async/sender.ts';
import type { FunctionRuntime, FunctionRuntimeOptions } from './invoke/invocation.ts';
import { stopRecursion } from './invoke/recursion.ts';
import { createMappings } from './mappings.ts';
import type { Credentials, Ids, Ports, ProcessLedger } from './ports.ts';
import { createAwsServices } from './services/awsServices.ts';
import { parseServiceTargets } from './services/configured/serviceTargets.ts';
import { createOwnCaller } from './services/ownCaller.ts';
import { withLocalQueueUrls } from './services/queueUrls.ts';
import { createInvocationHistory } from './store/invocationHistory.ts';
import { eventIdMark, httpPortMark } from './store/marks.ts';
import { createTriggers } from './triggers/triggers.ts';
import { withVariables } from './variables/invokerWithVariables.ts';
import { LocalVariables } from './variables/localVariables.ts';
import { createEngineWaits, earliest } from './waits/engineWaits.ts';

export interface EngineOptions {
  /** The workspace folder. */
  readonly root: string;
  readonly stateDirectory: string;
  readonly distDirectory: string;
  /** 0: the system chooses. */
  readonly port: number;
  readonly region: string;
  readonly accountId: string;
  readonly nodePath?: string;
  readonly environments: EnvironmentSettings;
  /** How many seconds of waiting pass in one; absent: 1. */
  readonly timeScale?: number;
  /** The setting `lambdaLens.services`. */
  readonly services: Readonly<Record<string, string>>;
  /** Environment variables for functions on this machine. */
  readonly variables?: VariableFiles;
  /** How the APIs and function URLs are served. */
  readonly http: HttpOptions;
  /** How long {@link Engine.stop} waits for what is under way before it ends it. */
  readonly drainMs: number;
}

export interface HttpOptions {
  /** Absent or 0: the port of last time if it is free, else the system chooses. */
  readonly port?: number;
  /** Absolute path of a JSON Web Key Set; absent: signatures of tokens are not checked. */
  readonly jwksFile?: string;
}

/** What the engine is made of that is not its own. */
export interface EngineParts {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly processes: ProcessLedger;
  /** Stays open until {@link Engine.stop} has settled; closing it is the caller's. */
  readonly database: DatabaseSync;
  readonly createFunctionRuntime: (ports: Ports, options: FunctionRuntimeOptions) => FunctionRuntime;
  /** Takes a line for each request to an API or a function URL; absent: the log. */
  readonly accessLog?: (line: string) => void;
  readonly acquireLease: () => Disposable | undefined;
  /** A client asks for the end of the engine. */
  readonly shutDown: () => void;
}

export interface Engine {
  readonly events: Pick<EventLog, 'onDidEmit' | 'lastId' | 'since'>;
  /** @throws UserError when the port cannot be had. */
  start(): Promise<EngineEndpoint>;
  /** What the workspace defines now. Only after {@link start}. */
  update(project: Pick<ProjectModel, 'functions' | 'resources' | 'triggers'>): void;
  /** Takes no further invocation, from now on. */
  drain(): void;
  /** Lets what is under way come to its end, ends every environment, and writes what is still unwritten. */
  stop(): Promise<void>;
}

export interface EngineEndpoint {
  /** For example `http://127.0.0.1:40123`. */
  readonly endpoint: string;
  /** The user's own keys. */
  readonly credentials: Credentials;
  /** The APIs and function URLs. */
  readonly http: Pick<FrontDoors, 'endpoint' | 'addresses'>;
  readonly functions: () => readonly string[];
}

/**
 * Puts a local Lambda service together. Whose process it runs in and who may use it is decided elsewhere.
 *
 * @throws UserError when the setting of the services cannot be read.
 */
export function createEngine(options: EngineOptions, parts: EngineParts): Engine {
  const { clock, ids, log, database } = parts;
  const events = createEventLog(clock, eventIdMark(database, log));
  const history = createInvocationHistory(database, clock, log);
  events.onDidEmit(event => {
    if (event.type !== 'invocationEnded') return;
    const { type: _type, id: _id, at: _at, ...record } = event;
    history.add(record);
  });
  let toldNames: string | undefined;
  events.onDidEmit(event => {
    if (event.type === 'functionsChanged') toldNames = event.functions.join();
    if (event.type !== 'versionsChanged' || !running) return;
    const functions = running.names();
    if (functions.join() !== toldNames) events.emit({ type: 'functionsChanged', functions });
  });
  const targets = parseServiceTargets(options.services);
  let running: Awaited<ReturnType<typeof open>> | undefined;
  let isCleaned = false;

  async function open() {
    const server = await startHttpServer(options.port, ids, log);
    const endpoint = `http://127.0.0.1:${server.port}`;
    const credentials = createCredentialStore(ids);
    const localUrls = (environment: FunctionDefinition['environment']) =>
      withLocalQueueUrls(environment, { accountId: options.accountId, endpoint });
    const deployments = createDeployments(
      { ...options, endpoint, credentials: credentials.issue({ kind: 'user' }) },
      {
        clock,
        ids,
        log,
        events,
        database,
        runtime: () => runtime,
        addresses: () => http.addresses(),
        urlsChanged: () => updateDoors(),
        localEnvironment: (definition, isOfWorkspace) =>
          localUrls(isOfWorkspace ? variables.of(definition) : definition.environment),
      },
    );
    const runtime = parts.createFunctionRuntime(
      {
        clock,
        ids,
        log,
        // What the API has put here is told with what the workspace has.
        events: {
          emit: event =>
            events.emit(event.type === 'functionsChanged' ? { ...event, functions: names() } : event),
        },
        credentials,
        processes: parts.processes,
      },
      {
        distDirectory: options.distDirectory,
        workDirectory: join(options.stateDirectory, 'work'),
        region: options.region,
        accountId: options.accountId,
        endpoint,
        deployed: deployments.deployed,
        ...options.environments,
        ...(options.nodePath === undefined ? {} : { nodePath: options.nodePath }),
      },
    );
    const variables = new LocalVariables(options.root, options.variables ?? {}, log);
    let functions: ProjectModel['functions'] = [];
    const updateFunctions = (changed = functions) => {
      functions = changed;
      variables.refresh();
      runtime.update(
        functions.map(definition => ({
          ...definition,
          environment: localUrls(variables.of(definition)),
        })),
      );
    };
    const invoker = stopRecursion(
      withVariables(runtime, variables, () => updateFunctions()),
      name => deployments.mayLoop(name),
    );
    const sendLater: Sender = (target, message) => send(target, message);
    const waits = createEngineWaits({ clock, log, events, database }, options.timeScale);
    const call = createOwnCaller(endpoint, credentials.issue({ kind: 'user' }));
    const basics = { clock, ids, log, database };
    const triggers = createTriggers({ ...basics, waits, home: options, call, send: sendLater });
    const services = createAwsServices(
      { ...options, targets, home: { region: options.region, accountId: options.accountId, endpoint } },
      {
        clock,
        log,
        credentials,
        processes: parts.processes,
        ...triggers,
      },
    );
    const verifier = createVerifier(credentials, clock, options.region);
    const http = await startFrontDoors(
      {
        port: options.http.port || undefined,
        lastPort: httpPortMark(database),
        jwksFile: options.http.jwksFile,
      },
      {
        clock,
        ids,
        log,
        accessLog: parts.accessLog ?? (line => log.info(line)),
        events,
        verifier,
        home: options,
        invoker,
        ...history,
      },
    ).catch(async (error: unknown) => {
      await server.close();
      throw error;
    });
    let project: Pick<ProjectModel, 'resources' | 'triggers'> = {};
    const updateDoors = (changed = project) => {
      project = changed;
      http.update({ ...project, resources: deployments.withUrls(project.resources) });
    };
    const names = () => [...new Set([...runtime.names(), ...deployments.heldNames()])];
    const invoking = { invoker, home: options, ...history };
    const async = createAsyncInvocations({
      ...invoking,
      clock,
      waits,
      ids,
      log,
      events,
      database,
      call,
      concurrency: options.environments.maxEnvironments,
      functionSettingsOf: deployments.settingsOf,
    });
    const send = createSender({ ids, home: options, call, invoke: async.accept });
    const mappings = createMappings(
      { ...options, endpoint, mostAtOnce: options.environments.maxEnvironments },
      { clock, ids, log, events, database, credentials, deployments, services, invoker, history, call, send },
    );
    const door = createFrontDoor({
      port: server.port,
      clock,
      services,
      verifier,
      lambda: createLambdaService(
        {
          Invoke: createInvoke({ ...invoking, accept: async.accept }),
          InvokeWithResponseStream: createInvokeWithResponseStream(invoking),
          ...deployments.operations,
          ...async.operations,
          ...mappings.operations,
        },
        log,
      ),
      lens: createLensRoutes({
        events,
        history,
        functions: names,
        versions: deployments,
        http,
        async,
        resources: { queues: services.queues, call, home: options },
        waits,
        nextDeadline: () => earliest(async.nextDeadline(), triggers.nextDeadline()),
        endEnvironment: (id, reason) => runtime.end(id, reason),
        acquireLease: parts.acquireLease,
        shutDown: parts.shutDown,
      }),
      events,
      runtime,
      links: deployments.links,
    });
    server.listen(door.receive);
    return {
      server,
      endpoint,
      runtime,
      deployments,
      names,
      updateFunctions,
      updateDoors,
      services,
      http,
      async,
      mappings,
      waits,
      triggers,
      door,
      credentials: credentials.issue({ kind: 'user' }),
    };
  }

  return {
    events,
    async start() {
      running = await open();
      const { endpoint, credentials, names, http } = running;
      return { endpoint, credentials, http, functions: names };
    },
    update(project) {
      if (!running) return;
      const { names, deployments } = running;
      running.services.update(project.resources);
      const before = names().join();
      deployments.update(project);
      running.updateDoors(project);
      running.async.update(project);
      running.triggers.update(project.resources);
      running.updateFunctions(project.functions);
      deployments.lookAtHeld();
      // From the first time on that there are functions to run.
      running.async.start();
      running.mappings.update(project.resources?.eventSourceMappings ?? []);
      running.mappings.start();
      const functions = names();
      if (functions.join() !== before) events.emit({ type: 'functionsChanged', functions });
      if (!isCleaned) deployments.cleanUp();
      isCleaned = true;
    },
    drain() {
      running?.door.drain();
      running?.http.drain();
      void running?.mappings.drain();
    },
    async stop() {
      this.drain();
      if (running) {
        const { async, mappings, triggers, waits, door, http, runtime, services, server, deployments } =
          running;
        const whenIdle = () => Promise.all([door.whenIdle(), http.whenIdle()]);
        await Promise.race([
          Promise.all([whenIdle(), async.drain(), mappings.drain()]),
          delay(clock, options.drainMs),
        ]);
        async.stop();
        mappings.dispose();
        triggers.dispose();
        waits.dispose();
        deployments.dispose();
        await runtime.stop();
        await services.close();
        // What the end of the environments has answered is still to be sent.
        await Promise.race([whenIdle(), delay(clock, answerMs)]);
        await Promise.all([server.close(), http.close()]);
        async.dispose();
      }
      history.dispose();
      events.dispose();
    },
  };
}

/** How long the answers to invocations that were cut off may take to be written. */
const answerMs = 500;

function delay(clock: Clock, ms: number): Promise<void> {
  return new Promise(resolve => {
    clock.after(ms, resolve);
  });
}
