import type { Clock } from '../../shared/clock.ts';

/** How often a running environment is looked at. What a process allocates in less than that is seen late. */
const intervalMs = 200;

/** Looks at the memory of an environment again and again, as long as something runs in it. */
export class MemoryWatch {
  readonly #clock: Pick<Clock, 'after'>;
  readonly #look: () => void;
  #isOn = false;
  #isScheduled = false;

  constructor(clock: Pick<Clock, 'after'>, look: () => void) {
    this.#clock = clock;
    this.#look = look;
  }

  /** Looks on if `on`, else rests. What is switched with every invocation leaves its timer running out. */
  set(on: boolean): void {
    this.#isOn = on;
    if (on && !this.#isScheduled) this.#schedule();
  }

  #schedule(): void {
    this.#isScheduled = true;
    this.#clock.after(intervalMs, () => {
      this.#isScheduled = false;
      if (!this.#isOn) return;
      this.#schedule();
      this.#look();
    });
  }
}
