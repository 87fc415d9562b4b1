import { join } from 'node:path';
import type { FunctionDefinition } from '../../model/functionDefinition.ts';
import { UserError } from '../../shared/errors.ts';
import type { Launch } from '../runtime/spawner.ts';
import { bootstrapFolders, type Launcher, type LaunchFolders, systemFiles } from './launcher.ts';

/**
 * Starts the executable `bootstrap` of a function or of one of its layers.
 * https://docs.aws.amazon.com/lambda/latest/dg/runtimes-custom.html
 */
export class ProvidedLaunch implements Launcher {
  async of(
    definition: FunctionDefinition,
    folders: LaunchFolders,
    variables: Readonly<Record<string, string>>,
  ): Promise<Launch> {
    if (process.platform === 'win32') {
      throw new UserError(
        `${definition.name} has the runtime ${definition.runtime}, whose bootstrap is a program for Linux: open the workspace in WSL to run it.`,
      );
    }
    if (folders.debug) {
      throw new UserError(
        `${definition.name} cannot be debugged here: with the runtime ${definition.runtime} it is a program of its own. Attach that program's debugger to its process.`,
      );
    }
    const { taskRoot } = folders;
    const { opt } = bootstrapFolders(definition, folders);
    const candidates = [taskRoot, ...opt.toReversed()].map(folder => join(folder, 'bootstrap'));
    const executable = candidates.find(systemFiles.isExecutableFile);
    if (executable === undefined) {
      throw new UserError(
        `There is no executable file bootstrap in ${taskRoot}. Build it there, make it executable, or correct the CodeUri of ${definition.name}.`,
      );
    }
    return { executable, args: [], workingDirectory: taskRoot, variables };
  }
}
