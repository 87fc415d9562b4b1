import { type WaitClockState, waitTimeAt } from '../../model/waitClock.ts';
import type { Clock } from '../../shared/clock.ts';
import { type Disposable, toDisposable } from '../../shared/disposable.ts';

/**
 * The clock of waits, which people may scale, pause and set forward; it never goes back. Function timeouts, records and
 * whatever else says when something happened go by the real one.
 */
export interface WaitClock extends Disposable {
  /** Epoch milliseconds. */
  now(): number;
  state(): WaitClockState;
  /** Calls back once when the clock has come to a time, unless disposed before. */
  at(time: number, callback: () => void): Disposable;
  /** @param scale above 0 */
  setScale(scale: number): void;
  pause(): void;
  resume(): void;
  /** Sets the clock to a time that is yet to come, paused or not. */
  advanceTo(time: number): void;
}

export interface WaitClockParts {
  readonly clock: Pick<Clock, 'now' | 'after'>;
  /** How many seconds of waiting pass in one. */
  readonly scale: number;
  /** How far the clock is ahead of the real one, in milliseconds. */
  readonly offset: OffsetMark;
  readonly onChange: (state: WaitClockState) => void;
}

/** Keeps the distance to the real time over restarts: what waits is due by this clock. */
export interface OffsetMark {
  load(): number;
  save(offset: number): void;
}

export function createWaitClock(parts: WaitClockParts): WaitClock {
  return new ScaledClock(parts);
}

class ScaledClock implements WaitClock {
  readonly #parts: WaitClockParts;
  readonly #alarms = new Set<Alarm>();
  #state: WaitClockState;
  #saving: Disposable | undefined;

  constructor(parts: WaitClockParts) {
    this.#parts = parts;
    const at = parts.clock.now();
    this.#state = { now: at + parts.offset.load(), at, scale: parts.scale, paused: false };
    this.#saveNowAndThen();
  }

  now(): number {
    return waitTimeAt(this.#state, this.#parts.clock.now());
  }

  state(): WaitClockState {
    return { ...this.#state, now: this.now(), at: this.#parts.clock.now() };
  }

  at(time: number, callback: () => void): Disposable {
    const alarm: Alarm = { time, callback };
    this.#alarms.add(alarm);
    this.#set(alarm);
    return toDisposable(() => this.#remove(alarm));
  }

  setScale(scale: number): void {
    this.#change({ ...this.state(), scale });
  }

  pause(): void {
    this.#change({ ...this.state(), paused: true });
  }

  resume(): void {
    this.#change({ ...this.state(), paused: false });
  }

  advanceTo(time: number): void {
    this.#change({ ...this.state(), now: Math.max(time, this.now()) });
  }

  #change(state: WaitClockState): void {
    this.#state = state;
    this.#saveNowAndThen();
    this.#parts.onChange(state);
    for (const alarm of [...this.#alarms]) this.#set(alarm);
  }

  /** Late by less than a millisecond, never early. */
  #set(alarm: Alarm): void {
    alarm.timer?.dispose();
    delete alarm.timer;
    const left = alarm.time - this.now();
    const { paused, scale } = this.#state;
    if (paused && left > 0) return;
    const inMs = Math.min(Math.max(0, Math.ceil(left / scale)), longestTimerMs);
    alarm.timer = this.#parts.clock.after(inMs, () => {
      if (this.now() < alarm.time) return this.#set(alarm);
      this.#remove(alarm);
      alarm.callback();
    });
  }

  #remove(alarm: Alarm): void {
    alarm.timer?.dispose();
    this.#alarms.delete(alarm);
  }

  /** While the distance to the real time grows, a crash may lose some of it, but not much. */
  #saveNowAndThen(): void {
    this.#saving?.dispose();
    this.#save();
    const { paused, scale } = this.#state;
    if (paused || scale !== 1) {
      this.#saving = this.#parts.clock.after(savePeriodMs, () => this.#saveNowAndThen());
    }
  }

  #save(): void {
    this.#parts.offset.save(Math.round(this.now() - this.#parts.clock.now()));
  }

  dispose(): void {
    this.#saving?.dispose();
    this.#save();
    for (const alarm of [...this.#alarms]) this.#remove(alarm);
  }
}

interface Alarm {
  readonly time: number;
  readonly callback: () => void;
  timer?: Disposable;
}

/** Timers of Node.js hold no more than 24 days. */
const longestTimerMs = 60 * 60_000;

const savePeriodMs = 2_000;
