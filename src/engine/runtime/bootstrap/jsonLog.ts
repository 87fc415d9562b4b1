import { format } from 'node:util';

/** The members that every line has; the request is absent during init. */
interface LineHead {
  readonly timestamp: string;
  readonly level: string;
  readonly requestId: string | undefined;
}

/**
 * A line of Lambda's JSON format. One value is the message as it is; several become a text, and the first error
 * among them adds members of its own.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html#nodejs-logging-advanced
 */
export function jsonLine(head: LineHead, message: readonly unknown[]): string {
  if (message.length === 1) {
    try {
      return `${JSON.stringify({ ...head, message: message[0] }, replaceErrors)}\n`;
    } catch {
      // What JSON cannot hold (a circle, a BigInt) is written as a text.
    }
  }
  const error = message.length === 1 ? undefined : message.find(value => value instanceof Error);
  return `${JSON.stringify({ ...head, message: format(...message), ...(error === undefined ? {} : described(error)) })}\n`;
}

function replaceErrors(_key: string, value: unknown): unknown {
  return value instanceof Error ? { ...described(value), ...value } : value;
}

function described(error: Error): Record<string, unknown> {
  return {
    errorType: error.constructor?.name ?? 'UnknownError',
    errorMessage: error.message,
    stackTrace: typeof error.stack === 'string' ? error.stack.split('\n') : [],
  };
}
