import { Writable } from 'node:stream';
import type { ErrorBody } from './errors.ts';

/** A response that is being posted to the Runtime API. */
export interface PostedResponse {
  write(chunk: Uint8Array, callback: (error?: Error | null) => void): void;
  /** Ends the response, with an error as its trailers if there is one; settled once the API has answered. */
  end(error?: ErrorBody): Promise<void>;
}

/**
 * What a streaming handler writes its response to. Nothing is posted before the first write.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/config-rs-write-functions.html
 */
export class ResponseStream extends Writable {
  readonly #post: (contentType: string) => PostedResponse;
  #contentType = 'application/octet-stream';
  #prelude: Uint8Array | undefined;
  #posted: PostedResponse | undefined;

  constructor(post: (contentType: string) => PostedResponse, highWaterMark?: number) {
    super(highWaterMark === undefined ? {} : { highWaterMark });
    this.#post = post;
  }

  /** Only before the first write. */
  setContentType(contentType: string): void {
    this.#contentType = contentType;
  }

  /** What is written before anything else. */
  setPrelude(prelude: Uint8Array): void {
    this.#prelude = prelude;
  }

  override _write(chunk: Uint8Array, _encoding: string, callback: (error?: Error | null) => void): void {
    this.#begin().write(chunk, callback);
  }

  override _final(callback: (error?: Error | null) => void): void {
    this.#begin()
      .end()
      .then(() => callback(), callback);
  }

  /** Ends a response that has begun with an error; false where nothing was posted that could be ended so. */
  async fail(error: ErrorBody): Promise<boolean> {
    if (this.#posted === undefined) return false;
    if (!this.writableEnded) await this.#posted.end(error);
    this.destroy();
    return true;
  }

  #begin(): PostedResponse {
    if (this.#posted === undefined) {
      this.#posted = this.#post(this.#contentType);
      if (this.#prelude !== undefined) this.#posted.write(this.#prelude, () => {});
    }
    return this.#posted;
  }
}

/** `awslambda.HttpResponseStream`: status, headers and cookies go before the body, parted from it by eight NULs. */
export const httpResponseStream = {
  from(stream: ResponseStream, metadata: unknown): ResponseStream {
    stream.setContentType('application/vnd.awslambda.http-integration-response');
    stream.setPrelude(Buffer.concat([Buffer.from(JSON.stringify(metadata)), Buffer.alloc(8)]));
    return stream;
  },
};
