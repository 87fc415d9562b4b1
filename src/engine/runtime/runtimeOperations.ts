import { errorTypeOf, maxResponseBytes } from '../invoke/functionErrors.ts';
import type {
  Poll,
  RuntimeApiHandlers,
  RuntimeEvent,
  RuntimeReply,
  RuntimeRequest,
  Verdict,
} from './runtimeApi.ts';

const prefix = '/2018-06-01/runtime';
/** By which our own bootstraps tell that they wait for a debugger; the body is the port. */
const debuggerRoute = 'POST /lambda-lens/debugger';
/** Its groups are the request id and what is posted. */
export const answerRoute = /^POST \/2018-06-01\/runtime\/invocation\/([^/]+)\/(response|error)$/;

/**
 * The operations of the Runtime API.
 *
 * An answer with the header `Lambda-Lens-Next` asks for the next event as well, and is answered with that: our own
 * bootstraps need one request for an invocation.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 *
 * @param address the listener's own `host:port`
 */
export function serveOperation(
  handlers: RuntimeApiHandlers,
  request: RuntimeRequest,
  reply: RuntimeReply,
  address: string,
): void {
  if (isForeign(request, address)) {
    sendJson(reply, 403, { errorType: 'Forbidden', errorMessage: 'This is not for browsers.' });
    return;
  }
  handlers.seen(headerOf(request, 'user-agent') ?? '');
  const match = answerRoute.exec(request.route);
  if (match !== null) serveAnswer(handlers, request, reply, match[1] ?? '', match[2] === 'error');
  else if (request.route === `GET ${prefix}/invocation/next`) serveNext(handlers, reply);
  else if (request.route === `POST ${prefix}/init/error`) serveInitError(handlers, request, reply);
  else if (request.route === debuggerRoute && handlers.debuggerListening(portOf(request))) accept(reply);
  else if (!handlers.other(request, reply))
    sendJson(reply, 404, { errorType: 'NotFound', errorMessage: `No such operation: ${request.route}` });
}

/** A page in a browser can reach a loopback port too; no runtime sends what it does. */
export function isForeign({ headers }: Pick<RuntimeRequest, 'headers'>, address: string): boolean {
  return headers.host !== address || headers.origin !== undefined;
}

function serveNext(handlers: RuntimeApiHandlers, reply: RuntimeReply): void {
  let served = false;
  const poll: Poll = {
    deliver: event => {
      served = true;
      reply.send(200, eventHeaders(event), event.payload);
    },
  };
  const verdict = handlers.next(poll);
  if (verdict.kind !== 'accepted') {
    refuse(reply, verdict);
    return;
  }
  reply.onAbandoned(() => {
    if (!served) handlers.hungUp(poll);
  });
}

function eventHeaders(event: RuntimeEvent): Record<string, string | number> {
  const headers: Record<string, string | number> = {
    'Content-Type': 'application/json',
    'Lambda-Runtime-Aws-Request-Id': event.requestId,
    'Lambda-Runtime-Deadline-Ms': event.deadlineMs,
    'Lambda-Runtime-Invoked-Function-Arn': event.invokedFunctionArn,
    'Lambda-Runtime-Trace-Id': event.traceHeader,
  };
  if (event.clientContext !== undefined) {
    headers['Lambda-Runtime-Client-Context'] = headerSafeJson(event.clientContext);
  }
  return headers;
}

