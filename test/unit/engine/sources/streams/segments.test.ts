import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  afterInvocation,
  expire,
  type RetryPolicy,
  retryDelay,
  type Segment,
  type SegmentOutcome,
} from '../../../../../src/engine/sources/streams/segments.ts';

const policy = (given: Partial<RetryPolicy> = {}): RetryPolicy => ({
  maximumRetryAttempts: -1,
  maximumRecordAgeMs: -1,
  bisect: false,
  ...given,
});

/** Works a batch off until nothing is left, or the function has been invoked too often. */
function workOff(
  items: readonly number[],
  invoke: (items: readonly number[]) => SegmentOutcome,
  retries: RetryPolicy,
) {
  let segments: readonly Segment<number>[] = [{ items, attempts: 0 }];
  const processed: number[] = [];
  const discarded: { readonly items: readonly number[]; readonly invokeCount: number }[] = [];
  const splits = new Map<number, number>();
  for (let invocations = 0; segments.length > 0; invocations++) {
    assert.ok(invocations < 10_000, 'it ends');
    const [head = assert.fail(), ...others] = segments;
    const step = afterInvocation(head, invoke(head.items), retries);
    processed.push(...step.processed);
    if (step.discarded) discarded.push(step.discarded);
    if (step.isSplit) for (const item of head.items) splits.set(item, (splits.get(item) ?? 0) + 1);
    segments = [...step.rest, ...others];
  }
  return { processed, discarded, splits };
}

const range = (count: number) => [...Array(count).keys()];

suite('records of a shard after an invocation (lambda-facts 4.5)', () => {
  test('are processed when the function has succeeded', () => {
    const step = afterInvocation({ items: [1, 2], attempts: 3 }, { kind: 'processed' }, policy());
    assert.deepEqual(step, { processed: [1, 2], rest: [], isSplit: false });
  });

  test('are tried again as a whole when it has failed', () => {
    const step = afterInvocation({ items: [1, 2], attempts: 3 }, { kind: 'failed' }, policy());
    assert.deepEqual(step, { processed: [], rest: [{ items: [1, 2], attempts: 4 }], isSplit: false });
  });

  test('are discarded after MaximumRetryAttempts + 1 invocations', () => {
    const { discarded, processed } = workOff(
      [1, 2],
      () => ({ kind: 'failed' }),
      policy({ maximumRetryAttempts: 2 }),
    );
    assert.deepEqual([processed, discarded], [[], [{ items: [1, 2], invokeCount: 3 }]]);
  });

  test('are tried again from the lowest one that is reported', () => {
    const step = afterInvocation({ items: [1, 2, 3], attempts: 0 }, { kind: 'partial', from: 1 }, policy());
    assert.deepEqual(step, { processed: [1], rest: [{ items: [2, 3], attempts: 1 }], isSplit: false });
  });

  test('with bisect are divided there, which is no attempt', () => {
    const step = afterInvocation(
      { items: [1, 2, 3], attempts: 0 },
      { kind: 'partial', from: 1 },
      policy({ bisect: true }),
    );
    assert.deepEqual(step, { processed: [1], rest: [{ items: [2, 3], attempts: 0 }], isSplit: true });
  });

  test('with bisect are divided in halves, which is no attempt', () => {
    const step = afterInvocation(
      { items: [1, 2, 3], attempts: 1 },
      { kind: 'failed' },
      policy({ bisect: true }),
    );
    assert.deepEqual(step, {
      processed: [],
      rest: [
        { items: [1, 2], attempts: 1 },
        { items: [3], attempts: 1 },
      ],
      isSplit: true,
    });
  });

  test('end in exactly one place, in their order, whatever fails', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.uniqueArray(fc.nat(39)),
        fc.boolean(),
        fc.boolean(),
        fc.integer({ min: 0, max: 3 }),
        (count, poisons, bisect, reports, maximumRetryAttempts) => {
          const invoke = (items: readonly number[]): SegmentOutcome => {
            const from = items.findIndex(item => poisons.includes(item));
            if (from === -1) return { kind: 'processed' };
            return reports ? { kind: 'partial', from } : { kind: 'failed' };
          };
          const { processed, discarded } = workOff(
            range(count),
            invoke,
            policy({ bisect, maximumRetryAttempts }),
          );
          const lost = discarded.flatMap(({ items }) => items);
          assert.deepEqual(
            [...processed, ...lost].toSorted((a, b) => a - b),
            range(count),
          );
          assert.deepEqual(
            processed,
            processed.toSorted((a, b) => a - b),
          );
          if (!bisect) return;
          assert.deepEqual(
            lost,
            range(count).filter(item => poisons.includes(item)),
          );
          assert.ok(discarded.every(({ invokeCount }) => invokeCount === maximumRetryAttempts + 1));
        },
      ),
    );
  });

  test('that poison a batch are isolated in at most ceil(log2 n) + 1 splits', () => {
    for (const count of [1, 2, 3, 7, 64, 100, 1000]) {
      for (const poison of [0, Math.floor(count / 2), count - 1]) {
        const { splits } = workOff(
          range(count),
          items => ({ kind: items.includes(poison) ? 'failed' : 'processed' }),
          policy({ bisect: true, maximumRetryAttempts: 0 }),
        );
        assert.ok((splits.get(poison) ?? 0) <= Math.ceil(Math.log2(count)) + 1, `${poison} of ${count}`);
      }
    }
  });

  test('are too old one by one, from the first on', () => {
    const items = [1000, 2000, 3000].map(arrivedAt => ({ arrivedAt }));
    const segment = { items, attempts: 2 };
    const at = (now: number, maximumRecordAgeMs: number) =>
      expire(segment, now, policy({ maximumRecordAgeMs })).expired.length;
    assert.deepEqual([at(3000, 1000), at(9000, 1000), at(3000, 5000), at(9e9, -1)], [1, 3, 0, 0]);
    assert.deepEqual(expire(segment, 3000, policy({ maximumRecordAgeMs: 1000 })).segment, {
      items: items.slice(1),
      attempts: 2,
    });
  });

  test('wait longer after each failure: eight invocations in a minute', () => {
    let invocations = 1;
    for (let at = 0, attempts = 1; at + retryDelay(attempts) <= 60_000; attempts++, invocations++) {
      at += retryDelay(attempts);
    }
    assert.equal(invocations, 8);
  });
});
