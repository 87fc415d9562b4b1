import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { maxResponseBytes } from '../invoke/functionErrors.ts';

/** The event as the runtime gets it. */
export interface RuntimeEvent {
  readonly requestId: string;
  /** Epoch milliseconds. */
  readonly deadlineMs: number;
  readonly invokedFunctionArn: string;
  readonly traceHeader: string;
  /** JSON. */
  readonly clientContext?: string;
  readonly payload: Uint8Array;
}

/** A runtime that waits for its next event. */
export interface Poll {
  /** Sends the event; the poll is used up. */
  deliver(event: RuntimeEvent): void;
}

/** What the runtime posted for an invocation. */
export interface RuntimeAnswer {
  readonly requestId: string;
  readonly kind: 'response' | 'error';
  /** Absent when it exceeded the limit. */
  readonly body: Uint8Array | undefined;
  /** What the runtime says of the error's type. */
  readonly errorType?: string;
  readonly maxMemoryKb?: number;
}

export type Verdict =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'invalidRequestId' }
  | { readonly kind: 'invalidState'; readonly from: string; readonly to: string };

/** What stands behind the API. */
export interface RuntimeApiHandlers {
  /** The runtime polls; `hungUp` is called if it closes the connection before it was served. */
  next(poll: Poll): Verdict;
  hungUp(poll: Poll): void;
  answer(answer: RuntimeAnswer): Verdict;
  initError(error: { readonly body: Uint8Array; readonly errorType: string }): Verdict;
  /** Called with the User-Agent of every request. */
  seen(userAgent: string): void;
  /** A request could not be served because of an error of ours. */
  failed(error: unknown): void;
}

export interface RuntimeApi {
  /** `host:port`, for AWS_LAMBDA_RUNTIME_API. */
  readonly address: string;
  close(): void;
}

const prefix = '/2018-06-01/runtime';
const answerPath = /^\/2018-06-01\/runtime\/invocation\/([^/]+)\/(response|error)$/;

/**
 * The Runtime API of one execution environment on a loopback port of its own.
 *
 * An answer with the header `Lambda-Lens-Next` asks for the next event as well, and is answered with that: our own
 * bootstraps need one request for an invocation.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
export async function listenForRuntime(handlers: RuntimeApiHandlers): Promise<RuntimeApi> {
  // A poll lasts as long as the environment is idle: no limit on time may end it.
  const server = createServer({ keepAliveTimeout: 0, requestTimeout: 0, headersTimeout: 0 });
  server.on('request', (request, response) => {
    serve(handlers, request, response, address).catch(error => {
      handlers.failed(error);
      response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    address,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function serve(
  handlers: RuntimeApiHandlers,
  request: IncomingMessage,
  response: ServerResponse,
  address: string,
): Promise<void> {
  // A page in a browser can reach a loopback port too; no runtime sends these.
  if (request.headers.host !== address || request.headers.origin !== undefined) {
    return reply(response, 403, { errorType: 'Forbidden', errorMessage: 'This is not for browsers.' });
  }
  handlers.seen(request.headers['user-agent'] ?? '');
  const route = `${request.method} ${request.url}`;
  if (route === `GET ${prefix}/invocation/next`) return serveNext(handlers, response);
  if (route === `POST ${prefix}/init/error`) return serveInitError(handlers, request, response);
  const match = request.method === 'POST' ? answerPath.exec(request.url ?? '') : null;
  if (match !== null) return serveAnswer(handlers, request, response, match);
  return reply(response, 404, { errorType: 'NotFound', errorMessage: `No such operation: ${route}` });
}

function serveNext(handlers: RuntimeApiHandlers, response: ServerResponse): void {
  let served = false;
  const poll: Poll = {
    deliver: event => {
      served = true;
      response.writeHead(200, eventHeaders(event));
      response.end(event.payload);
    },
  };
  const verdict = handlers.next(poll);
  if (verdict.kind !== 'accepted') {
    refuse(response, verdict);
    return;
  }
  response.once('close', () => {
    if (!served) handlers.hungUp(poll);
  });
}

function eventHeaders(event: RuntimeEvent): Record<string, string | number> {
  return {
    'Content-Type': 'application/json',
    'Content-Length': event.payload.byteLength,
    'Lambda-Runtime-Aws-Request-Id': event.requestId,
    'Lambda-Runtime-Deadline-Ms': event.deadlineMs,
    'Lambda-Runtime-Invoked-Function-Arn': event.invokedFunctionArn,
    'Lambda-Runtime-Trace-Id': event.traceHeader,
    ...(event.clientContext === undefined
      ? {}
      : { 'Lambda-Runtime-Client-Context': headerSafeJson(event.clientContext) }),
  };
}

async function serveAnswer(
  handlers: RuntimeApiHandlers,
  request: IncomingMessage,
  response: ServerResponse,
  match: RegExpExecArray,
): Promise<void> {
  const mode = headerOf(request, 'lambda-runtime-function-response-mode');
  if (mode !== undefined && mode.toLowerCase() !== 'streaming') {
    return refuseMode(handlers, request, response, match);
  }
  const body = await readBody(request);
  if (body === 'aborted') return;
  const failure = streamedError(request);
  const bytes = body === 'tooLarge' ? undefined : body;
  const errorType = failure?.errorType ?? headerOf(request, 'lambda-runtime-function-error-type');
  const maxMemoryKb = Number(headerOf(request, 'lambda-lens-max-memory-kb'));
  const verdict = handlers.answer({
    requestId: match[1] ?? '',
    kind: match[2] === 'error' || failure !== undefined ? 'error' : 'response',
    body: failure?.body ?? bytes,
    ...(errorType === undefined ? {} : { errorType }),
    ...(Number.isFinite(maxMemoryKb) ? { maxMemoryKb } : {}),
  });
  if (verdict.kind !== 'accepted') return refuse(response, verdict);
  if (bytes !== undefined) {
    return request.headers['lambda-lens-next'] === undefined
      ? accept(response)
      : serveNext(handlers, response);
  }
  return reply(response, 413, {
    errorType: 'RequestEntityTooLarge',
    errorMessage: `Exceeded maximum allowed payload size (${maxResponseBytes} bytes).`,
  });
}

/** The invocation fails with it, as the platform's own errors do. */
async function refuseMode(
  handlers: RuntimeApiHandlers,
  request: IncomingMessage,
  response: ServerResponse,
  match: RegExpExecArray,
): Promise<void> {
  request.resume();
  const errorType = 'Runtime.InvalidResponseModeHeader';
  const errorMessage = 'Invalid function response mode';
  const body = Buffer.from(JSON.stringify({ errorType, errorMessage }));
  const verdict = handlers.answer({ requestId: match[1] ?? '', kind: 'error', body, errorType });
  if (verdict.kind !== 'accepted') return refuse(response, verdict);
  return reply(response, 400, { errorMessage, errorType: 'InvalidFunctionResponseMode' });
}

