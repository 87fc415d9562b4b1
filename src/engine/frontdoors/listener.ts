import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { messageOf, UserError } from '../../shared/errors.ts';
import type { Log } from '../../shared/log.ts';
import type { ClientRequest } from './clientRequest.ts';
import type { GatewayReply, HeaderList, StreamedBody } from './gatewayRequest.ts';

export interface Listener {
  readonly port: number;
  /** Stops at once: open connections are cut. */
  close(): Promise<void>;
}

/**
 * Takes the requests to APIs and function URLs, on the loopback interface only.
 *
 * @param ports are tried in their order; 0 lets the system choose.
 * @throws UserError when none can be had.
 */
export async function startListener(
  ports: readonly number[],
  handle: (request: ClientRequest) => Promise<GatewayReply>,
  log: Log,
): Promise<Listener> {
  const server = createServer(
    // As long as load balancers of AWS keep idle connections.
    { keepAliveTimeout: 60_000, maxHeaderSize: 64 * 1024 },
    (message, response) => {
      answer(message, response, handle).catch((error: unknown) => {
        if (response.destroyed) return;
        log.error(`${message.method} ${message.url?.replace(/\?.*/, '')} failed inside the engine`, error);
        if (response.headersSent) response.destroy();
        else send(response, { status: 500, headers: [], body: 'The engine failed; its log says why.' });
      });
    },
  );
  const port = await listen(server, ports);
  return {
    port,
    close() {
      const closed = new Promise<void>(resolve => server.close(() => resolve()));
      server.closeAllConnections();
      return closed;
    },
  };
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html */
const maxBodyBytes = 10 * 1024 * 1024;

const emptyBody = new Uint8Array();

async function answer(
  message: IncomingMessage,
  response: ServerResponse,
  handle: (request: ClientRequest) => Promise<GatewayReply>,
): Promise<void> {
  const body = hasBody(message) ? await readBody(message) : emptyBody;
  const target = originForm(message.url ?? '');
  if (target === undefined) return send(response, { status: 400, headers: [], body: 'Bad Request' });
  if (body === undefined) {
    return send(response, {
      status: 413,
      headers: [['content-type', 'application/json']],
      body: '{"message":"Request Too Long"}',
    });
  }
  const mark = target.indexOf('?');
  const reply = await handle({
    method: message.method ?? 'GET',
    path: mark === -1 ? target : target.slice(0, mark),
    query: mark === -1 ? '' : target.slice(mark + 1),
    headers: pairs(message.rawHeaders),
    body,
    protocol: `HTTP/${message.httpVersion}`,
    sourceIp: message.socket.remoteAddress ?? '127.0.0.1',
  });
  if (reply.stream) sendStream(response, reply, reply.stream);
  else send(response, reply);
}

function send(response: ServerResponse, { status, headers, body }: GatewayReply): void {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  const isEmpty = status === 204 || status === 304;
  const flat = headers.flat();
  if (isEmpty) {
    response.writeHead(status, flat).end();
    return;
  }
  response.writeHead(status, [...flat, 'content-length', String(bytes.length)]);
  // What is small leaves as one text with the head: each character of Latin-1 is a byte.
  if (bytes.length > 16_384) response.end(bytes);
  else response.end(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1'), 'latin1');
}

/** What is not all is cut off, so that the client can tell. */
function sendStream(
  response: ServerResponse,
  { status, headers }: GatewayReply,
  { readable, ended }: StreamedBody,
): void {
  // A client who goes away ends no function: what it writes from then on is dropped.
  if (response.destroyed) readable.destroy();
  response.on('close', () => readable.destroy());
  response.writeHead(status, headers.flat());
  response.flushHeaders();
  readable.on('end', () => {
    void ended.then(({ problem }) => {
      if (problem === undefined) response.end();
      else response.socket?.destroySoon();
    });
  });
  if (status === 204 || status === 304) readable.resume();
  else readable.pipe(response, { end: false });
}

/** The path with its query, also of a request that was meant for a proxy. */
function originForm(url: string): string | undefined {
  if (url.startsWith('/')) return url;
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  return parsed && `${parsed.pathname}${parsed.search}`;
}

function pairs(rawHeaders: readonly string[]): HeaderList {
  const list: (readonly [string, string])[] = [];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    list.push([rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '']);
  }
  return list;
}

/** Undefined when it is too large; what is beyond is read and dropped, so that the client reads the answer. */
function readBody(message: IncomingMessage): Promise<Uint8Array | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let byteLength = 0;
    message.on('data', (chunk: Buffer) => {
      byteLength += chunk.length;
      if (byteLength <= maxBodyBytes) chunks.push(chunk);
      else chunks.length = 0;
    });
    message.on('end', () => resolve(byteLength > maxBodyBytes ? undefined : Buffer.concat(chunks)));
    message.on('error', reject);
  });
}

/** A request without a body is complete with its head. */
function hasBody({ headers }: IncomingMessage): boolean {
  return headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;
}

async function listen(server: Server, ports: readonly number[]): Promise<number> {
  for (const [index, port] of ports.entries()) {
    try {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, '127.0.0.1', () => {
          server.off('error', reject);
          resolve();
        });
      });
      return (server.address() as AddressInfo).port;
    } catch (error) {
      if (index < ports.length - 1) continue;
      throw new UserError(
        `The APIs cannot be served on port ${port} of 127.0.0.1: ${messageOf(error)}. End the program that uses it, or choose another port (0 lets the system choose).`,
        { cause: error },
      );
    }
  }
  throw new Error('No port was given');
}
