import { isUserError, UserError } from '../shared/errors.ts';

/** What of a target's errors makes a difference to who has called it. */
export type TargetErrorCode =
  /** The RevisionId is not that of the resource any more: somebody else has changed it. */
  | 'stale'
  | 'notFound'
  /** It exists already, is referenced, or is being changed. */
  | 'conflict'
  | 'invalid'
  | 'throttled'
  | 'denied'
  /** There are none, they have expired, or they are not taken. */
  | 'credentials'
  | 'unreachable'
  | 'other';

/** What went wrong with a call to a target, and what to do about it. */
export class TargetError extends UserError {
  readonly code: TargetErrorCode;

  constructor(code: TargetErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** By its members, as errors pass between bundles. Undefined for what is no TargetError. */
export function targetErrorCode(error: unknown): TargetErrorCode | undefined {
  return isUserError(error) && 'code' in error ? (error.code as TargetErrorCode) : undefined;
}
