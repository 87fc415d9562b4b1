import type { Clock } from '../../shared/clock.ts';

/** The end of something that goes on; waits for it leave nothing behind when they are over. */
export class Stopping {
  readonly #waiting = new Set<() => void>();
  #isStopped = false;

  get isStopped(): boolean {
    return this.#isStopped;
  }

  stop(): void {
    this.#isStopped = true;
    for (const settle of this.#waiting) settle();
    this.#waiting.clear();
  }

  /** What a promise settles with; undefined when the end comes first. */
  async orStop<T>(promise: Promise<T>): Promise<T | undefined> {
    if (this.#isStopped) return undefined;
    const stopped = Promise.withResolvers<undefined>();
    const settle = () => stopped.resolve(undefined);
    this.#waiting.add(settle);
    try {
      return await Promise.race([promise, stopped.promise]);
    } finally {
      this.#waiting.delete(settle);
    }
  }

  /** Settles after that time, or at the end. */
  async rest(clock: Pick<Clock, 'after'>, ms: number): Promise<void> {
    if (ms <= 0) return;
    const rested = Promise.withResolvers<void>();
    const timer = clock.after(ms, rested.resolve);
    await this.orStop(rested.promise);
    timer.dispose();
  }
}
