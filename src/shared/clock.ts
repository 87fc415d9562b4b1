import { type Disposable, toDisposable } from './disposable.ts';

/** Time as a port, so that waits can be tested, skipped and scaled. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Milliseconds since an arbitrary origin, never going back; for durations. */
  monotonic(): number;
  /** Calls back once after `ms` milliseconds of this clock, unless disposed before. */
  after(ms: number, callback: () => void): Disposable;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    return toDisposable(() => clearTimeout(timer));
  },
};
