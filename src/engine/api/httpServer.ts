import { createServer, type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { messageOf, UserError } from '../../shared/errors.ts';
import type { Log } from '../../shared/log.ts';
import { serviceException } from '../invoke/serviceErrors.ts';
import type { Ids } from '../ports.ts';
import { type HttpHead, type HttpReply, parseTarget, type StreamingReply } from './http.ts';
import { takeHttp2 } from './http2.ts';
import { errorReply, frontError } from './serviceErrors.ts';

export type Body =
  | { readonly kind: 'whole'; readonly bytes: Uint8Array }
  | { readonly kind: 'tooLarge'; readonly byteLength: number };

/** @param readBody reads the body once, at most `limit` bytes of it. */
export type RequestListener = (
  head: HttpHead,
  requestId: string,
  readBody: (limit: number) => Promise<Body>,
) => Promise<HttpReply | StreamingReply>;

export interface HttpServer {
  readonly port: number;
  /** Takes requests from now on; none is lost between listening and this call. */
  listen(listener: RequestListener): void;
  /** Stops at once: open connections are cut. */
  close(): Promise<void>;
}

/**
 * Listens on the loopback interface only. Every answer carries an `x-amzn-RequestId`, also those to what is no
 * HTTP at all.
 *
 * @param port 0 lets the system choose.
 * @throws UserError when the port cannot be had.
 */
export async function startHttpServer(port: number, ids: Pick<Ids, 'uuid'>, log: Log): Promise<HttpServer> {
  const server = createServer({
    // Longer than clients keep idle connections, so that it is the client who closes them.
    keepAliveTimeout: 120_000,
    maxHeaderSize: 64 * 1024,
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket) =>
    refuseGarbage(error, socket, ids.uuid()),
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', error => reject(listenError(error, port)));
    server.listen(port, '127.0.0.1', resolve);
  });
  let http2: ReturnType<typeof takeHttp2> | undefined;
  return {
    port: (server.address() as AddressInfo).port,
    listen(listener) {
      const onRequest = (message: IncomingMessage, response: ServerResponse) => {
        const requestId = ids.uuid();
        answer(message, response, requestId, listener).catch((error: unknown) => {
          if (response.destroyed) return;
          log.error(`${message.method} ${message.url?.replace(/\?.*/, '')} failed inside the engine`, error);
          if (response.headersSent) response.destroy();
          else
            send(response, errorReply(serviceException('The engine failed; its log says why.')), requestId);
        });
      };
      server.on('request', onRequest);
      http2 = takeHttp2(server, onRequest);
    },
    close() {
      const closed = new Promise<void>(resolve => server.close(() => resolve()));
      server.closeAllConnections();
      http2?.close();
      return closed;
    },
  };
}

async function answer(
  message: IncomingMessage,
  response: ServerResponse,
  requestId: string,
  listener: RequestListener,
): Promise<void> {
  const target = parseTarget(message.url ?? '');
  const reply = target
    ? await listener(
        { method: message.method ?? '', ...target, headers: singleHeaders(message) },
        requestId,
        limit => readBody(message, limit),
      )
    : errorReply(frontError('InvalidRequestException', 400, 'The request target is no path.'));
  if ('stream' in reply) {
    response.setHeader('x-amzn-requestid', requestId);
    reply.stream(response);
  } else send(response, reply, requestId);
}

function send(response: ServerResponse, reply: HttpReply, requestId: string): void {
  const length = typeof reply.body === 'string' ? Buffer.byteLength(reply.body) : reply.body.length;
  const head = ['x-amzn-requestid', requestId];
  for (const [name, value] of Object.entries(reply.headers)) head.push(name, value);
  if (reply.status !== 204) head.push('content-length', String(length));
  response.writeHead(reply.status, head);
  // What is small leaves as one text with the head: each character of Latin-1 is a byte.
  if (typeof reply.body === 'string' || length > 16_384) response.end(reply.body);
  else
    response.end(Buffer.from(reply.body.buffer, reply.body.byteOffset, length).toString('latin1'), 'latin1');
}

function singleHeaders(message: IncomingMessage): Record<string, string> {
  const headers = Object.create(null) as Record<string, string>;
  for (const name in message.headers) {
    const value = message.headers[name];
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(',') : value;
  }
  return headers;
}

/** What is beyond the limit is read and dropped, because a client that still sends does not read an answer. */
function readBody(message: IncomingMessage, limit: number): Promise<Body> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const announced = Number(message.headers['content-length'] ?? Number.NaN);
    let byteLength = 0;
    const finish = () =>
      resolve(
        byteLength > limit
          ? { kind: 'tooLarge', byteLength }
          : { kind: 'whole', bytes: chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks) },
      );
    message.on('data', (chunk: Buffer) => {
      byteLength += chunk.length;
      if (byteLength <= limit) chunks.push(chunk);
      else chunks.length = 0;
      // The end is told only later, when there is nothing else to do.
      if (byteLength !== announced) return;
      message.off('end', finish);
      finish();
    });
    message.on('end', finish);
    message.on('error', reject);
    message.on('close', () => {
      if (!message.complete) reject(new Error('The client went away before its request was complete'));
    });
  });
}

function refuseGarbage(
  error: NodeJS.ErrnoException,
  socket: Socket | NodeJS.WritableStream,
  requestId: string,
) {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    if ('destroy' in socket) socket.destroy();
    return;
  }
  const isTooLarge = error.code === 'HPE_HEADER_OVERFLOW';
  const status = isTooLarge ? 431 : error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400;
  const { body } = errorReply(frontError('InvalidRequestException', status, 'This is no HTTP/1.1 request.'));
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\ncontent-type: application/json\r\nx-amzn-errortype: InvalidRequestException\r\nx-amzn-requestid: ${requestId}\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`,
  );
}

function listenError(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code === 'EADDRINUSE') {
    return new UserError(
      `Port ${port} of 127.0.0.1 is already in use. End the program that uses it, or choose another port (0 lets the system choose).`,
      { cause: error },
    );
  }
  if (error.code === 'EACCES') {
    return new UserError(
      `Port ${port} of 127.0.0.1 may not be used without privileges. Choose a port above 1023, or 0.`,
      { cause: error },
    );
  }
  return new UserError(`The engine cannot listen on 127.0.0.1:${port}: ${messageOf(error)}`, {
    cause: error,
  });
}
