import assert from 'node:assert/strict';
import { concurrencyAfter, pauseAfter } from '../../../../src/engine/sources/sqs/scaling.ts';

suite('how a queue is polled (lambda-facts 4.4)', () => {
  test('five batches at once, and 300 a minute more, up to 1,250', () => {
    const minutes = [0, 0.01, 1, 2, 4.15, 60];
    assert.deepEqual(
      minutes.map(each => concurrencyAfter(each * 60_000, 100_000)),
      [5, 8, 305, 605, 1250, 1250],
    );
  });

  test('never more than a setting allows', () => {
    assert.equal(concurrencyAfter(60_000, 16), 16);
    assert.equal(concurrencyAfter(0, 2), 2);
  });

  test('failures in a row make longer and longer pauses', () => {
    assert.deepEqual([0, 1, 2, 3, 7, 100].map(pauseAfter), [0, 500, 1000, 2000, 20_000, 20_000]);
  });
});
