import type { Readable } from 'node:stream';
import type { GatewayReply } from '../gatewayRequest.ts';
import type { StreamingFunction } from '../integration.ts';
import type { FunctionAnswer, ReadAnswer } from './functionAnswer.ts';
import type { Part } from './responseParts.ts';

/** What tells that status, headers and cookies precede the body. */
const integrationResponse = 'application/vnd.awslambda.http-integration-response';
const delimiter = Buffer.alloc(8);
/** Nobody writes that much before the body. */
const mostPreludeBytes = 1024 * 1024;

/** What a door makes of the parts of a response that is streamed. */
export interface StreamRules {
  /** Whether there has to be a head, whatever the response says that it is. */
  readonly needsHead: boolean;
  /** Of a function that ended before it wrote. */
  whole(answer: FunctionAnswer): ReadAnswer;
  /** @param prelude what precedes the eight zero bytes */
  head(prelude: Uint8Array): Part<GatewayReply>;
  /** Of a response without a head that can be read. */
  failure(problem: string): ReadAnswer;
}

/**
 * What a function URL or a REST API answers that streams: the head at once, and the body as it is written.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-response-streaming.html
 */
export async function streamedReply(called: StreamingFunction, rules: StreamRules): Promise<ReadAnswer> {
  if ('answer' in called) return rules.whole(called.answer);
  const { contentType, body } = called;
  if (!rules.needsHead && contentType.toLowerCase() !== integrationResponse) {
    return { reply: { status: 200, headers: [['content-type', contentType]], body: '', stream: body } };
  }
  const prelude = await readPrelude(body.readable);
  const head = prelude && rules.head(prelude);
  if (head && !('problem' in head)) return { reply: { ...head.value, stream: body } };
  // The function runs on, and nobody reads what else it writes.
  body.readable.destroy();
  if (head) return rules.failure(head.problem);
  const { problem } = await body.ended;
  return rules.failure(problem ?? 'the response has no eight zero bytes between its head and its body');
}

/** Leaves the body to be read; undefined where there is no delimiter. */
async function readPrelude(readable: Readable): Promise<Uint8Array | undefined> {
  let seen = Buffer.alloc(0);
  for (;;) {
    const chunk = readable.read() as Buffer | null;
    if (chunk === null) {
      if (readable.readableEnded || readable.destroyed) return undefined;
      await new Promise<void>(resolve => whenMore(readable, resolve));
      continue;
    }
    const from = Math.max(0, seen.length - delimiter.length);
    seen = Buffer.concat([seen, chunk]);
    const end = seen.indexOf(delimiter, from);
    if (end !== -1) {
      const rest = seen.subarray(end + delimiter.length);
      if (rest.length > 0) readable.unshift(rest);
      return seen.subarray(0, end);
    }
    if (seen.length > mostPreludeBytes) return undefined;
  }
}

function whenMore(readable: Readable, callback: () => void): void {
  const events = ['readable', 'end', 'close'] as const;
  const done = () => {
    for (const event of events) readable.off(event, done);
    callback();
  };
  for (const event of events) readable.on(event, done);
}
