import type { Clock } from '../../shared/clock.ts';
import { type Disposable, toDisposable } from '../../shared/disposable.ts';

/** Who keeps an engine alive: while there is a lease it runs, and for a while after the last one. */
export type LeaseState =
  | { readonly kind: 'held'; readonly count: number }
  /** Nobody holds a lease; the timer of this number is running. */
  | { readonly kind: 'waiting'; readonly timer: number }
  | { readonly kind: 'expired' };

export type LeaseEvent =
  | { readonly kind: 'acquired' }
  | { readonly kind: 'released' }
  | { readonly kind: 'elapsed'; readonly timer: number };

export type LeaseEffect =
  | { readonly kind: 'startTimer'; readonly timer: number }
  | { readonly kind: 'cancelTimer' }
  | { readonly kind: 'expire' };

export interface LeaseStep {
  readonly next: LeaseState;
  readonly effects: readonly LeaseEffect[];
}

/** Undefined for an event that cannot happen in this state. */
export function stepLease(state: LeaseState, event: LeaseEvent, nextTimer: number): LeaseStep | undefined {
  switch (event.kind) {
    case 'acquired':
      if (state.kind === 'held') return { next: { kind: 'held', count: state.count + 1 }, effects: [] };
      if (state.kind === 'waiting') {
        return { next: { kind: 'held', count: 1 }, effects: [{ kind: 'cancelTimer' }] };
      }
      return undefined;
    case 'released':
      if (state.kind !== 'held') return undefined;
      if (state.count > 1) return { next: { kind: 'held', count: state.count - 1 }, effects: [] };
      return {
        next: { kind: 'waiting', timer: nextTimer },
        effects: [{ kind: 'startTimer', timer: nextTimer }],
      };
    case 'elapsed':
      if (state.kind !== 'waiting' || state.timer !== event.timer) return undefined;
      return { next: { kind: 'expired' }, effects: [{ kind: 'expire' }] };
  }
}

export interface Leases extends Disposable {
  /** Undefined when the engine is already ending. Disposing the lease gives it back; once. */
  acquire(): Disposable | undefined;
}

/**
 * @param graceMs how long the engine outlives its last lease, and how long it waits for its first.
 * @param onExpire is called once.
 */
export function createLeases(clock: Pick<Clock, 'after'>, graceMs: number, onExpire: () => void): Leases {
  let state: LeaseState = { kind: 'waiting', timer: 0 };
  let timers = 0;
  let running: Disposable = clock.after(graceMs, () => apply({ kind: 'elapsed', timer: 0 }));

  function apply(event: LeaseEvent): boolean {
    const step = stepLease(state, event, timers + 1);
    if (!step) return false;
    state = step.next;
    for (const effect of step.effects) {
      if (effect.kind === 'expire') onExpire();
      else if (effect.kind === 'cancelTimer') running.dispose();
      else {
        timers = effect.timer;
        running = clock.after(graceMs, () => apply({ kind: 'elapsed', timer: effect.timer }));
      }
    }
    return true;
  }

  return {
    acquire() {
      if (!apply({ kind: 'acquired' })) return undefined;
      let isReleased = false;
      return toDisposable(() => {
        if (!isReleased) apply({ kind: 'released' });
        isReleased = true;
      });
    },
    dispose() {
      running.dispose();
      state = { kind: 'expired' };
    },
  };
}
