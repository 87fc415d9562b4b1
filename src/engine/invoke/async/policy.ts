import type { InvokeOutcome, ServiceError } from '../invocation.ts';
import { recursiveInvocationName } from '../recursion.ts';

/** What a qualifier does with its asynchronous events; absent members have Lambda's defaults. */
export interface AsyncPolicy {
  /** 0 to 2; Lambda's default is 2. */
  readonly maximumRetryAttempts?: number;
  /** 60 to 21600; Lambda's default is 21600. */
  readonly maximumEventAgeSeconds?: number;
}

/** How far an event has come. Times are epoch milliseconds of the clock of waits. */
export interface EventProgress {
  readonly queuedAt: number;
  /** How often the function has been run with it. */
  readonly invokeCount: number;
  /** How often it was turned away since it was last run: by a throttle, or by an error of the service. */
  readonly refusals: number;
}

/** How an attempt went. */
export type Attempt = 'succeeded' | 'failed' | 'refused' | 'reserved zero' | 'recursive';

/** Why an event is no longer tried, as records of destinations name it. */
export type Condition = 'Success' | 'RetriesExhausted' | 'EventAgeExceeded' | 'ZeroReservedConcurrency';

export type NextStep =
  | { readonly kind: 'ended'; readonly condition: Condition; readonly progress: EventProgress }
  | { readonly kind: 'waits'; readonly dueAt: number; readonly progress: EventProgress };

/**
 * What becomes of an event after an attempt: an error of the function is followed by up to two more attempts, after
 * one and after two minutes; what is turned away comes back after a second, then after twice as long each time up to
 * five minutes, and that is no attempt.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 *
 * @param now when the attempt ended, by the clock of waits
 */
export function afterAttempt(
  progress: EventProgress,
  attempt: Attempt,
  policy: AsyncPolicy,
  now: number,
): NextStep {
  if (attempt === 'reserved zero') return { kind: 'ended', condition: 'ZeroReservedConcurrency', progress };
  // Which condition AWS names then is not known.
  if (attempt === 'recursive') return { kind: 'ended', condition: 'RetriesExhausted', progress };
  if (attempt === 'refused') {
    const wait = Math.min(firstRefusalMs * 2 ** progress.refusals, longestRefusalMs);
    return { kind: 'waits', dueAt: now + wait, progress: { ...progress, refusals: progress.refusals + 1 } };
  }
  const next = { ...progress, invokeCount: progress.invokeCount + 1, refusals: 0 };
  if (attempt === 'succeeded') return { kind: 'ended', condition: 'Success', progress: next };
  const { maximumRetryAttempts = 2 } = policy;
  if (next.invokeCount > maximumRetryAttempts) {
    return { kind: 'ended', condition: 'RetriesExhausted', progress: next };
  }
  return { kind: 'waits', dueAt: now + next.invokeCount * 60_000, progress: next };
}

/**
 * Whether an event is too old to be tried, which is looked at when its turn has come.
 *
 * @param now epoch milliseconds of the clock of waits
 */
export function isTooOld({ queuedAt }: EventProgress, policy: AsyncPolicy, now: number): boolean {
  return now - queuedAt > (policy.maximumEventAgeSeconds ?? 21_600) * 1000;
}

/** How the outcome of an invocation counts for the event. */
export function attemptOf(outcome: InvokeOutcome, reservedConcurrency: number | undefined): Attempt {
  if (outcome.kind === 'completed') return outcome.functionError === undefined ? 'succeeded' : 'failed';
  if (outcome.error.name === recursiveInvocationName) return 'recursive';
  return reservedConcurrency === 0 && isThrottle(outcome.error) ? 'reserved zero' : 'refused';
}

function isThrottle({ status }: ServiceError): boolean {
  return status === 429;
}

const firstRefusalMs = 1_000;
const longestRefusalMs = 5 * 60_000;
