import type { Clock } from '../../shared/clock.ts';
import type { Disposable } from '../../shared/disposable.ts';

/** How often a running environment is looked at. What a process allocates in less than that is seen late. */
const intervalMs = 200;

/** Looks at the memory of an environment again and again, as long as something runs in it. */
export class MemoryWatch {
  readonly #clock: Pick<Clock, 'after'>;
  readonly #look: () => void;
  #timer: Disposable | undefined;

  constructor(clock: Pick<Clock, 'after'>, look: () => void) {
    this.#clock = clock;
    this.#look = look;
  }

  /** Looks on if `on`, else rests. */
  set(on: boolean): void {
    if (!on) {
      this.#timer?.dispose();
      this.#timer = undefined;
    } else if (this.#timer === undefined) {
      this.#schedule();
    }
  }

  #schedule(): void {
    this.#timer = this.#clock.after(intervalMs, () => {
      // Before the look, which may end the watch.
      this.#schedule();
      this.#look();
    });
  }
}
