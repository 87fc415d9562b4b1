import { execFile } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import type { FunctionDefinition } from '../../model/functionDefinition.ts';
import { UserError } from '../../shared/errors.ts';
import { pythonCandidates } from '../runtime/pythonLocator.ts';
import type { Launch } from '../runtime/spawner.ts';
import { bootstrapFolders, type Launcher, type LaunchFolders, systemFiles } from './launcher.ts';

/** Starts Python handlers, with the Python of this machine. */
export class PythonLaunch implements Launcher {
  readonly #distDirectory: string;
  readonly #found = new Map<string, Promise<string | undefined>>();

  constructor(distDirectory: string) {
    this.#distDirectory = distDirectory;
  }

  async of(
    definition: FunctionDefinition,
    folders: LaunchFolders,
    variables: Readonly<Record<string, string>>,
  ): Promise<Launch> {
    const { runtime } = definition;
    const executable = await this.#find(runtime);
    if (executable === undefined) {
      throw new UserError(
        `No Python was found for ${definition.name}: neither ${runtime} nor python3 is on the PATH. Install Python 3.`,
      );
    }
    const debugpy = folders.debug ? await findDebugpy(definition, executable, folders.taskRoot) : undefined;
    const bootstrap = join(this.#distDirectory, 'bootstrap-python.py');
    return {
      executable,
      // What is printed is seen at once, and no compiled files are left in the workspace.
      args: [
        '-u',
        '-B',
        // Else debugpy warns, in the function's log, of the modules that it cannot look into.
        ...(folders.debug ? ['-Xfrozen_modules=off'] : []),
        bootstrap,
        JSON.stringify({ ...bootstrapFolders(definition, folders), debugpy }),
      ],
      workingDirectory: folders.taskRoot,
      variables,
    };
  }

  /** What was found stays; what was not may be installed any time. */
  async #find(runtime: string): Promise<string | undefined> {
    const search = this.#found.get(runtime) ?? firstThatRuns(runtime);
    this.#found.set(runtime, search);
    const executable = await search;
    if (executable === undefined) this.#found.delete(runtime);
    return executable;
  }
}

/**
 * The folder of debugpy, which is what VS Code debugs Python with. It may be among the user's own packages, which
 * handlers do not see.
 */
async function findDebugpy(
  { name, layers = [] }: FunctionDefinition,
  executable: string,
  taskRoot: string,
): Promise<string> {
  const folders = layers.flatMap(({ directory }) =>
    directory === undefined ? [] : [join(directory, 'python')],
  );
  const search = [taskRoot, ...folders].join(delimiter);
  try {
    const script = 'import os, debugpy; print(os.path.dirname(os.path.dirname(debugpy.__file__)))';
    const { stdout } = await promisify(execFile)(executable, ['-c', script], {
      env: { ...process.env, PYTHONPATH: search },
    });
    return stdout.trim();
  } catch (error) {
    throw new UserError(
      `${name} cannot be debugged: debugpy is not installed in ${executable}. Install it with "${executable} -m pip install debugpy".`,
      { cause: error },
    );
  }
}

/**
 * Asked for its own path, since a version manager's shim looks for its versions below the home folder, and
 * handlers have another one.
 */
async function firstThatRuns(runtime: string): Promise<string | undefined> {
  const searchPath = process.env.PATH ?? '';
  for (const candidate of pythonCandidates(runtime, searchPath, process.platform, systemFiles)) {
    try {
      const { stdout } = await promisify(execFile)(candidate, ['-c', 'import sys; print(sys.executable)']);
      if (stdout.trim() !== '') return stdout.trim();
    } catch {
      // The next one may run.
    }
  }
  return undefined;
}
