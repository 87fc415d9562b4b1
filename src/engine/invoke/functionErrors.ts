import { constants } from 'node:os';

/** The most bytes that a synchronous response may have: 6 MB and 100 bytes. */
export const maxResponseBytes = 6 * 1024 * 1024 + 100;

/** A function error as the platform writes it, when the runtime could not write one itself. */
export interface PlatformError {
  readonly errorType: string;
  readonly errorMessage: string;
}

/*
 * Their texts are those that AWS answered with in November 2025.
 * https://docs.aws.amazon.com/lambda/latest/dg/troubleshooting-invocation.html
 */

export function timedOutError(requestId: string, timeoutSeconds: number): PlatformError {
  return {
    errorType: 'Sandbox.Timedout',
    errorMessage: `RequestId: ${requestId} Error: Task timed out after ${timeoutSeconds.toFixed(2)} seconds`,
  };
}

/** The process ended before it had answered. */
export function exitError(requestId: string, code: number | null, signal: string | null): PlatformError {
  return {
    errorType: 'Runtime.ExitError',
    errorMessage: `RequestId: ${requestId} Error: ${exitReason(code, signal)}`,
  };
}

/** An extension has failed, and its environment with it. */
export function extensionError(
  requestId: string,
  { errorType, message }: { readonly errorType: string; readonly message: string },
): PlatformError {
  return { errorType, errorMessage: `RequestId: ${requestId} Error: ${message}` };
}

export function responseTooLargeError(limit = maxResponseBytes): PlatformError {
  return {
    errorType: 'Function.ResponseSizeTooLarge',
    errorMessage: `Response payload size exceeded maximum allowed payload size (${limit} bytes).`,
  };
}

/** As AWS orders the members: `errorType` first. */
export function encodeError(error: PlatformError & { readonly trace?: readonly string[] }): Uint8Array {
  return Buffer.from(JSON.stringify(error));
}

/** The `errorType` of an error body, if it is one. */
export function errorTypeOf(body: Uint8Array): string | undefined {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(body).toString('utf8'));
    const type = (parsed as { errorType?: unknown } | null)?.errorType;
    return typeof type === 'string' ? type : undefined;
  } catch {
    // What a runtime posts need not be JSON.
    return undefined;
  }
}

function exitReason(code: number | null, signal: string | null): string {
  if (signal !== null) return `Runtime exited with error: signal: ${signalText(signal)}`;
  if (code === null || code === 0) return 'Runtime exited without providing a reason';
  return `Runtime exited with error: exit status ${code}`;
}

/** Signals by the names that Go's syscall package gives them, which is what the platform prints. */
const signalTexts: Readonly<Record<string, string>> = {
  SIGABRT: 'aborted',
  SIGALRM: 'alarm clock',
  SIGBUS: 'bus error',
  SIGFPE: 'floating point exception',
  SIGHUP: 'hangup',
  SIGILL: 'illegal instruction',
  SIGINT: 'interrupt',
  SIGKILL: 'killed',
  SIGPIPE: 'broken pipe',
  SIGQUIT: 'quit',
  SIGSEGV: 'segmentation fault',
  SIGTERM: 'terminated',
  SIGTRAP: 'trace/breakpoint trap',
  SIGUSR1: 'user defined signal 1',
  SIGUSR2: 'user defined signal 2',
};

function signalText(signal: string): string {
  const numbers: Readonly<Record<string, number>> = constants.signals;
  return signalTexts[signal] ?? `signal ${numbers[signal] ?? signal}`;
}
