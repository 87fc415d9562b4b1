import { errorTypeOf } from '../invoke/functionErrors.ts';
import type { Ending, EnvironmentState } from './environmentLifecycle.ts';
import type { ShutdownReason } from './extensions/extensionHost.ts';
import type { RuntimeAnswer, Verdict } from './runtimeApi.ts';

/** The refusal of a call that the Runtime API does not allow now. */
export function invalidState(state: EnvironmentState, to: RuntimeStateName): Verdict {
  return { kind: 'invalidState', from: runtimeStateName(state), to };
}

/** The states of a runtime by the names that the Runtime API uses in its errors. */
type RuntimeStateName =
  | 'Started'
  | 'InitError'
  | 'Ready'
  | 'Running'
  | 'InvocationResponse'
  | 'InvocationErrorResponse'
  | 'RuntimeResponseSentState';

function runtimeStateName(state: EnvironmentState): RuntimeStateName {
  if (state.name === 'starting' || state.name === 'initialising') return 'Started';
  if (state.name === 'busy') return state.phase === 'running' ? 'Running' : 'RuntimeResponseSentState';
  return state.name === 'idle' && state.runtime === 'settling' ? 'RuntimeResponseSentState' : 'Ready';
}

/** Why the processes are ended, as extensions are told. */
export function shutdownReason(state: EnvironmentState): ShutdownReason {
  if (state.name === 'stopping') return 'spindown';
  return state.name === 'resetting' && state.cause.kind !== 'initError' ? 'timeout' : 'failure';
}

/** How an invocation ends whose response the runtime has cut off. */
export function truncatedEnding(): Ending {
  const errorType = 'Runtime.TruncatedResponse';
  return { kind: 'error', body: Buffer.from(JSON.stringify({ errorType })), errorType };
}

/** How an invocation ends by what the runtime posted. */
export function endingOf(answer: RuntimeAnswer): Ending {
  const { body, limit } = answer;
  if (body === undefined) return { kind: 'responseTooLarge', ...(limit === undefined ? {} : { limit }) };
  if (answer.kind === 'response') return { kind: 'response', body };
  return { kind: 'error', body, errorType: answer.errorType ?? errorTypeOf(body) ?? 'Runtime.Unknown' };
}
