import type { Socket } from 'node:net';
import { maxResponseBytes } from '../invoke/functionErrors.ts';
import { HttpReader } from './bootstrap/httpReader.ts';
import type { RuntimeApiHandlers, RuntimeReply } from './runtimeApi.ts';
import { serveOperation } from './runtimeOperations.ts';

/** Whether a connection begins as those of our own bootstraps do. */
export function isFromBootstrap(first: Buffer): boolean {
  const marker = first.indexOf('\r\nUser-Agent: lambda-lens-', 0, 'latin1');
  return marker !== -1 && marker < first.indexOf('\r\n\r\n', 0, 'latin1');
}

/**
 * Serves the Runtime API to one of our bootstraps: a request at a time, each with a body of a known length. An
 * invocation passes here twice, and Node's own server takes longer for that than for all else that is done for it.
 *
 * @param first what has been read from the socket already
 */
export function serveBootstrap(
  handlers: RuntimeApiHandlers,
  socket: Socket,
  first: Buffer,
  address: string,
): void {
  const reader = new HttpReader(maxResponseBytes);
  let abandoned: (() => void) | undefined;
  const reply: RuntimeReply = {
    send: (status, headers, body) => {
      abandoned = undefined;
      let head = `HTTP/1.1 ${status} -\r\n`;
      for (const name in headers) head += `${name}: ${headers[name]}\r\n`;
      write(socket, `${head}Content-Length: ${body.byteLength}\r\n\r\n`, body);
    },
    onAbandoned: callback => {
      abandoned = callback;
    },
  };
  const receive = (chunk: Buffer) => {
    try {
      const message = reader.read(chunk);
      if (message === undefined) return;
      const { startLine, headers, body } = message;
      const route = startLine.slice(0, startLine.lastIndexOf(' '));
      serveOperation(handlers, { route, headers, trailers: {}, body }, reply, address);
    } catch (error) {
      handlers.failed(error);
      socket.destroy();
    }
  };
  socket.on('data', receive);
  socket.on('close', () => abandoned?.());
  receive(first);
}

/** What is small is written at once, as one text: each character of Latin-1 is a byte. */
function write(socket: Socket, head: string, body: Uint8Array): void {
  if (body.byteLength <= 16_384) {
    socket.write(
      head + Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('latin1'),
      'latin1',
    );
    return;
  }
  socket.cork();
  socket.write(head, 'latin1');
  socket.write(body);
  socket.uncork();
}
