import type { Ending, InitPhase } from '../environmentLifecycle.ts';
import { billedDuration } from '../platformLog.ts';

/** Its type without `platform.`, and its record. */
export type PlatformEvent = readonly [type: string, record: Readonly<Record<string, unknown>>];

/*
 * What the platform tells the extensions of an environment.
 * https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html
 */

export function initStart(phase: InitPhase, functionName: string, functionVersion: string): PlatformEvent {
  return ['initStart', { ...onDemand(phase), functionName, functionVersion }];
}

/** @param errorType of an initialisation that failed, where that is known */
export function initEnd(
  phase: InitPhase,
  durationMs: number,
  status: 'success' | 'error' | 'timeout',
  errorType?: string,
): readonly PlatformEvent[] {
  const outcome = { ...onDemand(phase), status, ...(errorType === undefined ? {} : { errorType }) };
  return [
    ['initRuntimeDone', outcome],
    ['initReport', { ...outcome, metrics: { durationMs: rounded(durationMs) } }],
  ];
}

export function invocationStart(requestId: string, version: string): PlatformEvent {
  return ['start', { requestId, version }];
}

export interface InvocationFigures {
  readonly durationMs: number;
  readonly initDurationMs?: number;
  readonly memorySizeMB: number;
  readonly maxMemoryUsedMB: number;
}

export function invocationEnd(
  requestId: string,
  ending: Ending,
  { durationMs, initDurationMs, memorySizeMB, maxMemoryUsedMB }: InvocationFigures,
): readonly PlatformEvent[] {
  const producedBytes = ending.kind === 'response' ? ending.body.byteLength : 0;
  const outcome = { requestId, ...statusOf(ending) };
  const metrics = { durationMs: rounded(durationMs) };
  return [
    ['runtimeDone', { ...outcome, metrics: { ...metrics, producedBytes } }],
    [
      'report',
      {
        ...outcome,
        metrics: {
          ...metrics,
          billedDurationMs: billedDuration(durationMs, initDurationMs),
          memorySizeMB,
          maxMemoryUsedMB,
          ...(initDurationMs === undefined ? {} : { initDurationMs: rounded(initDurationMs) }),
        },
      },
    ],
  ];
}

function statusOf(ending: Ending): { readonly status: string; readonly errorType?: string } {
  switch (ending.kind) {
    case 'response':
      return { status: 'success' };
    case 'timeout':
      return { status: 'timeout' };
    case 'error':
    case 'initError':
      return { status: 'error', errorType: ending.errorType };
    case 'exit':
      return { status: 'failure', errorType: ending.extension?.errorType ?? 'Runtime.ExitError' };
    case 'responseTooLarge':
      return { status: 'error', errorType: 'Function.ResponseSizeTooLarge' };
    case 'notStarted':
    case 'stopped':
      return { status: 'failure' };
  }
}

function onDemand(phase: InitPhase) {
  return { initializationType: 'on-demand', phase };
}

/** To hundredths, as in the log. */
function rounded(ms: number): number {
  return Number(ms.toFixed(2));
}
