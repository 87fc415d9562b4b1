import { mkdirSync, realpathSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { EnvironmentWish } from '../../model/environmentWish.ts';
import type { FunctionDefinition } from '../../model/functionDefinition.ts';
import { isUserError, messageOf } from '../../shared/errors.ts';
import type {
  FunctionRuntime,
  FunctionRuntimeOptions,
  InvokeOutcome,
  InvokeRequest,
  ServiceError,
} from '../invoke/invocation.ts';
import { completeInvocation } from '../invoke/outcome.ts';
import { serviceException, tooManyRequests } from '../invoke/serviceErrors.ts';
import { traceHeaderFor } from '../invoke/traceHeader.ts';
import type { Assignment, AssignmentOutcome } from '../runtime/heldInvocation.ts';
import { EnvironmentPool } from '../runtime/pool.ts';
import { type Admission, admit, configurationRefusal, latestVersion } from './admission.ts';
import { FunctionBuild, type FunctionCode } from './build.ts';
import { failedBuildOutcome } from './buildErrors.ts';
import type { Code } from './codeStore.ts';
import { Concurrency } from './concurrency.ts';
import { EnvironmentFactory, type EnvironmentFactoryPorts } from './environmentFactory.ts';
import { type Esbuild, loadEsbuild } from './esbuildLoader.ts';
import { FolderCode } from './folderCode.ts';
import { updateFunctions } from './registry.ts';

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

class LocalFunctionRuntime implements FunctionRuntime {
  readonly #ports: EnvironmentFactoryPorts;
  readonly #options: FunctionRuntimeOptions;
  readonly #pool: EnvironmentPool;
  readonly #concurrency: Concurrency;
  readonly #factory: EnvironmentFactory;
  readonly #builds = new Map<string, FunctionCode>();
  /** What an engine that was killed has left behind is removed first. */
  readonly #ready: Promise<unknown>;
  #esbuild: Promise<Esbuild> | undefined;
  #functions: ReadonlyMap<string, FunctionDefinition> = new Map();
  readonly #toldRuntimes = new Set<string>();
  #buildCount = 0;
  #stopped = false;

  constructor(ports: EnvironmentFactoryPorts, options: FunctionRuntimeOptions) {
    this.#ports = ports;
    this.#options = options;
    this.#pool = new EnvironmentPool(options.maxEnvironments, options.idleSeconds * 1000, ports.clock);
    this.#concurrency = new Concurrency(options.accountConcurrency);
    this.#factory = new EnvironmentFactory(ports, options);
    this.#ready = Promise.all(
      ['code', 'environments'].map(name =>
        rm(join(options.workDirectory, name), { recursive: true, force: true }).catch(error =>
          ports.log.warn(`Files of an earlier run could not be removed: ${messageOf(error)}`),
        ),
      ),
    );
  }

  update(definitions: readonly FunctionDefinition[]): void {
    const { functions, outdated, changed } = updateFunctions(this.#functions, definitions);
    this.#functions = functions;
    for (const name of outdated) {
      for (const debugged of [false, true]) this.#pool.retire(groupOf(name, debugged));
      this.#builds
        .get(name)
        ?.dispose()
        .catch(error => this.#ports.log.error(`The build of ${name} could not be ended`, error));
      this.#builds.delete(name);
    }
    if (changed) this.#ports.events.emit({ type: 'functionsChanged', functions: [...functions.keys()] });
  }

  names(): readonly string[] {
    return [...this.#functions.values()]
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
    const admission = this.#admit(functionName, qualifier);
    return admission.kind === 'refused' ? admission.error : undefined;
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
    await this.#pool.stop();
    await Promise.all([...this.#builds.values()].map(build => build.dispose()));
    await this.#ready;
  }

  async #invoke(request: InvokeRequest): Promise<InvokeOutcome> {
    await this.#ready;
    const admission = this.#admit(request.functionName, request.qualifier);
    if (admission.kind === 'refused') return rejected(admission.error);
    const { definition } = admission;
    const built = await this.#buildOf(definition).code();
    if (this.#functions.get(definition.name) !== definition) return this.#invoke(request);
    if (this.#stopped) return rejected(serviceException('The engine has been stopped.'));
    if (built.kind === 'failed') {
      const { error } = built;
      this.#ports.events.emit({
        type: 'buildFailed',
        functionName: definition.name,
        message: error.errorMessage,
      });
      const now = new Date(this.#ports.clock.now());
      const seen = failedBuildOutcome(error, request.requestId, latestVersion, now);
      return this.#run(request, definition, this.#ports.ids.hex(16), () => Promise.resolve(seen));
    }
    const throttled = this.#concurrency.enter(definition.name, this.#functions.values());
    if (throttled !== undefined) return rejected(tooManyRequests(throttled));
    try {
      return await this.#runInEnvironment(request, definition, built.code);
    } finally {
      this.#concurrency.leave(definition.name);
    }
  }

  async #runInEnvironment(
    request: InvokeRequest,
    definition: FunctionDefinition,
    code: Code,
  ): Promise<InvokeOutcome> {
    const environment = this.#acquire(definition, code, request.environment);
    if (environment === undefined) {
      this.#ports.log.warn(
        `${definition.name} was throttled: ${this.#options.maxEnvironments} execution environments are busy. ` +
          'The setting lambdaLens.engine.maxEnvironments allows more.',
      );
      return rejected(tooManyRequests('ConcurrentInvocationLimitExceeded'));
    }
    try {
      return await this.#run(request, definition, environment.id, assignment =>
        environment.assign(assignment),
      );
    } finally {
      this.#pool.rest(environment.id);
    }
  }

  async #run(
    request: InvokeRequest,
    definition: FunctionDefinition,
    environmentId: string,
    assign: (assignment: Assignment) => Promise<AssignmentOutcome>,
  ): Promise<InvokeOutcome> {
    const { clock, events, ids } = this.#ports;
    const { requestId, clientContext, qualifier, payload, response } = request;
    const startedAt = clock.now();
    events.emit({
      type: 'invocationStarted',
      requestId,
      functionName: definition.name,
      qualifier: qualifier ?? latestVersion,
    });
    const seen = assign({
      requestId,
      payload,
      invokedFunctionArn: this.#arn(definition.name, qualifier),
      traceHeader: traceHeaderFor(request.traceHeader, startedAt, ids),
      ...(clientContext === undefined ? {} : { clientContext }),
      ...(response === undefined ? {} : { response }),
    });
    const result = await seen;
    this.#tellVersion(definition.runtime, result.engineVersion);
    const { outcome, record } = completeInvocation(
      { request, definition, version: latestVersion, region: this.#options.region, environmentId, startedAt },
      result,
    );
    events.emit({ type: 'invocationEnded', ...record });
    return outcome;
  }

  /** Says once that functions run on another major version than theirs. */
  #tellVersion(runtime: string, engineVersion: string | undefined): void {
    if (engineVersion === undefined || this.#toldRuntimes.has(runtime)) return;
    const [, name = '', version = ''] = /^([a-z]+)(\d+(?:\.\d+)?)/.exec(runtime) ?? [];
    if (`${engineVersion}.`.startsWith(`${version}.`)) return;
    this.#toldRuntimes.add(runtime);
    this.#ports.log.warn(
      name === 'python'
        ? `Functions with the runtime ${runtime} run on Python ${engineVersion}. For Python ${version}, install it so that ${runtime} is on the PATH.`
        : `Functions with the runtime ${runtime} run on Node.js ${engineVersion}. For Node.js ${version}, install it ` +
            'with a version manager, or name it in the setting lambdaLens.node.path.',
    );
  }

  #admit(functionName: string, qualifier?: string): Admission {
    return admit(this.#functions.get(functionName), this.#arn(functionName), qualifier);
  }

  #acquire(definition: FunctionDefinition, code: Code, wish: EnvironmentWish | undefined) {
    const debug = wish?.kind === 'debug' ? wish : undefined;
    return this.#pool.acquire(
      groupOf(definition.name, debug !== undefined),
      code.digest,
      () => this.#factory.start(definition, code, latestVersion, debug, id => this.#pool.remove(id)),
      wish?.kind === 'fresh',
    );
  }

  #buildOf(definition: FunctionDefinition): FunctionCode {
    const known = this.#builds.get(definition.name);
    if (known !== undefined) return known;
    const build = definition.runtime.startsWith('nodejs')
      ? this.#bundleOf(definition)
      : new FolderCode(definition);
    this.#builds.set(definition.name, build);
    return build;
  }

  #bundleOf(definition: FunctionDefinition): FunctionBuild {
    const { distDirectory, workDirectory } = this.#options;
    return new FunctionBuild(
      definition,
      join(workDirectory, 'code', `${encodeURIComponent(definition.name)}.${++this.#buildCount}`),
      () => {
        this.#esbuild ??= loadEsbuild(distDirectory);
        return this.#esbuild;
      },
      this.#ports.clock,
    );
  }

  #arn(functionName: string, qualifier?: string): string {
    const { region, accountId } = this.#options;
    const arn = `arn:aws:lambda:${region}:${accountId}:function:${functionName}`;
    return qualifier === undefined ? arn : `${arn}:${qualifier}`;
  }
}

/** What is debugged has environments of its own. */
function groupOf(functionName: string, debugged: boolean): string {
  return `${functionName}:${latestVersion}${debugged ? ':debug' : ''}`;
}

function rejected(error: ServiceError): InvokeOutcome {
  return { kind: 'rejected', error };
}
