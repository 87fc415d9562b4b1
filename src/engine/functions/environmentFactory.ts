import { join } from 'node:path';
import type { FunctionDefinition } from '../../model/functionDefinition.ts';
import type { FunctionRuntimeOptions } from '../invoke/invocation.ts';
import type { Ports } from '../ports.ts';
import { Environment } from '../runtime/environment.ts';
import type { DebugSpec } from '../runtime/environmentSpec.ts';
import { environmentVariables } from '../runtime/environmentVariables.ts';
import { platformLines } from '../runtime/platformLines.ts';
import type { Code } from './codeStore.ts';
import { executionRole } from './executionRole.ts';
import { extensionLaunches } from './extensionLaunches.ts';
import type { Launcher } from './launcher.ts';
import { NodeLaunch } from './nodeLaunch.ts';
import { ProvidedLaunch } from './providedLaunch.ts';
import { PythonLaunch } from './pythonLaunch.ts';

export type EnvironmentFactoryPorts = Pick<
  Ports,
  'clock' | 'credentials' | 'events' | 'ids' | 'log' | 'processes'
>;

/** Makes the execution environments of functions, each with the program that its runtime is. */
export class EnvironmentFactory {
  readonly #ports: EnvironmentFactoryPorts;
  readonly #options: FunctionRuntimeOptions;
  readonly #node: Launcher;
  readonly #python: Launcher;
  readonly #provided = new ProvidedLaunch();

  constructor(ports: EnvironmentFactoryPorts, options: FunctionRuntimeOptions) {
    this.#ports = ports;
    this.#options = options;
    this.#node = new NodeLaunch(options, ports.log);
    this.#python = new PythonLaunch(options.distDirectory);
  }

  /**
   * @param debug present when its processes shall wait for a debugger
   * @param released called with the id when nothing of the environment is left
   */
  start(
    definition: FunctionDefinition,
    code: Code,
    version: string,
    debug: Pick<DebugSpec, 'client' | 'port'> | undefined,
    released: (id: string) => void,
    initialization: 'on-demand' | 'provisioned-concurrency' = 'on-demand',
  ): Environment {
    const { credentials, clock, ids } = this.#ports;
    const id = ids.hex(16);
    const roleArn = executionRole(definition, this.#options.accountId);
    const issued = credentials.issue({
      kind: 'environment',
      environmentId: id,
      functionName: definition.name,
      roleArn,
    });
    const day = new Date(clock.now()).toISOString().slice(0, 10).replaceAll('-', '/');
    const variables = (runtimeApi: string, tmpDirectory: string) =>
      environmentVariables({
        functionName: definition.name,
        version,
        initialization,
        runtime: definition.runtime,
        handler: definition.handler,
        memorySizeMb: definition.memorySizeMb,
        ...(definition.logging === undefined ? {} : { logging: definition.logging }),
        configured: definition.environment,
        region: this.#options.region,
        endpoint: this.#options.endpoint,
        credentials: issued,
        logStreamName: `${day}/[${version}]${id}`,
        runtimeApi,
        taskRoot: code.taskRoot,
        runtimeDirectory: this.#options.distDirectory,
        workingDirectory: definition.codeDirectory,
        tmpDirectory,
        inherited: process.env,
        platform: process.platform,
      });
    return new Environment(
      {
        id,
        functionName: definition.name,
        version,
        timeoutMs: definition.timeoutSeconds * 1000,
        directory: join(this.#options.workDirectory, 'environments', id),
        freezes: this.#options.freeze && debug === undefined,
        ...(debug === undefined ? {} : { debug: { ...debug, codeDirectory: code.taskRoot } }),
        lines: platformLines(definition.logging),
        // A debugger brings processes of its own.
        memorySizeMb: debug === undefined ? definition.memorySizeMb : Number.POSITIVE_INFINITY,
        handler: definition.handler,
        accountId: this.#options.accountId,
        extensions: (runtimeApi, tmpDirectory) =>
          extensionLaunches(definition, tmpDirectory, () => variables(runtimeApi, tmpDirectory)),
        launch: (runtimeApi, tmpDirectory) =>
          this.#launcherOf(definition).of(
            definition,
            { taskRoot: code.taskRoot, tmp: tmpDirectory, debug: debug !== undefined },
            variables(runtimeApi, tmpDirectory),
          ),
        released: () => {
          credentials.revoke(issued.accessKeyId);
          released(id);
        },
      },
      this.#ports,
    );
  }

  #launcherOf({ runtime }: FunctionDefinition): Launcher {
    if (runtime.startsWith('python')) return this.#python;
    return runtime.startsWith('provided') ? this.#provided : this.#node;
  }
}
