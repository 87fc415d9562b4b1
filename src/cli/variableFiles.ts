import { resolve } from 'node:path';
import type { VariableFiles } from '../model/variableFiles.ts';

/** @param envFiles `<function>=<file>`, or a file for all functions */
export function variableFiles(
  envVars: string | undefined,
  envFiles: readonly string[],
  cwd: string,
): VariableFiles {
  const dotEnv = envFiles.map((given): [string, string] => {
    const [, name = '*', file = given] = /^([\w-]+)=(.+)$/.exec(given) ?? [];
    return [name, resolve(cwd, file)];
  });
  return {
    ...(envVars === undefined ? {} : { envVars: resolve(cwd, envVars) }),
    ...(dotEnv.length === 0 ? {} : { dotEnv: Object.fromEntries(dotEnv) }),
  };
}
