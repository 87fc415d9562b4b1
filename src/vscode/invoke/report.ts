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
 * Reads the last REPORT line of a log, as text or as JSON; undefined where there is none.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html
 * https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html#platform-report
 */
export function readReport(log: string): ReportFigures | undefined {
  const lines = log.split('\n');
  const line = lines.findLast(text => text.startsWith('REPORT RequestId: '));
  if (line !== undefined) return figuresOf(textFigures(line));
  const json = lines.findLast(text => text.startsWith('{') && text.includes('"platform.report"'));
  return json === undefined ? undefined : figuresOf(jsonFigures(json));
}

type Figures = Readonly<Partial<Record<keyof ReportFigures, number | undefined>>>;

function textFigures(line: string): Figures {
  const figure = (name: string) => {
    const field = line.split('\t').find(text => text.startsWith(`${name}: `));
    const value = field === undefined ? Number.NaN : Number.parseFloat(field.slice(name.length + 2));
    return Number.isNaN(value) ? undefined : value;
  };
  return {
    durationMs: figure('Duration'),
    billedDurationMs: figure('Billed Duration'),
    memorySizeMb: figure('Memory Size'),
    maxMemoryUsedMb: figure('Max Memory Used'),
    initDurationMs: figure('Init Duration'),
  };
}

function jsonFigures(line: string): Figures {
  try {
    const { type, record } = JSON.parse(line) as {
      type?: string;
      record?: { metrics?: Readonly<Record<string, number>> };
    };
    const metrics = type === 'platform.report' ? record?.metrics : undefined;
    return {
      durationMs: metrics?.durationMs,
      billedDurationMs: metrics?.billedDurationMs,
      memorySizeMb: metrics?.memorySizeMB,
      maxMemoryUsedMb: metrics?.maxMemoryUsedMB,
      initDurationMs: metrics?.initDurationMs,
    };
  } catch {
    // The log is cut at its beginning, which may be in the middle of a line.
    return {};
  }
}

function figuresOf({
  durationMs,
  billedDurationMs,
  memorySizeMb,
  maxMemoryUsedMb,
  initDurationMs,
}: Figures): ReportFigures | undefined {
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
