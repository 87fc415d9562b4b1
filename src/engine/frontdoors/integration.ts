import type { Clock } from '../../shared/clock.ts';
import { maxResponseBytes } from '../invoke/functionErrors.ts';
import type { Invoker } from '../invoke/invocation.ts';
import { ResponsePipe } from '../invoke/responsePipe.ts';
import type { ResponseSink } from '../invoke/responseSink.ts';
import type { Ids } from '../ports.ts';
import type { StreamedBody } from './gatewayRequest.ts';
import { type FunctionAnswer, failureOf } from './responses/functionAnswer.ts';

export interface IntegrationPorts {
  readonly clock: Pick<Clock, 'after'>;
  readonly ids: Pick<Ids, 'uuid'>;
  readonly invoker: Pick<Invoker, 'invoke'>;
  /** Keeps the payload for the history of the invocation that is about to begin. */
  readonly remember: (requestId: string, payload: Uint8Array) => void;
  /** The invocation was not accepted after all. */
  readonly forget: (requestId: string) => void;
}

export interface FunctionCall {
  readonly functionName: string;
  readonly qualifier?: string;
  readonly event: unknown;
  /** The value of `X-Amzn-Trace-Id`. */
  readonly traceHeader?: string;
  /** After that the caller is answered without the function, which runs on. Absent: the function's own timeout. */
  readonly timeoutMs?: number;
}

export interface CalledFunction {
  readonly answer: FunctionAnswer;
  /** Of the invocation. */
  readonly requestId: string;
}

/** Invokes a function as the API's callers are answered: synchronously, in this process, as every other caller. */
export async function callFunction(call: FunctionCall, ports: IntegrationPorts): Promise<CalledFunction> {
  const requestId = ports.ids.uuid();
  const payload = Buffer.from(JSON.stringify(call.event));
  // What Lambda takes and what it gives have the same limit.
  if (payload.length > maxResponseBytes) return { requestId, answer: { kind: 'tooLarge' } };
  const invocation = invoke(call, payload, requestId, ports);
  const { timeoutMs } = call;
  if (timeoutMs === undefined) return { requestId, answer: await invocation };
  const timeout = Promise.withResolvers<FunctionAnswer>();
  const timer = ports.clock.after(timeoutMs, () => timeout.resolve({ kind: 'timedOut', afterMs: timeoutMs }));
  try {
    return { requestId, answer: await Promise.race([invocation, timeout.promise]) };
  } finally {
    timer.dispose();
  }
}

/** What a function that may stream its response has answered so far. */
export type StreamingFunction =
  | CalledFunction
  | { readonly contentType: string; readonly body: StreamedBody; readonly requestId: string };

/** The same, but answers as soon as there is a response, or else will be none. */
export async function streamFunction(
  call: Omit<FunctionCall, 'timeoutMs'>,
  ports: IntegrationPorts,
): Promise<StreamingFunction> {
  const requestId = ports.ids.uuid();
  const payload = Buffer.from(JSON.stringify(call.event));
  if (payload.length > maxResponseBytes) return { requestId, answer: { kind: 'tooLarge' } };
  const response = new ResponsePipe();
  const ended = invoke(call, payload, requestId, ports, response).then(answer => {
    response.end();
    return answer;
  });
  const first = await Promise.race([response.begun, ended]);
  if ('kind' in first) return { requestId, answer: first };
  const end = async () => {
    const answer = await ended;
    const { byteLength } = response;
    return answer.kind === 'payload' ? { byteLength } : { byteLength, problem: failureOf(answer) };
  };
  return { requestId, contentType: first.contentType, body: { readable: response.readable, ended: end() } };
}

async function invoke(
  { functionName, qualifier, traceHeader }: FunctionCall,
  payload: Uint8Array,
  requestId: string,
  { invoker, remember, forget }: IntegrationPorts,
  response?: ResponseSink,
): Promise<FunctionAnswer> {
  remember(requestId, payload);
  const outcome = await invoker.invoke({
    requestId,
    functionName,
    payload,
    ...(qualifier === undefined ? {} : { qualifier }),
    ...(traceHeader === undefined ? {} : { traceHeader }),
    ...(response === undefined ? {} : { response }),
  });
  if (outcome.kind === 'completed') {
    return { kind: outcome.functionError ? 'functionError' : 'payload', payload: outcome.payload };
  }
  forget(requestId);
  const { error } = outcome;
  if (error.status === 429) return { kind: 'throttled' };
  return {
    kind: 'rejected',
    message: `Lambda refused the invocation: ${errorText(error.body) ?? error.name}`,
  };
}

function errorText(body: Readonly<Record<string, unknown>>): string | undefined {
  const text = body.message ?? body.Message;
  return typeof text === 'string' ? text : undefined;
}
