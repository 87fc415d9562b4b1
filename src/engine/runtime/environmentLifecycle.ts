// What an execution environment can be in, what can happen to it and what is to be done then. How they follow
// from each other is in environmentState.ts.

import type { ExtensionFailure } from './extensions/extensionFailure.ts';

/**
 * Where an initialisation happens: before the first invocation, limited to ten seconds, or inside of an
 * invocation ("suppressed init", after a failed one or a reset), limited by the function's timeout.
 */
export type InitPhase = 'init' | 'invoke';

/** How an invocation ended, as far as the environment can tell. */
export type Ending =
  | { readonly kind: 'response'; readonly body: Uint8Array }
  | { readonly kind: 'error'; readonly body: Uint8Array; readonly errorType: string }
  /** `limit` in bytes; absent: that of a response which is not streamed on. */
  | { readonly kind: 'responseTooLarge'; readonly limit?: number }
  | InitErrorEnding
  | { readonly kind: 'timeout' }
  | ExitEnding
  /** The process could not be started at all. */
  | { readonly kind: 'notStarted'; readonly message: string }
  /** The environment was stopped from outside before the invocation had ended; the reason is for people. */
  | { readonly kind: 'stopped'; readonly reason?: string };

/** What the runtime posted to /init/error. */
export interface InitErrorEnding {
  readonly kind: 'initError';
  readonly body: Uint8Array;
  readonly errorType: string;
}

export interface ExitEnding {
  readonly kind: 'exit';
  readonly code: number | null;
  readonly signal: string | null;
  /** The extension that was the reason for it. */
  readonly extension?: ExtensionFailure;
}

interface Held {
  /** An invocation waits for this environment. */
  readonly assigned: boolean;
  /** Stop as soon as no invocation is held. */
  readonly retiring: boolean;
}

export type EnvironmentState =
  | ({ readonly name: 'starting'; readonly init: InitPhase } & Held)
  | ({ readonly name: 'initialising'; readonly init: InitPhase } & Held)
  /** `settling`: answered, but not asking for the next event yet. `absent`: the process is gone. */
  | { readonly name: 'idle'; readonly runtime: 'polling' | 'settling' | 'absent' }
  | BusyState
  | ({ readonly name: 'resetting'; readonly init: InitPhase; readonly cause: ResetCause } & Held)
  | { readonly name: 'stopping'; readonly assigned: boolean }
  | { readonly name: 'gone' };

export type BusyState =
  /** `waiting`: the runtime has not asked for the event yet. */
  | { readonly name: 'busy'; readonly phase: 'waiting' | 'running'; readonly retiring: boolean }
  /** Answered; what it printed is still on its way. */
  | {
      readonly name: 'busy';
      readonly phase: 'answered';
      readonly ending: Ending;
      readonly polling: boolean;
      readonly retiring: boolean;
    };

type ResetCause =
  | InitErrorEnding
  | { readonly kind: 'initLimit' }
  | { readonly kind: 'timeout'; readonly duringInit: boolean };

export type EnvironmentEvent =
  | { readonly type: 'assign' }
  | { readonly type: 'spawned' }
  | { readonly type: 'spawnFailed'; readonly message: string }
  /** The runtime asks for the next event. */
  | { readonly type: 'poll' }
  /** The runtime closed the connection on which it had asked. */
  | { readonly type: 'hangUp' }
  | { readonly type: 'initError'; readonly error: InitErrorEnding }
  /** Ten seconds of initialisation are over. */
  | { readonly type: 'initLimit' }
  | { readonly type: 'answer'; readonly ending: Ending }
  /** Everything that was printed before the answer has been read. */
  | { readonly type: 'drained' }
  /** The function's timeout is over. */
  | { readonly type: 'timeout' }
  /** The process is gone and everything that it printed has been read. */
  | { readonly type: 'exited'; readonly exit: ExitEnding }
  | { readonly type: 'retire' }
  | { readonly type: 'stop' };

export type EnvironmentEffect =
  | { readonly type: 'spawn' }
  | { readonly type: 'kill' }
  | { readonly type: 'startInitLimit' }
  | { readonly type: 'endInitLimit' }
  | { readonly type: 'startTimeout' }
  | { readonly type: 'endTimeout' }
  /** Hand the event to the runtime; starts the timeout unless it runs already. */
  | { readonly type: 'deliver' }
  /** Read what was printed before the answer, then say `drained`. */
  | { readonly type: 'drain' }
  /** Write the INIT_REPORT line of a failed initialisation. */
  | {
      readonly type: 'reportInit';
      readonly init: InitPhase;
      readonly status: 'error' | 'timeout';
      readonly errorType?: string;
    }
  | { readonly type: 'complete'; readonly ending: Ending }
  /** Suspend the process and its descendants until the next event. */
  | { readonly type: 'freeze' }
  | { readonly type: 'thaw' }
  /** Give back everything that the environment holds. */
  | { readonly type: 'release' };

export interface Transition {
  readonly next: EnvironmentState;
  readonly effects: readonly EnvironmentEffect[];
}
