import type { Attempt } from './attempt.ts';

/**
 * How long processes wait for their next event before they are suspended: what is called again and again is not
 * suspended in between, as it is not on Lambda.
 */
const lingerMs = 1;

/** Suspends the processes of an environment while they wait for an event, where that is wanted. */
export class Freezer {
  readonly #enabled: boolean;
  #due: NodeJS.Timeout | undefined;

  constructor(enabled: boolean) {
    this.#enabled = enabled;
  }

  /** Soon: the invocation's answer is sent first, and perhaps there is another event for the same processes. */
  freeze(attempt: Attempt | undefined): void {
    if (!this.#enabled) return;
    this.#due = setTimeout(() => {
      this.#due = undefined;
      attempt?.freeze();
    }, lingerMs);
  }

  thaw(attempt: Attempt | undefined): void {
    if (!this.#enabled) return;
    if (this.#due === undefined) attempt?.thaw();
    clearTimeout(this.#due);
    this.#due = undefined;
  }
}
