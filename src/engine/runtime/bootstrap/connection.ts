import { connect, type Socket } from 'node:net';
import { type HttpMessage, HttpReader } from './httpReader.ts';

/** An answer of the Runtime API. */
export interface ApiAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * One connection to the engine's Runtime API, for one request at a time. It speaks as much HTTP/1.1 as the engine
 * answers with: Node's own client takes longer for a request than the handler of a warm invocation does.
 *
 * The process ends where the API is out of reach: there is nothing left to do.
 */
export class ApiConnection {
  readonly #host: string;
  readonly #port: number;
  readonly #address: string;
  #socket: Socket | undefined;
  #settle: ((answer: ApiAnswer) => void) | undefined;

  /** @param address `host:port` */
  constructor(address: string) {
    const [host = '', port = ''] = address.split(':');
    this.#host = host;
    this.#port = Number(port);
    this.#address = address;
  }

  /** @param body absent for a request without one */
  send(
    method: string,
    path: string,
    headers: Readonly<Record<string, string>>,
    body?: string,
  ): Promise<ApiAnswer> {
    let head = `${method} ${path} HTTP/1.1\r\nHost: ${this.#address}\r\n`;
    for (const [name, value] of Object.entries(headers)) head += `${name}: ${value}\r\n`;
    if (body !== undefined) head += `Content-Length: ${Buffer.byteLength(body)}\r\n`;
    const socket = this.#open();
    // While nothing is asked the connection keeps no process alive: a handler whose promise never settles ends
    // the process as it does on Lambda.
    socket.ref();
    socket.write(`${head}\r\n${body ?? ''}`);
    return new Promise(resolve => {
      this.#settle = resolve;
    });
  }

  #open(): Socket {
    const open = this.#socket;
    if (open !== undefined && !open.destroyed && open.writable) return open;
    const socket = connect({ host: this.#host, port: this.#port, noDelay: true });
    this.#socket = socket;
    const reader = new HttpReader();
    socket.on('data', chunk => {
      const message = reader.read(chunk);
      if (message === undefined) return;
      socket.unref();
      const settle = this.#settle;
      this.#settle = undefined;
      settle?.(answerOf(message));
    });
    // Told by 'close'.
    socket.on('error', () => {});
    socket.on('close', () => {
      if (this.#settle !== undefined && this.#socket === socket) process.exit(1);
    });
    return socket;
  }
}

function answerOf({ startLine, headers, body }: HttpMessage): ApiAnswer {
  return { status: Number(startLine.split(' ')[1]), headers, body: body?.toString('utf8') ?? '' };
}
