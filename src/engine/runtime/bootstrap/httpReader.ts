/** A request or an answer in HTTP/1.1. */
export interface HttpMessage {
  /** For example `GET /path HTTP/1.1` or `HTTP/1.1 200 OK`. */
  readonly startLine: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Absent when it is larger than may be. */
  readonly body: Buffer | undefined;
}

/**
 * Puts together the messages between our bootstraps and the engine, which say of every body how long it is and
 * come one at a time. What others send is read by Node's own parser.
 */
export class HttpReader {
  readonly #maxBodyBytes: number;
  #chunks: Buffer[] = [];
  #bytes = 0;
  #head: Head | undefined;

  constructor(maxBodyBytes = Number.POSITIVE_INFINITY) {
    this.#maxBodyBytes = maxBodyBytes;
  }

  /**
   * The message, once all of it is there.
   *
   * @throws Error when its head is longer than any that is sent
   */
  read(chunk: Buffer): HttpMessage | undefined {
    this.#chunks.push(chunk);
    this.#bytes += chunk.byteLength;
    this.#head ??= parseHead(this.#joined());
    if (this.#head === undefined) return undefined;
    const { startLine, headers, end, bodyBytes } = this.#head;
    const isTooLarge = bodyBytes > this.#maxBodyBytes;
    if (isTooLarge) this.#chunks = [];
    if (this.#bytes < end + bodyBytes) return undefined;
    const body = isTooLarge ? undefined : this.#joined().subarray(end, end + bodyBytes);
    this.#chunks = [];
    this.#bytes = 0;
    this.#head = undefined;
    return { startLine, headers, body };
  }

  #joined(): Buffer {
    const [first] = this.#chunks;
    if (this.#chunks.length === 1 && first !== undefined) return first;
    const joined = Buffer.concat(this.#chunks);
    this.#chunks = [joined];
    return joined;
  }
}

/** A client context, which is the longest there is, has 3.5 KB. */
const maxHeadBytes = 64 * 1024;

interface Head {
  readonly startLine: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Where the body begins. */
  readonly end: number;
  readonly bodyBytes: number;
}

function parseHead(received: Buffer): Head | undefined {
  const blank = received.indexOf('\r\n\r\n');
  if (blank === -1) {
    if (received.byteLength > maxHeadBytes) throw new Error('This is no message of a bootstrap.');
    return undefined;
  }
  const [startLine = '', ...lines] = received.toString('latin1', 0, blank).split('\r\n');
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
  }
  return { startLine, headers, end: blank + 4, bodyBytes: Number(headers['content-length'] ?? 0) };
}
