import { existsSync, readdirSync, statSync } from 'node:fs';
import type { FunctionDefinition } from '../../model/functionDefinition.ts';
import type { BootstrapFolders } from '../runtime/bootstrap/literalPaths.ts';
import type { FileListing } from '../runtime/nodeLocator.ts';
import type { Launch } from '../runtime/spawner.ts';

/** Tells how the process of a function's runtime is started. */
export interface Launcher {
  /**
   * @param taskRoot the folder of the code, which the handler string is relative to
   * @param variables what the handler sees
   * @throws UserError when there is no executable
   */
  of(
    definition: FunctionDefinition,
    folders: LaunchFolders,
    variables: Readonly<Record<string, string>>,
  ): Promise<Launch>;
}

export interface LaunchFolders {
  /** What LAMBDA_TASK_ROOT says. */
  readonly taskRoot: string;
  /** The environment's own /tmp. */
  readonly tmp: string;
  /** Whether the process waits for a debugger. */
  readonly debug: boolean;
}

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-ephemeral-storage.html */
const defaultStorageMb = 512;

/** What stands for Lambda's folders, as a bootstrap of ours is told. */
export function bootstrapFolders(
  { ephemeralStorageMb, layers = [] }: FunctionDefinition,
  { tmp, debug }: Pick<LaunchFolders, 'tmp' | 'debug'>,
): BootstrapFolders {
  return {
    tmp,
    tmpBytes: (ephemeralStorageMb ?? defaultStorageMb) * 1024 * 1024,
    debug,
    opt: layers.map(({ directory }) => directory).filter(directory => directory !== undefined),
  };
}

/** This machine's file system. */
export const systemFiles: FileListing = {
  list: directory => (existsSync(directory) ? readdirSync(directory) : []),
  isExecutableFile: file => {
    const stats = statSync(file, { throwIfNoEntry: false });
    return stats?.isFile() === true && (process.platform === 'win32' || (stats.mode & 0o111) !== 0);
  },
};
