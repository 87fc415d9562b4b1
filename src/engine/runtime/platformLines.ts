import type { LoggingOptions } from '../../model/functionDefinition.ts';
import {
  billedDuration,
  endLine,
  extensionLine,
  initReportLine,
  initStartLine,
  type Report,
  reportLine,
  runtimeVersion,
  startLine,
  subscriptionLine,
} from './platformLog.ts';

type Failure = { readonly status: 'error' | 'timeout'; readonly errorType?: string };

/** What the platform writes into a function's log, in the function's format; `at` is in epoch milliseconds. */
export interface PlatformLines {
  /** @param engineVersion see initStartLine */
  initStart(at: number, from: InitStart): string;
  /** Of an initialisation that failed. */
  initReport(at: number, durationMs: number, phase: 'init' | 'invoke', failure: Failure): string;
  start(at: number, requestId: string, version: string): string;
  /** An extension has come up. */
  extension(at: number, name: string, events: readonly string[]): string;
  /** An extension has subscribed to telemetry or, by the older API, to logs. */
  subscription(at: number, name: string, api: 'telemetry' | 'logs', types: readonly string[]): string;
  /**
   * The end of an invocation and its figures.
   *
   * @param failure what went wrong, an error that the handler threw included
   */
  end(at: number, report: Report, failure?: Failure): string;
}

export interface InitStart {
  readonly functionName: string;
  readonly version: string;
  readonly runtime: string;
  readonly region: string;
  readonly engineVersion?: string;
}

/** @param logging the function's LoggingConfig; Lambda's default is the text format. */
export function platformLines(logging: LoggingOptions = {}): PlatformLines {
  return logging.format === 'JSON' ? recordsFrom(rankOf(logging.systemLevel ?? 'INFO')) : textLines;
}

const textLines: PlatformLines = {
  initStart: (_at, { runtime, region, engineVersion }) => initStartLine(runtime, region, engineVersion),
  initReport: (_at, durationMs, phase, failure) => initReportLine(durationMs, phase, failure),
  start: (_at, requestId, version) => startLine(requestId, version),
  extension: (_at, name, events) => extensionLine(name, events),
  subscription: (_at, name, api, types) => subscriptionLine(name, api, types),
  end: (_at, report) => endLine(report.requestId) + reportLine(report),
};

const levels = ['DEBUG', 'INFO', 'WARN'] as const;
type SystemLevel = (typeof levels)[number];

function rankOf(level: string): number {
  return Math.max(0, levels.indexOf(level as SystemLevel));
}

/*
 * The JSON format: one record a line, left out below the function's SystemLogLevel.
 * https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html
 */
function recordsFrom(least: number): PlatformLines {
  const line = (level: SystemLevel, at: number, type: string, record: Readonly<Record<string, unknown>>) =>
    rankOf(level) < least
      ? ''
      : `${JSON.stringify({ time: new Date(at).toISOString(), type: `platform.${type}`, record })}\n`;
  const failing = (failure?: Failure): SystemLevel | undefined =>
    failure === undefined ? undefined : 'WARN';
  return {
    initStart: (at, { functionName, version, runtime, region, engineVersion }) => {
      const { name, arn } = runtimeVersion(runtime, region, engineVersion);
      return line('INFO', at, 'initStart', {
        initializationType: 'on-demand',
        phase: 'init',
        runtimeVersion: name,
        runtimeVersionArn: arn,
        functionName,
        functionVersion: version,
      });
    },
    initReport: (at, durationMs, phase, failure) =>
      line('WARN', at, 'initReport', {
        initializationType: 'on-demand',
        phase,
        ...failure,
        metrics: { durationMs: rounded(durationMs) },
      }),
    start: (at, requestId, version) => line('INFO', at, 'start', { requestId, version }),
    extension: (at, name, events) => line('INFO', at, 'extension', { name, state: 'Ready', events }),
    subscription: (at, name, api, types) =>
      line('INFO', at, `${api}Subscription`, { name, state: 'Subscribed', types }),
    end: (at, report, failure) => {
      const { requestId, durationMs, initDurationMs } = report;
      const outcome = { requestId, ...(failure ?? { status: 'success' }) };
      return (
        line(failing(failure) ?? 'DEBUG', at, 'runtimeDone', {
          ...outcome,
          metrics: { durationMs: rounded(durationMs) },
        }) +
        line(failing(failure) ?? 'INFO', at, 'report', {
          ...outcome,
          metrics: {
            durationMs: rounded(durationMs),
            billedDurationMs: billedDuration(durationMs, initDurationMs),
            memorySizeMB: report.memorySizeMb,
            maxMemoryUsedMB: report.maxMemoryUsedMb,
            ...(initDurationMs === undefined ? {} : { initDurationMs: rounded(initDurationMs) }),
          },
        })
      );
    },
  };
}

/** To hundredths, as in the text format. */
function rounded(ms: number): number {
  return Number(ms.toFixed(2));
}
