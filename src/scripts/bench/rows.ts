/** What a benchmark measured under one name. */
export interface Measurement {
  readonly name: string;
  /** For example `ms`. */
  readonly unit: string;
  readonly samples: readonly number[];
  /** A budget or a peer that the 95th percentile is set against, or another one. */
  readonly comparedWith?: { readonly name: string; readonly value: number; readonly percentile?: 50 | 95 };
}

/** A line of the table. */
export interface BenchRow extends Measurement {
  readonly benchmark: string;
  readonly p50: number;
  readonly p95: number;
  /** The percentile divided by what it is compared with: below 1 is less. */
  readonly ratio?: number;
}

export function toRow(benchmark: string, measurement: Measurement): BenchRow {
  const { samples, comparedWith } = measurement;
  return {
    benchmark,
    ...measurement,
    p50: percentile(samples, 50),
    p95: percentile(samples, 95),
    ...(comparedWith
      ? { ratio: percentile(samples, comparedWith.percentile ?? 95) / comparedWith.value }
      : {}),
  };
}

/** The smallest sample that is not below `percent` of all samples; NaN where there are none. */
export function percentile(samples: readonly number[], percent: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN;
}

export function formatTable(rows: readonly BenchRow[]): string {
  const cells = [
    ['benchmark', 'name', 'n', 'p50', 'p95', 'unit', 'compared with', 'ratio'],
    ...rows.map(row => [
      row.benchmark,
      row.name,
      String(row.samples.length),
      figure(row.p50),
      figure(row.p95),
      row.unit,
      row.comparedWith ? `${row.comparedWith.name} (${figure(row.comparedWith.value)})` : '',
      row.ratio === undefined ? '' : `${row.ratio.toFixed(2)} (p${row.comparedWith?.percentile ?? 95})`,
    ]),
  ];
  const widths = (cells[0] ?? []).map((_, column) => Math.max(...cells.map(row => row[column]?.length ?? 0)));
  return cells
    .map(row =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function figure(value: number): string {
  return value < 10 ? value.toFixed(2) : value.toFixed(1);
}
