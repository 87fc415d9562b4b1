import type { Clock } from '../../shared/clock.ts';
import type { Disposable } from '../../shared/disposable.ts';

/** A moment that something must not outlast. */
export interface Deadline extends Disposable {
  /** Epoch milliseconds; without the time for which it was suspended. */
  readonly at: number;
  /** Stops the time; what is left of it runs on from {@link resume}. */
  suspend(): void;
  resume(): void;
}

/** Calls back `ms` milliseconds from now: never early, which timers can be by a fraction of a millisecond. */
export function startDeadline(clock: Clock, ms: number, callback: () => void): Deadline {
  let due = clock.monotonic() + ms;
  let timer = clock.after(ms, expire);
  let left: number | undefined;
  let isOver = false;
  function expire(): void {
    const rest = due - clock.monotonic();
    if (rest > 0) timer = clock.after(Math.ceil(rest), expire);
    else {
      isOver = true;
      callback();
    }
  }
  return {
    at: Math.ceil(clock.now() + ms),
    suspend: () => {
      if (isOver || left !== undefined) return;
      left = Math.max(0, due - clock.monotonic());
      timer.dispose();
    },
    resume: () => {
      if (isOver || left === undefined) return;
      due = clock.monotonic() + left;
      timer = clock.after(Math.ceil(left), expire);
      left = undefined;
    },
    dispose: () => {
      isOver = true;
      timer.dispose();
    },
  };
}
