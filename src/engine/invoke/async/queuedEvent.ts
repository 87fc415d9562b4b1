import type { InvokeRequest } from '../invocation.ts';
import type { Condition, EventProgress } from './policy.ts';

/** An event as it is handed over. */
export type AsyncRequest = Pick<
  InvokeRequest,
  'requestId' | 'functionName' | 'qualifier' | 'payload' | 'traceHeader'
>;

/** An asynchronous event that has been accepted and is not done with, without its payload. */
export interface QueuedEvent {
  /** The same for every attempt. */
  readonly requestId: string;
  readonly functionName: string;
  /** Absent: the unqualified function. */
  readonly qualifier?: string;
  /** The caller's `X-Amzn-Trace-Id`. */
  readonly traceHeader?: string;
  readonly progress: EventProgress;
  /** What the function answered last. */
  readonly response?: LastResponse;
  /** Present once it is tried no more: what is left is to tell of it. */
  readonly ended?: Ended;
}

export interface LastResponse {
  readonly executedVersion: string;
  readonly functionError?: string;
  /** JSON text. */
  readonly payload: string;
}

export interface Ended {
  readonly condition: Condition;
  /** Epoch milliseconds, as records tell it. */
  readonly at: number;
  /** The same by the clock of waits. */
  readonly since: number;
  readonly deliveries: readonly Delivery[];
}

/** A message that is still to be sent. */
export interface Delivery {
  readonly kind: 'deadLetter' | 'onFailure' | 'onSuccess';
  readonly targetArn: string;
  /** How often it could not be sent. */
  readonly refusals: number;
}
