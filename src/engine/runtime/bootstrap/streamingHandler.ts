import { finished } from 'node:stream/promises';
import { RuntimeError } from './errors.ts';
import type { ResponseStream } from './responseStream.ts';
import type { HandlerResult } from './result.ts';

const streaming = Symbol.for('aws.lambda.runtime.handler.streaming');
const highWaterMark = Symbol.for('aws.lambda.runtime.handler.streaming.highWaterMark');

/** Its arguments are the event, the stream and the context. */
export type StreamingHandler = (event: unknown, stream: ResponseStream, context: unknown) => unknown;

/** `awslambda.streamifyResponse` */
export function streamifyResponse<T extends object>(
  handler: T,
  options?: { readonly highWaterMark?: number },
): T {
  return Object.assign(handler, {
    [streaming]: 'response',
    ...(options?.highWaterMark === undefined ? {} : { [highWaterMark]: options.highWaterMark }),
  });
}

/** Whether a handler streams its response, and how much is buffered before it has to wait. */
export function streamingOf(handler: object): { readonly highWaterMark?: number } | undefined {
  const marks = handler as Readonly<Record<symbol, unknown>>;
  if (!marks[streaming]) return undefined;
  const mark = marks[highWaterMark];
  return typeof mark === 'number' ? { highWaterMark: mark } : {};
}

/**
 * Calls a handler that streams. Its result is what was written; a value that it returns is ignored.
 *
 * @param warn is told of such a value
 */
export async function callStreamingHandler(
  handler: StreamingHandler,
  event: unknown,
  stream: ResponseStream,
  context: unknown,
  warn: (message: string) => void,
): Promise<HandlerResult> {
  try {
    const returned = handler(event, stream, context);
    if (typeof (returned as { then?: unknown } | null | undefined)?.then !== 'function') {
      throw invalidOperation('Streaming does not support non-async handlers.');
    }
    if ((await returned) !== undefined) warn('Streaming handlers ignore return values.');
    if (!stream.writableEnded) throw invalidOperation('Response stream is not finished.');
    await finished(stream);
    return { ok: true, value: undefined };
  } catch (error) {
    return { ok: false, error };
  }
}

function invalidOperation(message: string): RuntimeError {
  return new RuntimeError('Runtime.InvalidStreamingOperation', message);
}
