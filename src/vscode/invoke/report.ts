/** The figures of a REPORT line, as Lambda prints them at the end of every invocation. */
export interface ReportFigures {
  readonly durationMs: number;
  readonly billedDurationMs: number;
  readonly memorySizeMb: number;
  readonly maxMemoryUsedMb: number;
  /** Present on a cold start only. */
  readonly initDurationMs?: number;
}

/**
 * Reads the last REPORT line of a log; undefined where there is none.
 * https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html
 */
export function readReport(log: string): ReportFigures | undefined {
  const line = log.split('\n').findLast(text => text.startsWith('REPORT RequestId: '));
  if (line === undefined) return undefined;
  const figure = (name: string) => {
    const field = line.split('\t').find(text => text.startsWith(`${name}: `));
    const value = field === undefined ? Number.NaN : Number.parseFloat(field.slice(name.length + 2));
    return Number.isNaN(value) ? undefined : value;
  };
  const durationMs = figure('Duration');
  const billedDurationMs = figure('Billed Duration');
  const memorySizeMb = figure('Memory Size');
  const maxMemoryUsedMb = figure('Max Memory Used');
  const initDurationMs = figure('Init Duration');
  if (durationMs === undefined || billedDurationMs === undefined) return undefined;
  if (memorySizeMb === undefined || maxMemoryUsedMb === undefined) return undefined;
  return {
    durationMs,
    billedDurationMs,
    memorySizeMb,
    maxMemoryUsedMb,
    ...(initDurationMs === undefined ? {} : { initDurationMs }),
  };
}
