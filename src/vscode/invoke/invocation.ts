import type { InvocationRequest, InvocationResult, Target } from '../../model/target.ts';
import type { DebugOptions } from '../debug/debuggers.ts';
import type { CopiedResult } from './copyTexts.ts';
import type { InvokeTarget } from './pick.ts';
import type { ChosenEvent } from './pickEvent.ts';

/** What is to be invoked, with what, and where. */
export interface Invocation {
  readonly target: InvokeTarget;
  readonly event: ChosenEvent;
  /** A version or an alias. */
  readonly qualifier?: string;
  /** Where it runs: absent, in an environment that is idle, or else in a new one. */
  readonly where?: 'fresh' | 'debugger';
  readonly debug?: DebugOptions;
  /** Whoever calls has asked whether the deployed function is to run. */
  readonly confirmed?: boolean;
}

/** What an invocation was and, where it is known, what it came to. */
export interface Shown {
  readonly invocation: Pick<Invocation, 'target' | 'qualifier'>;
  readonly event: string;
  readonly result?: CopiedResult;
}

/** An invocation of what is not on this machine. */
export interface DeployedInvocation extends Pick<Invocation, 'where' | 'confirmed'> {
  readonly request: InvocationRequest;
}

/** @param allowed the functions of targets that the user has let run in this window; grows. */
export type InvokeDeployed = (
  target: Target,
  invocation: DeployedInvocation,
  allowed: Set<string>,
  signal: AbortSignal,
) => Promise<InvocationResult>;
