import assert from 'node:assert/strict';
import { formatTable, percentile, toRow } from '../../../../src/scripts/bench/rows.ts';

suite('benchmark rows', () => {
  const check = (percent: number, samples: readonly number[], expected: number) =>
    test(`the ${percent}th percentile of ${samples.length} samples is ${expected}`, () =>
      assert.equal(percentile(samples, percent), expected));
  check(50, [3, 1, 2], 2);
  check(50, [4, 1, 2, 3], 2);
  check(95, [1, 2, 3, 4, 5], 5);
  check(95, [...Array(100).keys()], 94);
  check(95, [7], 7);
  check(50, [], Number.NaN);

  test('a p95 is set against a budget', () => {
    const budget = { name: 'budget', value: 50 };
    const row = toRow('activation', {
      name: 'activate()',
      unit: 'ms',
      samples: [20, 25],
      comparedWith: budget,
    });
    assert.deepEqual([row.p50, row.p95, row.ratio], [20, 25, 0.5]);
  });

  test('a median is set against a peer', () => {
    const peer = { name: 'peer', value: 40, percentile: 50 } as const;
    const row = toRow('warm', { name: 'p50', unit: 'ms', samples: [20, 30, 90], comparedWith: peer });
    assert.equal(row.ratio, 0.75);
    assert.match(formatTable([row]), /peer \(40\.0\) +0\.75 \(p50\)$/);
  });

  test('the table has one aligned line for each row', () => {
    const row = toRow('invoke', { name: 'warm', unit: 'ms', samples: [1.234] });
    assert.equal(
      formatTable([row]),
      `benchmark  name  n  p50   p95   unit  compared with  ratio
invoke     warm  1  1.23  1.23  ms`,
    );
  });
});
