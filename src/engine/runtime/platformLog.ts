import { createHash } from 'node:crypto';

/** The figures of a REPORT line. Durations are in milliseconds. */
export interface Report {
  readonly requestId: string;
  readonly durationMs: number;
  /** Only where this invocation's init took place before it, and succeeded. */
  readonly initDurationMs?: number;
  readonly memorySizeMb: number;
  readonly maxMemoryUsedMb: number;
  /** Absent for a success, and for an error that the handler threw. */
  readonly failure?:
    | { readonly status: 'timeout' }
    | { readonly status: 'error'; readonly errorType: string };
}

/*
 * The lines that Lambda writes into a function's log in the text format, each with its newline.
 * https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html
 */

export function startLine(requestId: string, version: string): string {
  return `START RequestId: ${requestId} Version: ${version}\n`;
}

export function endLine(requestId: string): string {
  return `END RequestId: ${requestId}\n`;
}

export function reportLine(report: Report): string {
  const fields = [
    `REPORT RequestId: ${report.requestId}`,
    `Duration: ${report.durationMs.toFixed(2)} ms`,
    `Billed Duration: ${billedDuration(report.durationMs, report.initDurationMs)} ms`,
    `Memory Size: ${report.memorySizeMb} MB`,
    `Max Memory Used: ${report.maxMemoryUsedMb} MB`,
  ];
  if (report.initDurationMs !== undefined)
    fields.push(`Init Duration: ${report.initDurationMs.toFixed(2)} ms`);
  return `${fields.join('\t')}\t${failureFields(report.failure)}\n`;
}

/** Of an extension that has come up. */
export function extensionLine(name: string, events: readonly string[]): string {
  return `EXTENSION\tName: ${name}\tState: Ready\tEvents: [${events.join(', ')}]\n`;
}

export function subscriptionLine(name: string, api: 'telemetry' | 'logs', types: readonly string[]): string {
  const named = types.map(type => `${type.charAt(0).toUpperCase()}${type.slice(1)}`).join(', ');
  return `${api.toUpperCase()}\tName: ${name}\tState: Subscribed\tTypes: [${named}]\n`;
}

/** In whole milliseconds; the init of a cold start is billed since August 2025. */
export function billedDuration(durationMs: number, initDurationMs = 0): number {
  return Math.max(1, Math.ceil(durationMs + initDurationMs));
}

/** The line of an initialisation that failed; one that succeeds has none. */
export function initReportLine(
  durationMs: number,
  phase: 'init' | 'invoke',
  failure: { readonly status: 'error' | 'timeout'; readonly errorType?: string },
): string {
  const type = failure.errorType === undefined ? '' : `\tError Type: ${failure.errorType}`;
  return `INIT_REPORT Init Duration: ${durationMs.toFixed(2)} ms\tPhase: ${phase}\tStatus: ${failure.status}${type}\n`;
}

/**
 * @param runtime for example `nodejs24.x`
 * @param engineVersion the version of the language runtime that really runs, for example `24.21.0`; absent when
 * it never reported
 */
export function initStartLine(runtime: string, region: string, engineVersion?: string): string {
  const { name, arn } = runtimeVersion(runtime, region, engineVersion);
  return `INIT_START Runtime Version: ${name}\tRuntime Version ARN: ${arn}\n`;
}

/** The version of a runtime as Lambda names it, which counts its own releases; see initStartLine. */
export function runtimeVersion(
  runtime: string,
  region: string,
  engineVersion?: string,
): { readonly name: string; readonly arn: string } {
  const name = `${familyOf(runtime)}:${releaseOf(runtime, engineVersion)}`;
  const digest = createHash('sha256')
    .update(`${runtime}/${engineVersion ?? ''}`)
    .digest('hex');
  return { name, arn: `arn:aws:lambda:${region}::runtime:${digest}` };
}

/** `nodejs` of `nodejs24.x`, `provided` of `provided.al2023`. */
function familyOf(runtime: string): string {
  return /^[a-z]+/.exec(runtime)?.[0] ?? runtime;
}

/** `24.v21`, `3.13.v7`, `al2023.v0`. */
function releaseOf(runtime: string, engineVersion: string | undefined): string {
  const declared = runtime.replace(/^[a-z]+\.?/, '').replace(/\.x$/, '');
  const real = (engineVersion ?? declared).split('.');
  if (runtime.startsWith('nodejs')) return `${real[0]}.v${real[1] ?? 0}`;
  return `${declared}.v${real[2] ?? 0}`;
}

function failureFields(failure: Report['failure']): string {
  if (failure === undefined) return '';
  return failure.status === 'timeout' ? 'Status: timeout' : `Status: error\tError Type: ${failure.errorType}`;
}
