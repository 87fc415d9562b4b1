import { dirname } from 'node:path';
import type { FunctionDefinition } from '../../model/functionDefinition.ts';
import { extensionFiles } from '../runtime/extensions/extensionFiles.ts';
import type { ExtensionLaunch } from '../runtime/extensions/extensionProcess.ts';
import { bootstrapFolders, systemFiles } from './launcher.ts';

/** What extensions do not see of the function's environment. */
const withheld = new Set([
  'AWS_EXECUTION_ENV',
  'AWS_LAMBDA_LOG_GROUP_NAME',
  'AWS_LAMBDA_LOG_STREAM_NAME',
  'AWS_XRAY_CONTEXT_MISSING',
  'AWS_XRAY_DAEMON_ADDRESS',
  'LAMBDA_RUNTIME_DIR',
  'LAMBDA_TASK_ROOT',
  '_AWS_XRAY_DAEMON_ADDRESS',
  '_AWS_XRAY_DAEMON_PORT',
  '_HANDLER',
]);

/**
 * How the extensions of a function's layers are started, each in its layer's folder, which is /opt.
 * https://docs.aws.amazon.com/lambda/latest/dg/runtimes-extensions-api.html#runtimes-extensions-api-reg
 *
 * @param variables what the function sees
 */
export function extensionLaunches(
  definition: FunctionDefinition,
  tmpDirectory: string,
  variables: () => Readonly<Record<string, string>>,
): readonly ExtensionLaunch[] {
  const files = extensionFiles(
    bootstrapFolders(definition, { tmp: tmpDirectory, debug: false }).opt,
    systemFiles,
  );
  if (files.length === 0) return [];
  const visible = Object.fromEntries(Object.entries(variables()).filter(([name]) => !withheld.has(name)));
  return files.map(({ name, path }) => ({
    name,
    isExecutable: systemFiles.isExecutableFile(path),
    launch: { executable: path, args: [], workingDirectory: dirname(dirname(path)), variables: visible },
  }));
}
