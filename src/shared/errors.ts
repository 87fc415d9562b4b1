/**
 * An error whose message is written for the user: what happened, where, and what to do next. It is shown
 * as it is; every other error is a bug and is shown as one.
 */
export class UserError extends Error {
  override readonly name = 'UserError';
}

/** By its name, as errors pass between bundles, and each has a class of its own. */
export function isUserError(error: unknown): error is UserError {
  return error instanceof Error && error.name === 'UserError';
}

/** The message of whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
