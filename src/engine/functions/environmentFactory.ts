import { existsSync, readdirSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { FunctionDefinition } from '../../model/functionDefinition.ts';
import { UserError } from '../../shared/errors.ts';
import type { FunctionRuntimeOptions } from '../invoke/invocation.ts';
import type { Ports } from '../ports.ts';
import { Environment } from '../runtime/environment.ts';
import { environmentVariables } from '../runtime/environmentVariables.ts';
import { heapFlags } from '../runtime/nodeFlags.ts';
import { type FileListing, findNode, type NodeChoice } from '../runtime/nodeLocator.ts';
import { platformLines } from '../runtime/platformLines.ts';
import type { Code } from './codeStore.ts';

export type EnvironmentFactoryPorts = Pick<
  Ports,
  'clock' | 'credentials' | 'events' | 'ids' | 'log' | 'processes'
>;

/** Makes the execution environments of Node.js functions. */
export class EnvironmentFactory {
  readonly #ports: EnvironmentFactoryPorts;
  readonly #options: FunctionRuntimeOptions;
  readonly #warned = new Set<string>();

  constructor(ports: EnvironmentFactoryPorts, options: FunctionRuntimeOptions) {
    this.#ports = ports;
    this.#options = options;
  }

  /** @param released called with the id when nothing of the environment is left */
  start(
    definition: FunctionDefinition,
    code: Code,
    version: string,
    released: (id: string) => void,
  ): Environment {
    const { credentials, clock, ids } = this.#ports;
    const id = ids.hex(16);
    const roleArn = definition.roleArn ?? this.#impliedRole(definition);
    const issued = credentials.issue({
      kind: 'environment',
      environmentId: id,
      functionName: definition.name,
      roleArn,
    });
    const day = new Date(clock.now()).toISOString().slice(0, 10).replaceAll('-', '/');
    return new Environment(
      {
        id,
        functionName: definition.name,
        version,
        timeoutMs: definition.timeoutSeconds * 1000,
        directory: join(this.#options.workDirectory, 'environments', id),
        freezes: this.#options.freeze,
        lines: platformLines(definition.logging),
        memorySizeMb: definition.memorySizeMb,
        launch: (runtimeApi, tmpDirectory) => {
          const node = this.#node(definition.runtime);
          return {
            executable: node.executable,
            args: [
              ...heapFlags(definition.memorySizeMb),
              join(this.#options.distDirectory, 'bootstrap-node.js'),
            ],
            workingDirectory: definition.codeDirectory,
            variables: {
              ...environmentVariables({
                functionName: definition.name,
                version,
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
              }),
              ...node.variables,
            },
          };
        },
        released: () => {
          credentials.revoke(issued.accessKeyId);
          released(id);
        },
      },
      this.#ports,
    );
  }

  /** SAM makes a role of this name where the template gives none. */
  #impliedRole(definition: FunctionDefinition): string {
    return `arn:aws:iam::${this.#options.accountId}:role/${definition.logicalId}Role`;
  }

  #node(runtime: string): Extract<NodeChoice, { kind: 'found' }> {
    const { nodePath } = this.#options;
    const choice = findNode({
      ...(nodePath === undefined ? {} : { configured: nodePath }),
      major: Number(/\d+/.exec(runtime)?.[0]),
      platform: process.platform,
      homeDirectory: homedir(),
      variables: process.env,
      execPath: process.execPath,
      electron: process.versions.electron !== undefined,
      files,
    });
    if (choice.kind === 'missing') throw new UserError(choice.message);
    if (choice.source === 'engine' && !this.#warned.has('engine')) {
      this.#warned.add('engine');
      this.#ports.log.warn(
        `No Node.js was found for handlers: they run on ${choice.executable}, which runs the engine. ` +
          'Install Node.js, or name one in the setting lambdaLens.node.path.',
      );
    }
    return choice;
  }
}

const files: FileListing = {
  list: directory => (existsSync(directory) ? readdirSync(directory) : []),
  isExecutableFile: file => {
    const stats = statSync(file, { throwIfNoEntry: false });
    return stats?.isFile() === true && (process.platform === 'win32' || (stats.mode & 0o111) !== 0);
  },
};
