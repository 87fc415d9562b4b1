/** How the clock stands that retries, back-offs, event ages and schedules go by. Times are epoch milliseconds. */
export interface WaitClockState {
  /** What the clock said when this was told. It runs ahead of the real time, or behind it, where it was changed. */
  readonly now: number;
  /** The real time of then. */
  readonly at: number;
  /** How many seconds of waiting pass in a second: 60 makes a minute's wait last a second. */
  readonly scale: number;
  /** Nothing that waits becomes due. */
  readonly paused: boolean;
}

/** What the clock says at a real time. @param at epoch milliseconds */
export function waitTimeAt({ now, at: toldAt, scale, paused }: WaitClockState, at: number): number {
  return paused ? now : now + (at - toldAt) * scale;
}

/** How many seconds may pass in one; a year in half a minute is enough for everybody. */
export const largestTimeScale = 1_000_000;

/** Whether waits can be scaled by it. */
export function isTimeScale(scale: number): boolean {
  return scale > 0 && scale <= largestTimeScale;
}
