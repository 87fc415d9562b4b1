import type { Clock } from '../../shared/clock.ts';
import type { ResponseHead, ResponseSink } from '../invoke/responseSink.ts';

/*
 * The limits of a response that is streamed.
 * https://docs.aws.amazon.com/lambda/latest/dg/config-rs-bandwidth-cap.html
 */
export const maxStreamedBytes = 200 * 1024 * 1024;
const uncappedBytes = 6 * 1024 * 1024;
const bytesOfAMillisecond = (2 * 1024 * 1024) / 1000;

/** Waits that are shorter are saved up: each would cost a timer. */
const shortestWaitMs = 20;

/**
 * How long to wait before more is sent.
 *
 * @param bytes how many were sent so far
 * @param elapsedMs since the first of them that is capped
 */
export function waitOf(bytes: number, elapsedMs: number): number {
  const wait = (bytes - uncappedBytes) / bytesOfAMillisecond - elapsedMs;
  return wait < shortestWaitMs ? 0 : wait;
}

/** A response as it comes from the runtime: held to Lambda's rate, and refused beyond Lambda's size. */
export class StreamedResponse {
  readonly #sink: ResponseSink;
  readonly #clock: Pick<Clock, 'after' | 'monotonic'>;
  #bytes = 0;
  #cappedSince: number | undefined;

  constructor(sink: ResponseSink, head: ResponseHead, clock: Pick<Clock, 'after' | 'monotonic'>) {
    this.#sink = sink;
    this.#clock = clock;
    sink.begin(head);
  }

  /** What is beyond the limit is not passed on. */
  get isTooLarge(): boolean {
    return this.#bytes > maxStreamedBytes;
  }

  /** @returns what is to be waited for before the next piece, if anything is */
  write(chunk: Uint8Array): Promise<unknown> | undefined {
    this.#bytes += chunk.byteLength;
    if (this.isTooLarge) return undefined;
    const taken = this.#sink.write(chunk);
    const wait = this.#wait();
    if (wait === 0) return taken;
    const paused = new Promise<void>(resolve => this.#clock.after(wait, resolve));
    return taken === undefined ? paused : Promise.all([taken, paused]);
  }

  #wait(): number {
    if (this.#bytes <= uncappedBytes) return 0;
    const now = this.#clock.monotonic();
    this.#cappedSince ??= now;
    return waitOf(this.#bytes, now - this.#cappedSince);
  }
}
