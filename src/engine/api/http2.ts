import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer, type Http2ServerRequest, type IncomingHttpHeaders } from 'node:http2';
import type { Socket } from 'node:net';

/**
 * Lets a server take HTTP/2 as well, without TLS and without being asked (RFC 9113, section 3.3): so do the
 * SDK's clients speak to Kinesis wherever their endpoint is.
 *
 * @param server gets every other connection as before.
 * @returns what ends the connections that the server does not know of.
 */
export function takeHttp2(
  server: Server,
  listener: (message: IncomingMessage, response: ServerResponse) => void,
): { close(): void } {
  const open = new Set<Socket>();
  const http2 = createServer({}, (request, response) => {
    Object.defineProperty(request, 'headers', { value: plainHeaders(request.headers) });
    // Node's compatibility API has all that listeners of HTTP/1.1 use here.
    listener(request as Http2ServerRequest & IncomingMessage, response as unknown as ServerResponse);
  });
  http2.on('session', session => session.on('error', () => {}));
  const asBefore = server.listeners('connection');
  server.removeAllListeners('connection');
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    peek(socket, isHttp2 => {
      if (isHttp2) http2.emit('connection', socket);
      else {
        open.delete(socket);
        for (const listen of asBefore) listen.call(server, socket);
      }
    });
  });
  return {
    close() {
      for (const socket of open) socket.destroy();
    },
  };
}

/** As HTTP/1.1 has them: the authority is the host. It stays beside it, because it is what is signed. */
function plainHeaders(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const isTold = (name: string) => name === ':authority' || !name.startsWith(':');
  const told = Object.entries(headers).filter(([name]) => isTold(name));
  return { host: headers[':authority'], ...Object.fromEntries(told) };
}

/** The start of the client connection preface, which no method of HTTP/1.1 shares. */
const preface = 'PRI *';
/** As long as HTTP/1.1 has for its headers. */
const silenceMs = 60_000;

function peek(socket: Socket, decide: (isHttp2: boolean) => void): void {
  const read = () => {
    const chunk = socket.read() as Buffer | null;
    if (chunk === null) return;
    for (const [event, listener] of Object.entries(listeners)) socket.off(event, listener);
    socket.setTimeout(0);
    socket.unshift(chunk);
    decide(chunk.toString('latin1', 0, preface.length) === preface);
  };
  const destroy = () => socket.destroy();
  // A connection that ends or breaks before it says anything is nobody's.
  const listeners = { readable: read, end: destroy, timeout: destroy, error: () => {} };
  socket.setTimeout(silenceMs);
  for (const [event, listener] of Object.entries(listeners)) socket.on(event, listener);
}
