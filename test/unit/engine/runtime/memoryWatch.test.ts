import assert from 'node:assert/strict';
import { MemoryWatch } from '../../../../src/engine/runtime/memoryWatch.ts';
import { createFakeClock } from '../../../support/fakeClock.ts';

suite('the watch over memory', () => {
  test('looks again and again while it is on, and not at all when it is off', () => {
    const clock = createFakeClock();
    let looks = 0;
    const watch = new MemoryWatch(clock, () => void looks++);
    clock.pass(1000);
    assert.equal(looks, 0);
    watch.set(true);
    watch.set(true);
    clock.pass(1000);
    assert.equal(looks, 5);
    watch.set(false);
    clock.pass(1000);
    assert.deepEqual([looks, clock.pending()], [5, 0]);
    watch.set(true);
    watch.set(false);
    watch.set(true);
    assert.equal(clock.pending(), 1);
  });

  test('can be ended by what it sees', () => {
    const clock = createFakeClock();
    const watch = new MemoryWatch(clock, () => watch.set(false));
    watch.set(true);
    clock.pass(1000);
    assert.equal(clock.pending(), 0);
  });
});