/** A response in pieces tells in its trailers that it failed on the way; known when it was read to its end. */
function streamedError({
  trailers,
}: IncomingMessage): { readonly errorType: string; readonly body: Uint8Array } | undefined {
  const errorType = trailers['lambda-runtime-function-error-type'];
  if (errorType === undefined) return undefined;
  const body = Buffer.from(trailers['lambda-runtime-function-error-body'] ?? '', 'base64');
  return { errorType, body };
}

async function serveInitError(
  handlers: RuntimeApiHandlers,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const read = await readBody(request);
  if (read === 'aborted') return;
  const body = read === 'tooLarge' ? new Uint8Array() : read;
  const errorType = headerOf(request, 'lambda-runtime-function-error-type') ?? errorTypeOf(body);
  const verdict = handlers.initError({ body, errorType: errorType ?? 'Runtime.Unknown' });
  return verdict.kind === 'accepted' ? accept(response) : refuse(response, verdict);
}

/** The body, read to its end; `aborted` when the runtime went away before that. */
function readBody(request: IncomingMessage): Promise<Uint8Array | 'tooLarge' | 'aborted'> {
  return new Promise(resolve => {
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    request.on('data', (chunk: Uint8Array) => {
      bytes += chunk.byteLength;
      if (bytes <= maxResponseBytes) chunks.push(chunk);
    });
    request.on('end', () => resolve(bytes > maxResponseBytes ? 'tooLarge' : Buffer.concat(chunks)));
    request.on('error', () => resolve('aborted'));
  });
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

/** JSON on one line of ASCII: nothing else may stand in a header. */
export function headerSafeJson(json: string): string {
  return json
    .replace(/[\r\n\t]+/g, ' ')
    .replace(/[^ -~]/g, character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function headerOf(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' ? value : undefined;
}

function accept(response: ServerResponse): void {
  reply(response, 202, { status: 'OK' });
}

function refuse(response: ServerResponse, verdict: Exclude<Verdict, { kind: 'accepted' }>): void {
  if (verdict.kind === 'invalidRequestId') {
    reply(response, 400, { errorMessage: 'Invalid request ID', errorType: 'InvalidRequestID' });
    return;
  }
  reply(response, 403, {
    errorMessage: `State transition from ${verdict.from} to ${verdict.to} failed for runtime. Error: State transition is not allowed`,
    errorType: 'InvalidStateTransition',
  });
}

function reply(response: ServerResponse, status: number, body: Readonly<Record<string, string>>): void {
  const bytes = Buffer.from(JSON.stringify(body));
  response.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': bytes.byteLength });
  response.end(bytes);
}