function serveAnswer(
  handlers: RuntimeApiHandlers,
  request: RuntimeRequest,
  reply: RuntimeReply,
  requestId: string,
  isError: boolean,
): void {
  const mode = headerOf(request, 'lambda-runtime-function-response-mode');
  if (mode !== undefined && mode.toLowerCase() !== 'streaming') {
    refuseMode(handlers, reply, requestId);
    return;
  }
  const failure = streamedError(request);
  const errorType = failure?.errorType ?? headerOf(request, 'lambda-runtime-function-error-type');
  const contentType = headerOf(request, 'content-type');
  const memory = headerOf(request, 'lambda-lens-max-memory-kb');
  const verdict = handlers.answer({
    requestId,
    kind: isError || failure !== undefined ? 'error' : 'response',
    body: failure?.body ?? request.body,
    ...(request.limit === undefined ? {} : { limit: request.limit }),
    ...(contentType === undefined ? {} : { contentType }),
    ...(errorType === undefined ? {} : { errorType }),
    ...(memory === undefined ? {} : { maxMemoryKb: Number(memory) }),
  });
  if (verdict.kind !== 'accepted') refuse(reply, verdict);
  else if (request.body === undefined)
    sendJson(reply, 413, {
      errorType: 'RequestEntityTooLarge',
      errorMessage: `Exceeded maximum allowed payload size (${request.limit ?? maxResponseBytes} bytes).`,
    });
  else if (request.headers['lambda-lens-next'] === undefined) accept(reply);
  else serveNext(handlers, reply);
}

/** The invocation fails with it, as the platform's own errors do. */
function refuseMode(handlers: RuntimeApiHandlers, reply: RuntimeReply, requestId: string): void {
  const errorType = 'Runtime.InvalidResponseModeHeader';
  const errorMessage = 'Invalid function response mode';
  const body = Buffer.from(JSON.stringify({ errorType, errorMessage }));
  const verdict = handlers.answer({ requestId, kind: 'error', body, errorType });
  if (verdict.kind !== 'accepted') refuse(reply, verdict);
  else sendJson(reply, 400, { errorMessage, errorType: 'InvalidFunctionResponseMode' });
}

/** A response in pieces tells in its trailers that it failed on the way; known when it was read to its end. */
function streamedError({
  trailers,
}: RuntimeRequest): { readonly errorType: string; readonly body: Uint8Array } | undefined {
  const errorType = trailers['lambda-runtime-function-error-type'];
  if (errorType === undefined) return undefined;
  const body = Buffer.from(trailers['lambda-runtime-function-error-body'] ?? '', 'base64');
  return { errorType, body };
}

function serveInitError(handlers: RuntimeApiHandlers, request: RuntimeRequest, reply: RuntimeReply): void {
  const { body = new Uint8Array() } = request;
  const errorType = headerOf(request, 'lambda-runtime-function-error-type') ?? errorTypeOf(body);
  const verdict = handlers.initError({ body, errorType: errorType ?? 'Runtime.Unknown' });
  if (verdict.kind === 'accepted') accept(reply);
  else refuse(reply, verdict);
}

function portOf({ body = new Uint8Array() }: RuntimeRequest): number {
  return Number(Buffer.from(body).toString('latin1'));
}

/** JSON on one line of ASCII: nothing else may stand in a header. */
export function headerSafeJson(json: string): string {
  return json
    .replace(/[\r\n\t]+/g, ' ')
    .replace(/[^ -~]/g, character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function headerOf(request: RuntimeRequest, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' ? value : undefined;
}

function accept(reply: RuntimeReply): void {
  sendJson(reply, 202, { status: 'OK' });
}

function refuse(reply: RuntimeReply, verdict: Exclude<Verdict, { kind: 'accepted' }>): void {
  if (verdict.kind === 'invalidRequestId') {
    sendJson(reply, 400, { errorMessage: 'Invalid request ID', errorType: 'InvalidRequestID' });
    return;
  }
  sendJson(reply, 403, {
    errorMessage: `State transition from ${verdict.from} to ${verdict.to} failed for runtime. Error: State transition is not allowed`,
    errorType: 'InvalidStateTransition',
  });
}

function sendJson(reply: RuntimeReply, status: number, body: Readonly<Record<string, string>>): void {
  reply.send(status, { 'Content-Type': 'application/json' }, Buffer.from(JSON.stringify(body)));
}
