import { homedir } from 'node:os';
import { join } from 'node:path';
import type { FunctionDefinition } from '../../model/functionDefinition.ts';
import { UserError } from '../../shared/errors.ts';
import type { FunctionRuntimeOptions } from '../invoke/invocation.ts';
import type { Ports } from '../ports.ts';
import { KnownFlags } from '../runtime/knownFlags.ts';
import { disabledFlags, nodeFlags } from '../runtime/nodeFlags.ts';
import { findNode, type NodeChoice } from '../runtime/nodeLocator.ts';
import type { Launch } from '../runtime/spawner.ts';
import { bootstrapFolders, type Launcher, type LaunchFolders, systemFiles } from './launcher.ts';
import { layerModules } from './layerModules.ts';

/** How Node.js is started for a function: which executable, with which flags. */
export class NodeLaunch implements Launcher {
  readonly #options: Pick<FunctionRuntimeOptions, 'distDirectory' | 'nodePath'>;
  readonly #log: Ports['log'];
  readonly #knownFlags = new KnownFlags();
  #warned = false;

  constructor(options: Pick<FunctionRuntimeOptions, 'distDirectory' | 'nodePath'>, log: Ports['log']) {
    this.#options = options;
    this.#log = log;
  }

  async of(
    definition: FunctionDefinition,
    folders: LaunchFolders,
    variables: Readonly<Record<string, string>>,
  ): Promise<Launch> {
    const node = this.#find(definition.runtime);
    const known = await this.#knownFlags.of(
      node.executable,
      disabledFlags(definition.runtime),
      node.variables,
    );
    const flags = nodeFlags({
      runtime: definition.runtime,
      memorySizeMb: definition.memorySizeMb,
      nodeOptions: definition.environment.NODE_OPTIONS ?? '',
      known,
    });
    const bootstrap = join(this.#options.distDirectory, 'bootstrap-node.js');
    return {
      executable: node.executable,
      args: [
        ...flags,
        // Nothing about debuggers is printed into the function's log.
        ...(folders.debug ? ['--inspect-publish-uid=http'] : []),
        bootstrap,
        JSON.stringify(bootstrapFolders(definition, folders)),
      ],
      workingDirectory: definition.codeDirectory,
      variables: { ...layerModules(definition), ...variables, ...node.variables },
    };
  }

  #find(runtime: string): Extract<NodeChoice, { kind: 'found' }> {
    const { nodePath } = this.#options;
    const choice = findNode({
      ...(nodePath === undefined ? {} : { configured: nodePath }),
      major: Number(/\d+/.exec(runtime)?.[0]),
      platform: process.platform,
      homeDirectory: homedir(),
      variables: process.env,
      execPath: process.execPath,
      electron: process.versions.electron !== undefined,
      files: systemFiles,
    });
    if (choice.kind === 'missing') throw new UserError(choice.message);
    if (choice.source === 'engine' && !this.#warned) {
      this.#warned = true;
      this.#log.warn(
        `No Node.js was found for handlers: they run on ${choice.executable}, which runs the engine. ` +
          'Install Node.js, or name one in the setting lambdaLens.node.path.',
      );
    }
    return choice;
  }
}
