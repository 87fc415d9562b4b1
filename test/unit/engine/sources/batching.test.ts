import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  addToBatch,
  emptyBatch,
  maxBatchBytes,
  type Sized,
  windowClosed,
} from '../../../../src/engine/sources/batching.ts';

const sized = (item: number, bytes = 1): Sized<number> => ({ item, bytes });

suite('a batch', () => {
  test('closes when it has its size', () => {
    const { open, closed } = addToBatch(
      emptyBatch<number>(),
      [1, 2, 3, 4, 5].map(item => sized(item)),
      0,
      { size: 2 },
    );
    assert.deepEqual(closed, [
      { items: [1, 2], closed: 'size' },
      { items: [3, 4], closed: 'size' },
    ]);
    assert.deepEqual(
      open.records.map(({ item }) => item),
      [5],
    );
  });

  test('closes before it has more than 6 MB (lambda-facts 4.2)', () => {
    const half = maxBatchBytes / 2;
    const { open, closed } = addToBatch(
      emptyBatch<number>(),
      [sized(1, half), sized(2, half), sized(3, 1)],
      0,
      { size: 100 },
    );
    assert.deepEqual(closed, [{ items: [1, 2], closed: 'bytes' }]);
    assert.equal(open.bytes, 1);
  });

  test('closes when its window has passed since its first record', () => {
    const first = addToBatch(emptyBatch<number>(), [sized(1)], 1000, { size: 10 }).open;
    const { open } = addToBatch(first, [sized(2)], 2500, { size: 10 });
    assert.equal(windowClosed(open, 2999, { windowMs: 2000 }), undefined);
    assert.deepEqual(windowClosed(open, 3000, { windowMs: 2000 }), { items: [1, 2], closed: 'window' });
    assert.equal(windowClosed(emptyBatch(), 9999, { windowMs: 0 }), undefined);
  });

  test('loses no record, keeps their order, and is never too large', () => {
    const reads = fc.array(fc.array(fc.integer({ min: 1, max: maxBatchBytes }), { maxLength: 12 }), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(reads, fc.integer({ min: 1, max: 9 }), (bytesOfReads, size) => {
        let open = emptyBatch<number>();
        let next = 0;
        const batches: (readonly number[])[] = [];
        const sizes = new Map<number, number>();
        for (const read of bytesOfReads) {
          const records = read.map(bytes => {
            sizes.set(next, bytes);
            return sized(next++, bytes);
          });
          const added = addToBatch(open, records, 0, { size });
          open = added.open;
          batches.push(...added.closed.map(({ items }) => items));
        }
        const rest = windowClosed(open, 0, { windowMs: 0 });
        if (rest) batches.push(rest.items);
        assert.deepEqual(batches.flat(), [...Array(next).keys()]);
        for (const batch of batches) {
          const bytes = batch.reduce((sum, item) => sum + (sizes.get(item) ?? 0), 0);
          assert.ok(batch.length >= 1 && batch.length <= size && bytes <= maxBatchBytes);
        }
      }),
    );
  });
});
