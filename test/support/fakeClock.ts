import type { Clock } from '../../src/shared/clock.ts';
import { toDisposable } from '../../src/shared/disposable.ts';

/** A clock that only `pass` moves. */
export interface FakeClock extends Clock {
  /** Moves on and calls what falls due, in order. */
  pass(ms: number): void;
  /** How many timers are running. */
  pending(): number;
}

export function createFakeClock(start = Date.parse('2026-11-23T10:00:00Z')): FakeClock {
  let elapsed = 0;
  let timers: { readonly due: number; readonly callback: () => void }[] = [];
  return {
    now: () => start + elapsed,
    monotonic: () => elapsed,
    after(ms, callback) {
      const timer = { due: elapsed + ms, callback };
      timers = [...timers, timer];
      return toDisposable(() => {
        timers = timers.filter(other => other !== timer);
      });
    },
    pass(ms) {
      const until = elapsed + ms;
      for (;;) {
        const next = timers.filter(timer => timer.due <= until).sort((a, b) => a.due - b.due)[0];
        if (!next) break;
        timers = timers.filter(timer => timer !== next);
        elapsed = next.due;
        next.callback();
      }
      elapsed = until;
    },
    pending: () => timers.length,
  };
}
