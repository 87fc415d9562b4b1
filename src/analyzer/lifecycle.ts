/** How long a worker that nobody asks anything is kept. */
export const idleMs = 5 * 60_000;

/** So many ends of its own within the window, and the worker is not started again until the window has passed. */
export const crashLimit = { count: 4, windowMs: 60_000 } as const;

/** When the worker thread runs; times are epoch milliseconds, `crashes` those that still count. */
export type WorkerState =
  | { readonly kind: 'stopped'; readonly crashes: readonly number[] }
  | { readonly kind: 'running'; readonly crashes: readonly number[]; readonly pending: number }
  | { readonly kind: 'disposed' };

export type WorkerEvent =
  | { readonly type: 'requested'; readonly at: number }
  /** A request was answered or given up. */
  | { readonly type: 'settled' }
  | { readonly type: 'idled' }
  /** The thread ended without having been told to. */
  | { readonly type: 'crashed'; readonly at: number }
  | { readonly type: 'disposed' };

export type WorkerEffect =
  | { readonly type: 'start' }
  | { readonly type: 'terminate' }
  | { readonly type: 'waitForIdle' }
  | { readonly type: 'stopWaiting' }
  | { readonly type: 'rejectPending' }
  | { readonly type: 'refuse'; readonly retryAt: number };

export interface WorkerStep {
  readonly next: WorkerState;
  readonly effects: readonly WorkerEffect[];
}

/** Undefined: the event cannot happen in that state. */
export function step(state: WorkerState, event: WorkerEvent): WorkerStep | undefined {
  if (state.kind === 'disposed') return undefined;
  if (event.type === 'disposed') {
    const effects: WorkerEffect[] =
      state.kind === 'running'
        ? [{ type: 'stopWaiting' }, { type: 'terminate' }, { type: 'rejectPending' }]
        : [];
    return { next: { kind: 'disposed' }, effects };
  }
  return state.kind === 'stopped' ? stepStopped(state, event) : stepRunning(state, event);
}

function stepStopped(
  state: Extract<WorkerState, { kind: 'stopped' }>,
  event: WorkerEvent,
): WorkerStep | undefined {
  if (event.type !== 'requested') return undefined;
  const crashes = recent(state.crashes, event.at);
  const [oldest] = crashes;
  if (crashes.length >= crashLimit.count && oldest !== undefined) {
    const retryAt = oldest + crashLimit.windowMs;
    return { next: { kind: 'stopped', crashes }, effects: [{ type: 'refuse', retryAt }] };
  }
  return { next: { kind: 'running', crashes, pending: 1 }, effects: [{ type: 'start' }] };
}

function stepRunning(
  state: Extract<WorkerState, { kind: 'running' }>,
  event: WorkerEvent,
): WorkerStep | undefined {
  switch (event.type) {
    case 'requested': {
      const effects: WorkerEffect[] = state.pending === 0 ? [{ type: 'stopWaiting' }] : [];
      return { next: { ...state, pending: state.pending + 1 }, effects };
    }
    case 'settled': {
      if (state.pending === 0) return undefined;
      const pending = state.pending - 1;
      return { next: { ...state, pending }, effects: pending === 0 ? [{ type: 'waitForIdle' }] : [] };
    }
    case 'idled':
      if (state.pending > 0) return undefined;
      return { next: { kind: 'stopped', crashes: state.crashes }, effects: [{ type: 'terminate' }] };
    case 'crashed': {
      const crashes = [...recent(state.crashes, event.at), event.at];
      return {
        next: { kind: 'stopped', crashes },
        effects: [{ type: 'stopWaiting' }, { type: 'rejectPending' }],
      };
    }
    case 'disposed':
      return undefined;
  }
}

function recent(crashes: readonly number[], now: number): readonly number[] {
  return crashes.filter(at => now - at < crashLimit.windowMs);
}
