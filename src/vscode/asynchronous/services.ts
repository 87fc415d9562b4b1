import type { InvocationNode } from '../invocations/history.ts';
import type { Replayed } from '../invocations/replay.ts';
import type { Invocation } from '../invoke/invocation.ts';
import type { Invoker } from '../invoke/invoker.ts';
import type { Services } from '../services.ts';

/** What dist/asynchronous.js is given by the bundle that loads it: it has no state of theirs of its own. */
export interface AsynchronousServices extends Pick<Services, 'engines' | 'targets' | 'log'> {
  readonly invoker: Pick<Invoker, 'invoke'>;
  /** The attempts of an event, as far as they are known. */
  readonly attemptsOf: (requestId: string) => readonly InvocationNode[];
  /** An invocation with the event of another one. Throws a UserError where that is not kept. */
  readonly replayOf: (replayed: Replayed) => Promise<Invocation>;
  readonly saveSources: () => Promise<void>;
}
