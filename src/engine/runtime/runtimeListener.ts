import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { maxResponseBytes } from '../invoke/functionErrors.ts';
import { isFromBootstrap, serveBootstrap } from './bootstrapConnection.ts';
import type { RuntimeApiHandlers, RuntimeReply } from './runtimeApi.ts';
import { answerRoute, isForeign, serveOperation } from './runtimeOperations.ts';
import { maxStreamedBytes, type StreamedResponse } from './streamedResponse.ts';

export interface RuntimeApi {
  /** `host:port`, for AWS_LAMBDA_RUNTIME_API. */
  readonly address: string;
  close(): void;
}

/** The Runtime API of one execution environment on a loopback port of its own. */
export async function listenForRuntime(handlers: RuntimeApiHandlers): Promise<RuntimeApi> {
  const sockets = new Set<Socket>();
  // A poll lasts as long as the environment is idle: no limit on time may end it.
  const http = createHttpServer({ keepAliveTimeout: 0, requestTimeout: 0, headersTimeout: 0 });
  const server = createServer({ noDelay: true }, socket => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    // What is cut off is told by 'close'.
    socket.on('error', () => {});
    socket.once('data', first => {
      if (isFromBootstrap(first)) {
        serveBootstrap(handlers, socket, first, address);
        return;
      }
      socket.pause();
      socket.unshift(first);
      http.emit('connection', socket);
      process.nextTick(() => socket.resume());
    });
  });
  http.on('request', (request, response) => {
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
      for (const socket of sockets) socket.destroy();
    },
  };
}

async function serve(
  handlers: RuntimeApiHandlers,
  request: IncomingMessage,
  response: ServerResponse,
  address: string,
): Promise<void> {
  const { method, url, headers } = request;
  const route = `${method} ${url}`;
  const reply: RuntimeReply = {
    send: (status, given, bytes) => {
      response.writeHead(status, { ...given, 'Content-Length': bytes.byteLength });
      response.end(bytes);
    },
    onAbandoned: callback => response.once('close', callback),
  };
  const stream = isForeign(request, address) ? undefined : streamOf(handlers, route, headers);
  const body = stream === undefined ? await readBody(request) : await passOn(request, stream.response);
  if (body === 'aborted') {
    if (stream !== undefined) handlers.truncated(stream.requestId);
    return;
  }
  serveOperation(
    handlers,
    {
      route,
      headers,
      trailers: request.trailers,
      body: body === 'tooLarge' ? undefined : body,
      ...(stream === undefined ? {} : { limit: maxStreamedBytes }),
    },
    reply,
    address,
  );
}

/** Where the pieces of a response go that is not to be read to its end first. */
function streamOf(handlers: RuntimeApiHandlers, route: string, headers: IncomingMessage['headers']) {
  const [, requestId, kind] = answerRoute.exec(route) ?? [];
  const mode = headers['lambda-runtime-function-response-mode'];
  if (requestId === undefined || kind !== 'response' || String(mode).toLowerCase() !== 'streaming') return;
  const response = handlers.stream(requestId, headers['content-type'] ?? 'application/octet-stream');
  return response && { requestId, response };
}

/** Nothing is left of the body at its end; what comes after the limit is read, and dropped. */
function passOn(
  request: IncomingMessage,
  response: StreamedResponse,
): Promise<Uint8Array | 'tooLarge' | 'aborted'> {
  return new Promise(resolve => {
    request.on('data', (chunk: Uint8Array) => {
      const ready = response.write(chunk);
      if (response.isTooLarge) resolve('tooLarge');
      else if (ready !== undefined) {
        request.pause();
        void ready.then(() => request.resume());
      }
    });
    request.on('end', () => resolve(new Uint8Array()));
    request.on('error', () => resolve('aborted'));
  });
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
