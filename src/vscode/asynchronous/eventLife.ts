import type { AsyncEventChange, AsyncEventChanged, InvocationRecord } from '../../model/engineEvent.ts';

/** What is known of an asynchronous event, from its acceptance to its end. */
export interface EventLife {
  /** The same for every attempt. */
  readonly requestId: string;
  readonly functionName: string;
  readonly qualifier: string;
  /** In the order in which they happened. */
  readonly changes: readonly LifeChange[];
}

export interface LifeChange {
  /** Epoch milliseconds of the real time. */
  readonly at: number;
  readonly change: AsyncEventChange;
}

/** An event that the engine has in its queue, as it tells of it. */
export interface StoredEvent {
  /** By the clock of waits. */
  readonly dueAt: number;
  readonly event: {
    readonly requestId: string;
    readonly functionName: string;
    readonly qualifier?: string;
    readonly progress: { readonly invokeCount: number; readonly refusals: number };
  };
}

export type LifeStep =
  | { readonly kind: 'attempt'; readonly number: number; readonly record: InvocationRecord }
  | ({ readonly kind: 'change' } & LifeChange);

export type LifeState =
  | { readonly kind: 'running' }
  | { readonly kind: 'waiting'; readonly dueAt: number }
  | { readonly kind: 'succeeded' }
  | { readonly kind: 'failed' };

/** The life after one more change; undefined before: the first one. */
export function withChange(
  life: EventLife | undefined,
  { requestId, functionName, qualifier, change }: Omit<AsyncEventChanged, 'type'>,
  at: number,
): EventLife {
  return { requestId, functionName, qualifier, changes: [...(life?.changes ?? []), { at, change }] };
}

/** The life of an event that was queued before anybody looked. @param at now */
export function lifeOfStored({ dueAt, event }: StoredEvent, at: number, waitTime: number): EventLife {
  const { requestId, functionName, qualifier = '$LATEST', progress } = event;
  const queued: LifeChange = { at, change: { kind: 'queued' } };
  const after = progress.refusals > 0 ? 'refusal' : 'error';
  const waits: LifeChange = { at, change: { kind: 'waits', after, reason: '', dueAt } };
  return { requestId, functionName, qualifier, changes: dueAt > waitTime ? [queued, waits] : [queued] };
}

/** What has happened, with the attempts in their places; the queueing itself is left out, it is the life's beginning. */
export function stepsOf({ changes }: EventLife, attempts: readonly InvocationRecord[]): readonly LifeStep[] {
  const inOrder = attempts.toSorted((a, b) => a.startedAt - b.startedAt);
  const steps = [
    ...inOrder.map((record, index) => ({
      at: record.startedAt,
      step: { kind: 'attempt' as const, number: index + 1, record },
    })),
    ...changes
      .filter(({ change }) => change.kind !== 'queued')
      .map(({ at, change }) => ({ at, step: { kind: 'change' as const, at, change } })),
  ];
  return steps.toSorted((a, b) => a.at - b.at).map(({ step }) => step);
}

/** @param waitTime what the clock of waits says now */
export function stateOf({ changes }: EventLife, waitTime: number): LifeState {
  const last = changes.at(-1)?.change;
  if (last?.kind === 'waits' || (last?.kind === 'notDelivered' && last.dueAt !== undefined)) {
    const { dueAt = 0 } = last;
    return dueAt > waitTime ? { kind: 'waiting', dueAt } : { kind: 'running' };
  }
  const ended = changes.find(({ change }) => change.kind === 'ended')?.change;
  if (ended?.kind !== 'ended') return { kind: 'running' };
  return { kind: ended.condition === 'Success' ? 'succeeded' : 'failed' };
}

/** How long something waits, for people. @param ms of the clock of waits */
export function durationText(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 120 ? `${minutes} min` : `${Math.ceil(minutes / 60)} h`;
}
