import type { Clock } from '../../shared/clock.ts';
import type { Disposable } from '../../shared/disposable.ts';

/** A moment that something must not outlast. */
export interface Deadline extends Disposable {
  /** Epoch milliseconds. */
  readonly at: number;
}

/** Calls back `ms` milliseconds from now: never early, which timers can be by a fraction of a millisecond. */
export function startDeadline(clock: Clock, ms: number, callback: () => void): Deadline {
  const due = clock.monotonic() + ms;
  let timer = clock.after(ms, expire);
  function expire(): void {
    const rest = due - clock.monotonic();
    if (rest > 0) timer = clock.after(Math.ceil(rest), expire);
    else callback();
  }
  return { at: Math.ceil(clock.now() + ms), dispose: () => timer.dispose() };
}
