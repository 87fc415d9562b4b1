import { connect, type Socket } from 'node:net';

/** An answer of the Runtime API. */
export interface ApiAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * One connection to the engine's Runtime API, for one request at a time. It speaks as much HTTP/1.1 as the engine
 * answers with, which says of every body how long it is: Node's own client takes longer for a request than the
 * handler of a warm invocation does.
 *
 * The process ends where the API is out of reach: there is nothing left to do.
 */
export class ApiConnection {
  readonly #host: string;
  readonly #port: number;
  readonly #address: string;
  #socket: Socket | undefined;
  #settle: ((answer: ApiAnswer) => void) | undefined;
  #reader = new AnswerReader();

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
    this.#reader = new AnswerReader();
    socket.on('data', chunk => {
      const answer = this.#reader.read(chunk);
      if (answer === undefined) return;
      socket.unref();
      const settle = this.#settle;
      this.#settle = undefined;
      settle?.(answer);
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      if (this.#settle !== undefined && this.#socket === socket) process.exit(1);
    });
    return socket;
  }
}

/** Puts an answer together from what comes in. */
class AnswerReader {
  #chunks: Uint8Array[] = [];
  #bytes = 0;
  #head:
    | { readonly status: number; readonly headers: Record<string, string>; readonly end: number }
    | undefined;

  /** The answer, once all of it is there. */
  read(chunk: Buffer): ApiAnswer | undefined {
    this.#chunks.push(chunk);
    this.#bytes += chunk.byteLength;
    this.#head ??= this.#readHead();
    if (this.#head === undefined) return undefined;
    const { status, headers, end } = this.#head;
    const whole = end + Number(headers['content-length'] ?? 0);
    if (this.#bytes < whole) return undefined;
    const body = this.#joined().toString('utf8', end, whole);
    this.#chunks = [];
    this.#bytes = 0;
    this.#head = undefined;
    return { status, headers, body };
  }

  #readHead() {
    const received = this.#joined();
    const blank = received.indexOf('\r\n\r\n');
    if (blank === -1) return undefined;
    const [statusLine = '', ...lines] = received.toString('latin1', 0, blank).split('\r\n');
    const headers: Record<string, string> = {};
    for (const line of lines) {
      const colon = line.indexOf(':');
      headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
    }
    return { status: Number(statusLine.split(' ')[1]), headers, end: blank + 4 };
  }

  #joined(): Buffer {
    const [first] = this.#chunks;
    if (this.#chunks.length === 1 && first instanceof Buffer) return first;
    const joined = Buffer.concat(this.#chunks);
    this.#chunks = [joined];
    return joined;
  }
}
