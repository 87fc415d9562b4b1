import type { Message } from 'esbuild';
import { encodeError } from '../invoke/functionErrors.ts';
import type { AssignmentOutcome } from '../runtime/heldInvocation.ts';
import { startLine } from '../runtime/platformLog.ts';

/** Why a function could not be built, as an invocation of it answers. */
export interface BuildError {
  readonly errorType: 'Runtime.UserCodeSyntaxError' | 'Runtime.ImportModuleError';
  readonly errorMessage: string;
  /** One line per place, in the form of a stack. */
  readonly trace: readonly string[];
}

/**
 * @param messages what esbuild found; at least one
 * @param resolve turns a file name of a message into an absolute path
 */
export function buildErrorOf(messages: readonly Message[], resolve: (file: string) => string): BuildError {
  const unresolved = messages.every(message => message.text.startsWith('Could not resolve '));
  const errorType = unresolved ? 'Runtime.ImportModuleError' : 'Runtime.UserCodeSyntaxError';
  const errorMessage = messages
    .map(message => `${unresolved ? 'Error' : 'SyntaxError'}: ${placed(message)}`)
    .join('\n');
  const frames = messages.flatMap(({ location }) =>
    location === null ? [] : [`    at ${resolve(location.file)}:${location.line}:${columnOf(location)}`],
  );
  return { errorType, errorMessage, trace: [...`${errorType}: ${errorMessage}`.split('\n'), ...frames] };
}

export function missingModuleError(message: string): BuildError {
  const errorType = 'Runtime.ImportModuleError';
  const errorMessage = `Error: ${message}`;
  return { errorType, errorMessage, trace: [`${errorType}: ${errorMessage}`] };
}

/** What the log of an invocation says first that runs older code, because the newer does not build. */
export function keptBuildLine(error: BuildError, requestId: string, now: Date): string {
  const { errorType, errorMessage, trace } = error;
  const logged = JSON.stringify({ errorType, errorMessage, stack: trace });
  return `${now.toISOString()}\t${requestId}\tWARN\tBuild Error: the last code that could be built runs \t${logged}\n`;
}

/** An invocation of a function that could not be built, as its environment would have seen it. */
export function failedBuildOutcome(
  error: BuildError,
  requestId: string,
  version: string,
  now: Date,
): AssignmentOutcome {
  const logged = JSON.stringify({
    errorType: error.errorType,
    errorMessage: error.errorMessage,
    stack: error.trace,
  });
  return {
    ending: { kind: 'initError', body: encodeError(error), errorType: error.errorType },
    log: `${now.toISOString()}\t${requestId}\tERROR\tBuild Error \t${logged}\n${startLine(requestId, version)}`,
    coldStart: true,
    durationMs: 0,
    maxMemoryUsedMb: 0,
  };
}

function placed({ location, text }: Message): string {
  const hint = hintFor(text);
  const place = location === null ? '' : `${location.file}:${location.line}:${columnOf(location)}: `;
  return hint === undefined ? `${place}${text}` : `${place}${text}. ${hint}`;
}

/** esbuild counts columns in bytes from 0, editors in UTF-16 units from 1. */
function columnOf(location: { readonly column: number; readonly lineText: string }): number {
  return Buffer.from(location.lineText).subarray(0, location.column).toString().length + 1;
}

function hintFor(text: string): string | undefined {
  if (/^Could not resolve "@(aws-sdk|smithy)\//.test(text)) {
    return "Lambda's runtime contains the AWS SDK, this machine does not: install the package as a development dependency";
  }
  if (/^Could not resolve "[^./]/.test(text)) return 'Install the package, or list it as external';
  if (text.includes('"cjs" output format')) return 'Set the format of the bundle to "esm" in the template';
  return undefined;
}
