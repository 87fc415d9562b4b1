/**
 * An error whose message is written for the user: what happened, where, and what to do next. It is shown
 * as it is; every other error is a bug and is shown as one.
 *
 * Every bundle has a class of its own, and errors pass from one to another: so the name decides.
 */
export class UserError extends Error {
  override readonly name = 'UserError';

  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === 'UserError';
  }
}

/** The message of whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
