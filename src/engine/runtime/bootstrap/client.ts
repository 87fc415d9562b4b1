import { Agent, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import type { ErrorBody } from './errors.ts';
import { flushOutput } from './output.ts';
import { type PostedResponse, ResponseStream } from './responseStream.ts';

/** What the Runtime API hands out for an invocation. */
export interface Invocation {
  readonly requestId: string;
  /** Epoch milliseconds. */
  readonly deadlineMs: number;
  readonly invokedFunctionArn: string;
  readonly traceHeader?: string;
  /** JSON, as the following two. */
  readonly clientContext?: string;
  readonly identity?: string;
  readonly tenantId?: string;
  /** The event as JSON text. */
  readonly body: string;
}

export interface RuntimeClient {
  next(): Promise<Invocation>;
  /** @param body JSON text. */
  respond(requestId: string, body: string): Promise<void>;
  /** A response in pieces, in the place of `respond`. */
  stream(requestId: string, highWaterMark?: number): ResponseStream;
  /** Also ends a streamed response, if one has begun. */
  fail(requestId: string, error: ErrorBody): Promise<void>;
  initError(error: ErrorBody): Promise<void>;
}

const root = '/2018-06-01/runtime';

/**
 * A client of the Runtime API. The process ends where the API is out of reach: there is nothing left to do.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 *
 * @param address `host:port`
 */
export function createRuntimeClient(address: string): RuntimeClient {
  const [hostname, port] = address.split(':');
  // Node unreferences the connection while no request is under way, so that a handler whose promise never
  // settles ends the process as it does on Lambda.
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const open = (method: string, path: string, headers: Record<string, string | number>) => {
    const sent = request({
      agent,
      hostname,
      port,
      method,
      path,
      headers: { 'User-Agent': `lambda-lens-nodejs/${process.versions.node}`, ...headers },
    });
    const answered = new Promise<{ headers: IncomingHttpHeaders; body: string; status: number }>(
      (resolve, reject) => {
        sent.on('response', response =>
          readText(response).then(text => resolve({ ...statusOf(response), body: text }), reject),
        );
        sent.on('error', reject);
      },
    ).catch(() => process.exit(1));
    return { sent, answered };
  };
  const call = (method: string, path: string, headers: Record<string, string | number>, body?: string) => {
    const { sent, answered } = open(method, path, headers);
    sent.end(body);
    return answered;
  };
  const post = async (path: string, body: string, headers: Record<string, string> = {}) => {
    const { status } = await call(
      'POST',
      path,
      {
        'Content-Type': 'application/json',
        'Content-Length': Buffer.byteLength(body),
        ...memoryHeader(),
        ...headers,
      },
      body,
    );
    if (status >= 500) process.exit(1);
  };
  const postInPieces = (requestId: string, contentType: string): PostedResponse => {
    const { sent, answered } = open('POST', `${root}/invocation/${requestId}/response`, {
      'Content-Type': contentType,
      'Transfer-Encoding': 'chunked',
      'Lambda-Runtime-Function-Response-Mode': 'streaming',
      Trailer: Object.keys(errorTrailers()).join(', '),
      ...memoryHeader(),
    });
    return {
      write: (chunk, callback) => void sent.write(chunk, callback),
      end: async error => {
        await flushOutput();
        if (error !== undefined) sent.addTrailers(errorTrailers(error));
        sent.end();
        await answered;
      },
    };
  };
  let streamed: { readonly requestId: string; readonly stream: ResponseStream } | undefined;
  return {
    next: async () => {
      const { headers, body } = await call('GET', `${root}/invocation/next`, {});
      return invocationOf(headers, body);
    },
    respond: (requestId, body) => post(`${root}/invocation/${requestId}/response`, body),
    stream: (requestId, highWaterMark) => {
      const stream = new ResponseStream(type => postInPieces(requestId, type), highWaterMark);
      streamed = { requestId, stream };
      return stream;
    },
    fail: async (requestId, error) => {
      if (streamed?.requestId === requestId && (await streamed.stream.fail(error))) return;
      await post(`${root}/invocation/${requestId}/error`, JSON.stringify(error), errorHeader(error));
    },
    initError: error => post(`${root}/init/error`, JSON.stringify(error), errorHeader(error)),
  };
}

function invocationOf(headers: IncomingHttpHeaders, body: string): Invocation {
  const text = (name: string) => {
    const value = headers[name];
    return typeof value === 'string' ? value : undefined;
  };
  const optional = {
    traceHeader: text('lambda-runtime-trace-id'),
    clientContext: text('lambda-runtime-client-context'),
    identity: text('lambda-runtime-cognito-identity'),
    tenantId: text('lambda-runtime-aws-tenant-id'),
  };
  return {
    requestId: text('lambda-runtime-aws-request-id') ?? '',
    deadlineMs: Number(text('lambda-runtime-deadline-ms')),
    invokedFunctionArn: text('lambda-runtime-invoked-function-arn') ?? '',
    body,
    ...(Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)) as Partial<
      Record<keyof typeof optional, string>
    >),
  };
}

/** A header holds Latin-1 without control characters; an error's name can be anything. */
function errorHeader(error: ErrorBody): Record<string, string> {
  return { 'Lambda-Runtime-Function-Error-Type': error.errorType.replace(/[^ -~]/g, '?') };
}

/** How a streamed response says that it failed; the names alone where it has not. */
function errorTrailers(error?: ErrorBody): Record<string, string> {
  const type = error === undefined ? '' : errorHeader(error)['Lambda-Runtime-Function-Error-Type'];
  return {
    'Lambda-Runtime-Function-Error-Type': type ?? '',
    'Lambda-Runtime-Function-Error-Body': Buffer.from(JSON.stringify(error) ?? '').toString('base64'),
  };
}

/** On Linux the engine reads the process's memory itself. */
function memoryHeader(): Record<string, string> {
  return process.platform === 'linux'
    ? {}
    : { 'Lambda-Lens-Max-Memory-Kb': String(process.resourceUsage().maxRSS) };
}

function statusOf(response: IncomingMessage): { headers: IncomingHttpHeaders; status: number } {
  return { headers: response.headers, status: response.statusCode ?? 500 };
}

function readText(response: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    response.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    response.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    response.on('error', reject);
  });
}
