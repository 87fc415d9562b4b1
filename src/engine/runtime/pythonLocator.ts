import path from 'node:path';
import type { FileListing } from './nodeLocator.ts';

/**
 * The executables that may run a Python handler, best first: those of the runtime's own version on the PATH, then
 * `python3`; on Windows `python` is Python 3 too. One may be a version manager's shim of a version that it has not.
 *
 * @param runtime for example `python3.13`
 * @param searchPath the variable PATH
 */
export function pythonCandidates(
  runtime: string,
  searchPath: string,
  platform: string,
  files: Pick<FileListing, 'isExecutableFile'>,
): readonly string[] {
  const { delimiter, isAbsolute, join } = platform === 'win32' ? path.win32 : path.posix;
  const folders = searchPath.split(delimiter).filter(folder => isAbsolute(folder));
  const names = platform === 'win32' ? ['python3.exe', 'python.exe'] : [runtime, 'python3'];
  return names
    .flatMap(name => folders.map(folder => join(folder, name)))
    .filter(file => files.isExecutableFile(file));
}
