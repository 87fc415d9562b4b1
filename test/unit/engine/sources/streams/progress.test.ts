import assert from 'node:assert/strict';
import fc from 'fast-check';
import { laneOf, Progress } from '../../../../../src/engine/sources/streams/progress.ts';

suite('a checkpoint', () => {
  test('covers what is done, and nothing behind what is not', () => {
    const progress = new Progress();
    progress.add(['1', '2', '3', '4']);
    assert.equal(progress.done(['2', '3']), undefined);
    assert.equal(progress.done(['1']), '3');
    assert.equal(progress.size, 1);
    progress.add(['5']);
    assert.equal(progress.done(['5']), undefined);
    assert.equal(progress.done(['4']), '5');
    assert.equal(progress.size, 0);
  });

  test('never covers a record that is not done, in whatever order they are', () => {
    fc.assert(
      fc.property(
        fc
          .integer({ min: 1, max: 30 })
          .chain(count =>
            fc
              .shuffledSubarray([...Array(count).keys()], { minLength: count })
              .map(order => ({ count, order })),
          ),
        ({ count, order }) => {
          const progress = new Progress();
          progress.add([...Array(count).keys()].map(String));
          const done = new Set<number>();
          let checkpoint = -1;
          for (const each of order) {
            done.add(each);
            checkpoint = Number(progress.done([String(each)]) ?? checkpoint);
            for (let covered = 0; covered <= checkpoint; covered++) assert.ok(done.has(covered));
            assert.ok(!done.has(checkpoint + 1));
          }
          assert.equal(checkpoint, count - 1);
        },
      ),
    );
  });
});

suite('the lane of a key', () => {
  test('is always the same, and one of those that there are', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 10 }), (key, lanes) => {
        const lane = laneOf(key, lanes);
        assert.ok(lane >= 0 && lane < lanes);
        assert.equal(laneOf(key, lanes), lane);
      }),
    );
  });

  test('spreads keys evenly', () => {
    const counts = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    for (let key = 0; key < 10_000; key++) {
      const lane = laneOf(`visitor-${key}`, 10);
      counts[lane] = (counts[lane] ?? 0) + 1;
    }
    assert.ok(
      counts.every(count => count > 800 && count < 1200),
      counts.join(),
    );
  });
});
