/** The most bytes of one invocation's log that are kept; what is older is dropped and counted. */
const keptBytes = 8 * 1024 * 1024;

/** Collects what an environment's process prints and what the platform says about it, in order. */
export class InvocationLog {
  #chunks: Uint8Array[] = [];
  #bytes = 0;
  #droppedBytes = 0;
  #atLineStart = true;
  #everWritten = 0;

  /** How many bytes were ever written. */
  get everWritten(): number {
    return this.#everWritten;
  }

  /** Output of the process, as it comes. */
  write(chunk: Uint8Array): void {
    if (chunk.byteLength === 0) return;
    this.#everWritten += chunk.byteLength;
    this.#chunks.push(chunk);
    this.#bytes += chunk.byteLength;
    this.#atLineStart = chunk[chunk.byteLength - 1] === 0x0a;
    while (this.#bytes > keptBytes && this.#chunks.length > 1) {
      const oldest = this.#chunks.shift();
      this.#bytes -= oldest?.byteLength ?? 0;
      this.#droppedBytes += oldest?.byteLength ?? 0;
    }
  }

  /** A line of the platform, which begins on a line of its own. */
  line(text: string): void {
    this.write(Buffer.from(this.#atLineStart ? text : `\n${text}`));
  }

  /** Everything since the last call. Bytes that are not UTF-8 become U+FFFD. */
  take(): string {
    const text = Buffer.concat(this.#chunks).toString('utf8');
    const dropped = this.#droppedBytes;
    this.#chunks = [];
    this.#bytes = 0;
    this.#droppedBytes = 0;
    this.#atLineStart = true;
    return dropped === 0
      ? text
      : `[${dropped} bytes of this log were dropped: it is longer than 8 MB]\n${text}`;
  }
}
