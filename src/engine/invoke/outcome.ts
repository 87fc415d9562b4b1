import type { InvocationRecord } from '../../model/engineEvent.ts';
import type { FunctionDefinition } from '../../model/functionDefinition.ts';
import type { Ending } from '../runtime/environmentLifecycle.ts';
import type { AssignmentOutcome } from '../runtime/heldInvocation.ts';
import { platformLines } from '../runtime/platformLines.ts';
import type { Report } from '../runtime/platformLog.ts';
import {
  encodeError,
  exitError,
  extensionError,
  responseTooLargeError,
  timedOutError,
} from './functionErrors.ts';
import type { InvokeOutcome, InvokeRequest, ServiceError } from './invocation.ts';
import { serviceException } from './serviceErrors.ts';

/** What is known of an invocation besides how it went. */
export interface InvocationContext {
  readonly request: InvokeRequest;
  readonly definition: FunctionDefinition;
  readonly version: string;
  readonly region: string;
  readonly environmentId: string;
  /** Epoch milliseconds. */
  readonly startedAt: number;
}

/** The answer to the caller, and what is kept of the invocation. */
export interface Completed {
  readonly outcome: InvokeOutcome;
  readonly record: InvocationRecord;
}

/** Puts together what an invocation answers from what its environment saw. */
export function completeInvocation(context: InvocationContext, seen: AssignmentOutcome): Completed {
  const verdict = verdictOf(context, seen.ending);
  const base = {
    requestId: context.request.requestId,
    functionName: context.definition.name,
    qualifier: context.request.qualifier ?? context.version,
    executedVersion: context.version,
    environmentId: context.environmentId,
    startedAt: context.startedAt,
    durationMs: seen.durationMs,
    ...(seen.initDurationMs === undefined ? {} : { initDurationMs: seen.initDurationMs }),
    maxMemoryUsedMb: seen.maxMemoryUsedMb,
  };
  if (verdict.kind === 'rejected') {
    const { error } = verdict;
    return {
      outcome: { kind: 'rejected', error },
      record: { ...base, status: 'error', errorType: error.name },
    };
  }
  const { payload, status, errorType } = verdict;
  return {
    outcome: {
      kind: 'completed',
      payload,
      ...(status === 'success' ? {} : { functionError: 'Unhandled' as const }),
      executedVersion: context.version,
      log: logOf(context, seen, verdict),
      environmentId: context.environmentId,
      coldStart: seen.coldStart,
      durationMs: seen.durationMs,
      ...(seen.initDurationMs === undefined ? {} : { initDurationMs: seen.initDurationMs }),
    },
    record: { ...base, status, ...(errorType === undefined ? {} : { errorType }) },
  };
}

type Verdict =
  | {
      readonly kind: 'answered';
      readonly payload: Uint8Array;
      readonly status: InvocationRecord['status'];
      readonly errorType?: string;
      /** What REPORT says of it. */
      readonly failure?: NonNullable<Report['failure']>;
    }
  | { readonly kind: 'rejected'; readonly error: ServiceError };

function verdictOf({ request, definition }: InvocationContext, ending: Ending): Verdict {
  switch (ending.kind) {
    case 'response':
      return { kind: 'answered', payload: ending.body, status: 'success' };
    case 'error':
      return { kind: 'answered', payload: ending.body, status: 'error', errorType: ending.errorType };
    case 'initError':
      return failed(ending.body, ending.errorType, true);
    case 'responseTooLarge': {
      const error = responseTooLargeError(ending.limit);
      return failed(encodeError(error), error.errorType, false);
    }
    case 'exit': {
      const { code, signal, extension } = ending;
      const error = extension
        ? extensionError(request.requestId, extension)
        : exitError(request.requestId, code, signal);
      return failed(encodeError(error), error.errorType, true);
    }
    case 'timeout': {
      const error = timedOutError(request.requestId, definition.timeoutSeconds);
      return {
        kind: 'answered',
        payload: encodeError(error),
        status: 'timeout',
        errorType: error.errorType,
        failure: { status: 'timeout' },
      };
    }
    case 'notStarted':
      return { kind: 'rejected', error: serviceException(ending.message) };
    case 'stopped':
      return {
        kind: 'rejected',
        error: serviceException(
          ending.reason ?? 'The function was stopped before it had answered, because its engine ends.',
        ),
      };
  }
}

function failed(payload: Uint8Array, errorType: string, reported: boolean): Verdict {
  const failure = reported ? { failure: { status: 'error' as const, errorType } } : {};
  return { kind: 'answered', payload, status: 'error', errorType, ...failure };
}

function logOf(
  context: InvocationContext,
  seen: AssignmentOutcome,
  { status, errorType, failure }: Extract<Verdict, { kind: 'answered' }>,
): string {
  const { request, definition, region, version, startedAt } = context;
  const { initDurationMs = 0, durationMs, engineVersion } = seen;
  const lines = platformLines(definition.logging);
  const printed = seen.log === '' || seen.log.endsWith('\n') ? seen.log : `${seen.log}\n`;
  return [
    seen.coldStart
      ? lines.initStart(startedAt, {
          functionName: definition.name,
          version,
          runtime: definition.runtime,
          region,
          ...(engineVersion === undefined ? {} : { engineVersion }),
        })
      : '',
    printed,
    lines.end(
      startedAt + initDurationMs + durationMs,
      {
        requestId: request.requestId,
        durationMs,
        ...(seen.initDurationMs === undefined ? {} : { initDurationMs }),
        memorySizeMb: definition.memorySizeMb,
        maxMemoryUsedMb: seen.maxMemoryUsedMb,
        ...(failure === undefined ? {} : { failure }),
      },
      status === 'success' ? undefined : { status, ...(errorType === undefined ? {} : { errorType }) },
    ),
  ].join('');
}
