// The life of the process of an embedded service: what it can be in, what can happen to it, and what is to be
// done then.

export type ServiceState =
  /** Nobody has asked for it yet. */
  | { readonly name: 'stopped' }
  | { readonly name: 'starting'; readonly failures: number }
  | { readonly name: 'ready'; readonly failures: number }
  /** It has ended by itself, and is started again after a while. */
  | { readonly name: 'resting'; readonly failures: number }
  /** It ended too often; the next one who asks has it tried once more. */
  | { readonly name: 'failed'; readonly failures: number }
  | { readonly name: 'closing' }
  | { readonly name: 'closed' };

export type ServiceEvent =
  | { readonly type: 'wanted' }
  /** It answers. */
  | { readonly type: 'ready' }
  /** It has answered for so long that earlier failures no longer count. */
  | { readonly type: 'proven' }
  /** Its process is gone, or never came to be. */
  | { readonly type: 'ended'; readonly reason: string }
  | { readonly type: 'rested' }
  | { readonly type: 'close' };

export type ServiceEffect =
  | { readonly type: 'start' }
  | { readonly type: 'end' }
  /** Those who wait are served. */
  | { readonly type: 'serve' }
  /** Those who wait are told why they are not served. */
  | { readonly type: 'refuse'; readonly reason: string }
  | { readonly type: 'rest'; readonly ms: number }
  | { readonly type: 'wake' }
  | { readonly type: 'settle' };

export interface ServiceTransition {
  readonly next: ServiceState;
  readonly effects: readonly ServiceEffect[];
}

/** How often in a row it may end before those who wait are told. */
export const patience = 4;

/** What follows from an event; undefined where the event is not allowed in this state. */
export function stepService(state: ServiceState, event: ServiceEvent): ServiceTransition | undefined {
  switch (event.type) {
    case 'wanted':
      return wanted(state);
    case 'ready':
      return state.name === 'starting' ? to({ ...state, name: 'ready' }, { type: 'serve' }) : undefined;
    case 'proven':
      return state.name === 'ready' ? to({ name: 'ready', failures: 0 }) : undefined;
    case 'ended':
      return ended(state, event.reason);
    case 'rested':
      return state.name === 'resting' ? to({ ...state, name: 'starting' }, { type: 'start' }) : undefined;
    case 'close':
      return close(state);
  }
}

function wanted(state: ServiceState): ServiceTransition {
  switch (state.name) {
    case 'stopped':
      return to({ name: 'starting', failures: 0 }, { type: 'start' });
    case 'failed':
      return to({ name: 'starting', failures: state.failures }, { type: 'start' });
    case 'ready':
      return to(state, { type: 'serve' });
    case 'starting':
    case 'resting':
      return to(state);
    case 'closing':
    case 'closed':
      return to(state, { type: 'refuse', reason: 'The engine is shutting down.' });
  }
}

function ended(state: ServiceState, reason: string): ServiceTransition | undefined {
  if (state.name === 'closing') return to({ name: 'closed' }, { type: 'settle' });
  if (state.name !== 'starting' && state.name !== 'ready') return undefined;
  const failures = state.failures + 1;
  return failures >= patience
    ? to({ name: 'failed', failures }, { type: 'refuse', reason })
    : to({ name: 'resting', failures }, { type: 'rest', ms: 250 * 2 ** (failures - 1) });
}

function close(state: ServiceState): ServiceTransition | undefined {
  switch (state.name) {
    case 'starting':
    case 'ready':
      return to(
        { name: 'closing' },
        { type: 'end' },
        { type: 'refuse', reason: 'The engine is shutting down.' },
      );
    case 'resting':
      return to(
        { name: 'closed' },
        { type: 'wake' },
        { type: 'refuse', reason: 'The engine is shutting down.' },
        { type: 'settle' },
      );
    case 'stopped':
    case 'failed':
      return to({ name: 'closed' }, { type: 'settle' });
    case 'closing':
    case 'closed':
      return undefined;
  }
}

function to(next: ServiceState, ...effects: readonly ServiceEffect[]): ServiceTransition {
  return { next, effects };
}
