import { PassThrough, type Readable } from 'node:stream';
import type { ResponseHead, ResponseSink } from './responseSink.ts';

/**
 * A response on its way from the runtime to whoever reads it. A reader who goes away ends no function: what comes
 * after that is dropped.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-response-streaming.html
 */
export class ResponsePipe implements ResponseSink {
  readonly #stream = new PassThrough();
  readonly #begun = Promise.withResolvers<ResponseHead>();
  #byteLength = 0;

  get readable(): Readable {
    return this.#stream;
  }

  /** Settles when the response begins; never where it does not. */
  get begun(): Promise<ResponseHead> {
    return this.#begun.promise;
  }

  /** How much was written, whoever read it. */
  get byteLength(): number {
    return this.#byteLength;
  }

  begin(head: ResponseHead): void {
    this.#begun.resolve(head);
  }

  write(chunk: Uint8Array): Promise<void> | undefined {
    this.#byteLength += chunk.byteLength;
    const stream = this.#stream;
    if (stream.destroyed || chunk.byteLength === 0 || stream.write(chunk)) return undefined;
    return new Promise(resolve => {
      const settle = () => {
        stream.off('drain', settle);
        stream.off('close', settle);
        resolve();
      };
      stream.on('drain', settle);
      stream.on('close', settle);
    });
  }

  /** Nothing more is to come, whether or not that is all. */
  end(): void {
    this.#stream.end();
  }
}
