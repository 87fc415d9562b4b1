import type { Clock } from '../../shared/clock.ts';
import type { Attempt } from './attempt.ts';
import { MemoryWatch } from './memoryWatch.ts';

/** How long the figure of an invocation is good for the next one, if that is over before it can take much. */
const trustedMs = 20;
const shortMs = 2;

/** Measures the memory of an environment's processes, and ends what takes more than there is. */
export class MemoryMeter {
  readonly #clock: Pick<Clock, 'after' | 'monotonic'>;
  readonly #watch: MemoryWatch;
  #attempt: Attempt | undefined;
  #sampledAt = Number.NEGATIVE_INFINITY;
  #maxMb = 0;

  /** @param limitMb what the processes may hold together */
  constructor(clock: Pick<Clock, 'after' | 'monotonic'>, limitMb: number) {
    this.#clock = clock;
    this.#watch = new MemoryWatch(clock, () => {
      const memory = this.#attempt?.memory('group');
      if (memory === undefined) return;
      this.#maxMb = Math.max(this.#maxMb, memory.peakMb);
      // Its exit tells of it, as it does where the system itself runs out of memory.
      if (memory.heldMb > limitMb) this.#attempt?.kill();
    });
  }

  /** The most that was ever resident, in MB. */
  get maxMb(): number {
    return this.#maxMb;
  }

  /** From now on these processes are measured. */
  follow(attempt: Attempt): void {
    this.#attempt = attempt;
    this.#sampledAt = Number.NEGATIVE_INFINITY;
  }

  /** Looks again and again as long as something runs. */
  watch(running: boolean): void {
    this.#watch.set(running);
  }

  /**
   * @param ranMs how long something has run since the last call
   * @param reportedKb what the runtime says of itself, for systems that do not tell.
   */
  sample(ranMs: number, reportedKb = 0): void {
    const now = this.#clock.monotonic();
    if (ranMs < shortMs && now - this.#sampledAt < trustedMs) return;
    this.#sampledAt = now;
    const memory = this.#attempt?.memory('process');
    this.#maxMb = Math.max(this.#maxMb, memory?.peakMb ?? Math.ceil(reportedKb / 1024));
  }
}
