import { mkdirSync, realpathSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { EnvironmentWish } from '../../model/environmentWish.ts';
import type { FunctionDefinition } from '../../model/functionDefinition.ts';
import { isUserError, messageOf } from '../../shared/errors.ts';
import {
  type DeployedFunctions,
  type FunctionRuntime,
  type FunctionRuntimeOptions,
  followedGroup,
  type InvokeOutcome,
  type InvokeRequest,
  type Located,
  type ProvisionTarget,
  type ServiceError,
} from '../invoke/invocation.ts';
import { completeInvocation } from '../invoke/outcome.ts';
import { functionNotFound, serviceException, tooManyRequests } from '../invoke/serviceErrors.ts';
import { traceHeaderFor } from '../invoke/traceHeader.ts';
import type { Assignment, AssignmentOutcome } from '../runtime/heldInvocation.ts';
import { EnvironmentPool } from '../runtime/pool.ts';
import { latestVersion } from '../versions/records.ts';
import { admit, configurationRefusal } from './admission.ts';
import { type BuildError, failedBuildOutcome, keptBuildLine } from './buildErrors.ts';
import type { Code } from './codeStore.ts';
import { Concurrency } from './concurrency.ts';
import { EnvironmentFactory, type EnvironmentFactoryPorts } from './environmentFactory.ts';
import { ProvisionedEnvironments, revisionOf } from './provisionedEnvironments.ts';
import { RuntimeVersions } from './runtimeVersions.ts';
import { WorkspaceBuilds, type WorkspaceCode } from './workspaceBuilds.ts';

/** Builds and runs the functions of a workspace, each in execution environments of its own. */
export function createFunctionRuntime(
  ports: EnvironmentFactoryPorts,
  options: FunctionRuntimeOptions,
): FunctionRuntime {
  // Source maps are relative, so that the folder must be known by its real path.
  mkdirSync(options.workDirectory, { recursive: true });
  const workDirectory = realpathSync(options.workDirectory);
  return new LocalFunctionRuntime(ports, { ...options, workDirectory });
}

/** What an invocation is about to run. */
interface Target {
  readonly definition: FunctionDefinition;
  readonly version: string;
  readonly code: Code;
  /** Its environments are not those of the version of that name. */
  readonly followed?: boolean;
  /** Present where newer code does not build. */
  readonly keptFor?: BuildError;
}

class LocalFunctionRuntime implements FunctionRuntime {
  readonly #ports: EnvironmentFactoryPorts;
  readonly #options: FunctionRuntimeOptions;
  readonly #deployed: DeployedFunctions;
  readonly #pool: EnvironmentPool;
  readonly #concurrency: Concurrency;
  readonly #factory: EnvironmentFactory;
  readonly #builds: WorkspaceBuilds;
  readonly #provisioned: ProvisionedEnvironments;
  readonly #runtimeVersions: RuntimeVersions;
  /** What an engine that was killed has left behind is removed first. */
  readonly #ready: Promise<unknown>;
  #stopped = false;

  constructor(ports: EnvironmentFactoryPorts, options: FunctionRuntimeOptions) {
    this.#ports = ports;
    this.#options = options;
    this.#deployed = options.deployed ?? this.#workspaceAlone();
    this.#pool = new EnvironmentPool(options.maxEnvironments, options.idleSeconds * 1000, ports.clock);
    this.#concurrency = new Concurrency(options.accountConcurrency);
    this.#factory = new EnvironmentFactory(ports, options);
    this.#builds = new WorkspaceBuilds(ports, options);
    this.#provisioned = new ProvisionedEnvironments(this.#pool, this.#factory);
    this.#runtimeVersions = new RuntimeVersions(ports.log);
    this.#ready = Promise.all(
      ['code', 'environments'].map(name =>
        rm(join(options.workDirectory, name), { recursive: true, force: true }).catch(error =>
          ports.log.warn(`Files of an earlier run could not be removed: ${messageOf(error)}`),
        ),
      ),
    );
  }

  update(definitions: readonly FunctionDefinition[]): void {
    const { functions, outdated, changed } = this.#builds.update(definitions);
    for (const name of outdated)
      for (const group of [latestVersion, followedGroup]) this.#retireAll(name, group);
    if (changed) this.#ports.events.emit({ type: 'functionsChanged', functions: [...functions.keys()] });
  }

  names(): readonly string[] {
    return [...this.#builds.functions.values()]
      .filter(definition => configurationRefusal(definition) === undefined)
      .map(definition => definition.name);
  }

  currentRequest(environmentId: string): string | undefined {
    return this.#pool.get(environmentId)?.requestId;
  }

  end(environmentId: string, reason: string): boolean {
    const environment = this.#pool.get(environmentId);
    void environment?.stop(reason);
    return environment !== undefined;
  }

  check(functionName: string, qualifier?: string): ServiceError | undefined {
    return this.#deployed.refusal(functionName, qualifier);
  }

  async workspaceCode(functionName: string): Promise<WorkspaceCode | undefined> {
    await this.#ready;
    return this.#builds.code(functionName);
  }

  builtFrom(file: string): readonly string[] {
    return this.#builds.builtFrom(file);
  }

  retire(functionName: string, version: string): void {
    this.endProvision(functionName, version);
    this.#retireAll(functionName, version);
  }

  endProvision(functionName: string, group: string): void {
    this.#provisioned.end(groupOf(functionName, group));
  }

  async provision(group: string, { definition, version, code }: ProvisionTarget, count: number) {
    await this.#ready;
    const target = { definition, version, code: await code() };
    if (!this.#stopped) this.#provisioned.keep(groupOf(definition.name, group), target, count);
  }

  provisioned(functionName: string, group: string) {
    return this.#provisioned.status(groupOf(functionName, group));
  }

  async invoke(request: InvokeRequest): Promise<InvokeOutcome> {
    try {
      return await this.#invoke(request);
    } catch (error) {
      if (!isUserError(error)) this.#ports.log.error('An invocation could not be run', error);
      return rejected(serviceException(messageOf(error)));
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#provisioned.dispose();
    await this.#pool.stop();
    await this.#builds.dispose();
    await this.#ready;
  }

  async #invoke(request: InvokeRequest): Promise<InvokeOutcome> {
    await this.#ready;
    const found = this.#deployed.locate(request.functionName, request.qualifier);
    const located = found instanceof Promise ? await found : found;
    if (located.kind === 'refused') return rejected(located.error);
    if (located.kind === 'workspace') return this.#invokeWorkspace(request, located);
    const error = configurationRefusal(located.definition);
    if (error !== undefined) return rejected(error);
    const { definition, version } = located;
    const code = await located.code();
    return this.#invokeTarget(request, { definition, version, code });
  }

  async #invokeWorkspace(
    request: InvokeRequest,
    { publishedAs, lastGood, ...located }: Extract<Located, { kind: 'workspace' }>,
  ): Promise<InvokeOutcome> {
    const followed = located.followed === true;
    const known = this.#builds.functions.get(request.functionName);
    const error = known && configurationRefusal(known);
    if (error !== undefined) return rejected(error);
    const found = await this.#builds.code(request.functionName);
    if (found === undefined)
      return rejected(functionNotFound(this.#arn(request.functionName, latestVersion)));
    const { definition, built } = found;
    if (built.kind === 'ready') {
      const version = publishedAs?.digest === built.code.digest ? publishedAs.version : latestVersion;
      return this.#invokeTarget(request, { definition, version, code: built.code, followed });
    }
    const { errorMessage: message } = built.error;
    this.#ports.events.emit({ type: 'buildFailed', functionName: definition.name, message });
    if (built.kind === 'kept') {
      const { code, error: keptFor } = built;
      const version = publishedAs?.digest === code.digest ? publishedAs.version : latestVersion;
      return this.#invokeTarget(request, { definition, version, code, keptFor, followed });
    }
    const stored = lastGood?.();
    if (stored) {
      const { definition: kept, version } = stored;
      const code = await stored.code();
      return this.#invokeTarget(request, { definition: kept, version, code, keptFor: built.error });
    }
    if (this.#stopped) return rejected(serviceException('The engine has been stopped.'));
    const now = new Date(this.#ports.clock.now());
    const seen = failedBuildOutcome(built.error, request.requestId, latestVersion, now);
    return this.#run(request, definition, latestVersion, this.#ports.ids.hex(16), () =>
      Promise.resolve(seen),
    );
  }

  async #invokeTarget(request: InvokeRequest, target: Target): Promise<InvokeOutcome> {
    if (this.#stopped) return rejected(serviceException('The engine has been stopped.'));
    const { name } = target.definition;
    const throttled = this.#concurrency.enter(name, this.#deployed.reservations());
    if (throttled !== undefined) return rejected(tooManyRequests(throttled));
    try {
      return await this.#runInEnvironment(request, target);
    } finally {
      this.#concurrency.leave(name);
    }
  }

  async #runInEnvironment(request: InvokeRequest, target: Target): Promise<InvokeOutcome> {
    const { definition, version, keptFor } = target;
    const environment = this.#acquire(target, request.environment);
    if (environment === undefined) {
      this.#ports.log.warn(
        `${definition.name} was throttled: ${this.#options.maxEnvironments} execution environments are busy. ` +
          'The setting lambdaLens.engine.maxEnvironments allows more.',
      );
      return rejected(tooManyRequests('ConcurrentInvocationLimitExceeded'));
    }
    try {
      return await this.#run(request, definition, version, environment.id, async assignment => {
        const seen = await environment.assign(assignment);
        if (keptFor === undefined) return seen;
        const now = new Date(this.#ports.clock.now());
        return { ...seen, log: keptBuildLine(keptFor, request.requestId, now) + seen.log };
      });
    } finally {
      this.#pool.rest(environment.id);
    }
  }

  async #run(
    request: InvokeRequest,
    definition: FunctionDefinition,
    version: string,
    environmentId: string,
    assign: (assignment: Assignment) => Promise<AssignmentOutcome>,
  ): Promise<InvokeOutcome> {
    const { clock, events, ids } = this.#ports;
    const { requestId, clientContext, qualifier, payload, response } = request;
    const startedAt = clock.now();
    const assigned = assign({
      requestId,
      payload,
      invokedFunctionArn: this.#arn(definition.name, qualifier),
      traceHeader: traceHeaderFor(request.traceHeader, definition.name, startedAt, ids),
      ...(clientContext === undefined ? {} : { clientContext }),
      ...(response === undefined ? {} : { response }),
    });
    // Told while the handler runs.
    events.emit({
      type: 'invocationStarted',
      requestId,
      functionName: definition.name,
      qualifier: qualifier ?? latestVersion,
    });
    const seen = await assigned;
    this.#runtimeVersions.tell(definition.runtime, seen.engineVersion);
    const { outcome, record } = completeInvocation(
      { request, definition, version, region: this.#options.region, environmentId, startedAt },
      seen,
    );
    events.emit({ type: 'invocationEnded', ...record });
    return outcome;
  }

  #acquire({ definition, version, code, followed }: Target, wish: EnvironmentWish | undefined) {
    const debug = wish?.kind === 'debug' ? wish : undefined;
    return this.#pool.acquire(
      groupOf(definition.name, followed ? followedGroup : version, debug !== undefined),
      revisionOf(version, code),
      () => this.#factory.start(definition, code, version, debug, id => this.#pool.remove(id)),
      wish?.kind === 'fresh',
    );
  }

  #retireAll(functionName: string, group: string): void {
    for (const debugged of [false, true]) this.#pool.retire(groupOf(functionName, group, debugged));
  }

  /** Where there is no API to put versions here: every function is its `$LATEST`. */
  #workspaceAlone(): DeployedFunctions {
    const refusal = (functionName: string, qualifier: string | undefined) => {
      const definition = this.#builds.functions.get(functionName);
      const admission = admit(definition, this.#arn(functionName), qualifier);
      return admission.kind === 'refused' ? admission.error : undefined;
    };
    return {
      refusal,
      locate: (functionName, qualifier) => {
        const error = refusal(functionName, qualifier);
        return error === undefined ? { kind: 'workspace' } : { kind: 'refused', error };
      },
      reservations: () => this.#builds.functions.values(),
    };
  }

  #arn(functionName: string, qualifier?: string): string {
    const { region, accountId } = this.#options;
    const arn = `arn:aws:lambda:${region}:${accountId}:function:${functionName}`;
    return qualifier === undefined ? arn : `${arn}:${qualifier}`;
  }
}

/** What is debugged has environments of its own. */
function groupOf(functionName: string, group: string, debugged = false): string {
  return `${functionName}:${group}${debugged ? ':debug' : ''}`;
}

function rejected(error: ServiceError): InvokeOutcome {
  return { kind: 'rejected', error };
}
