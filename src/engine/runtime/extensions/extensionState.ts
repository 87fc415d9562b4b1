/*
 * The life of an extension, as the Extensions API sees it.
 * https://docs.aws.amazon.com/lambda/latest/dg/runtimes-extensions-api.html
 */

/** By the names that the API uses in its errors. */
export type ExtensionState =
  | 'Started'
  | 'Registered'
  /** It waits for its next event. */
  | 'Ready'
  | 'Running'
  | 'InitError'
  | 'ExitError';

export type ExtensionEvent = 'register' | 'next' | 'deliver' | 'initError' | 'exitError';

const transitions: Readonly<Record<ExtensionState, Partial<Record<ExtensionEvent, ExtensionState>>>> = {
  Started: { register: 'Registered' },
  Registered: { next: 'Ready', initError: 'InitError', exitError: 'ExitError' },
  Ready: { deliver: 'Running', exitError: 'ExitError' },
  Running: { next: 'Ready', exitError: 'ExitError' },
  InitError: { initError: 'InitError' },
  ExitError: { exitError: 'ExitError' },
};

/** What follows from an event; undefined where it is not allowed in this state. */
export function stepExtension(state: ExtensionState, event: ExtensionEvent): ExtensionState | undefined {
  return transitions[state][event];
}
