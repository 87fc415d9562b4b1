import type { Outcome } from './protocol.ts';

type Ask<T> = (signal: AbortSignal) => Promise<Outcome<T>>;

interface Job {
  readonly signal: AbortSignal | undefined;
  /** Settles its caller; false where it is to be asked again. */
  readonly attempt: (signal: AbortSignal) => Promise<boolean>;
  readonly cancel: () => void;
}

/**
 * Requests that nobody waits for: each is asked when no other one is unanswered, one at a time. When another one
 * comes up, the one that is being answered is given up, and asked again later.
 */
export class BackgroundRequests {
  readonly #waiting: Job[] = [];
  #running: AbortController | undefined;
  #others = 0;

  /** A request that goes first begins; every call is followed by one of `ended`. */
  began(): void {
    this.#others += 1;
    this.#running?.abort();
  }

  ended(): void {
    this.#others -= 1;
    this.#next();
  }

  run<T>(ask: Ask<T>, signal?: AbortSignal): Promise<Outcome<T>> {
    if (signal?.aborted) return Promise.resolve({ kind: 'cancelled' });
    return new Promise((resolve, reject) => {
      const attempt = async (given: AbortSignal) => {
        try {
          const outcome = await ask(given);
          if (outcome.kind === 'cancelled' && !signal?.aborted) return false;
          resolve(outcome);
        } catch (error) {
          reject(error);
        }
        return true;
      };
      const job: Job = { signal, attempt, cancel: () => resolve({ kind: 'cancelled' }) };
      this.#waiting.push(job);
      signal?.addEventListener('abort', () => this.#drop(job), { once: true });
      this.#next();
    });
  }

  /** One that is being answered ends by its own signal. */
  #drop(job: Job): void {
    const index = this.#waiting.indexOf(job);
    if (index < 0) return;
    this.#waiting.splice(index, 1);
    job.cancel();
  }

  #next(): void {
    if (this.#others > 0 || this.#running) return;
    const job = this.#waiting.shift();
    if (!job) return;
    const running = new AbortController();
    this.#running = running;
    const signal = job.signal ? AbortSignal.any([running.signal, job.signal]) : running.signal;
    void job.attempt(signal).then(isSettled => {
      this.#running = undefined;
      if (!isSettled) this.#waiting.unshift(job);
      this.#next();
    });
  }
}
