import type { Attempt } from './attempt.ts';

/** Suspends the processes of an environment while they wait for an event, where that is wanted. */
export class Freezer {
  readonly #enabled: boolean;
  #due: NodeJS.Immediate | undefined;

  constructor(enabled: boolean) {
    this.#enabled = enabled;
  }

  /**
   * Behind what this turn of the event loop has still to do: to send the invocation's answer, and perhaps to hand
   * the next event to the same processes, which are then not suspended at all.
   */
  freeze(attempt: Attempt | undefined): void {
    if (!this.#enabled) return;
    this.#due = setImmediate(() => {
      this.#due = undefined;
      attempt?.freeze();
    });
  }

  thaw(attempt: Attempt | undefined): void {
    if (!this.#enabled) return;
    if (this.#due === undefined) attempt?.thaw();
    clearImmediate(this.#due);
    this.#due = undefined;
  }
}
