import assert from 'node:assert/strict';
import { TmpQuota } from '../../../../../src/engine/runtime/bootstrap/tmpQuota.ts';

suite('the room in /tmp', () => {
  /** What is taken, as a disk would tell; how often it was asked; and what time it is. */
  function start(limitBytes: number) {
    const state = { taken: 0, asked: 0, now: 0 };
    const measure = () => {
      state.asked++;
      return state.taken;
    };
    return { state, quota: new TmpQuota(limitBytes, measure, () => state.now) };
  }

  test('is taken bit by bit, and measured once', () => {
    const { state, quota } = start(100);
    for (let n = 0; n < 10; n++) assert.equal(quota.take(10), true);
    assert.equal(state.asked, 1);
  });

  test('is all taken at some time', () => {
    const { state, quota } = start(100);
    assert.equal(quota.take(101), false);
    assert.equal(quota.take(100), true);
    state.taken = 100;
    assert.equal(quota.take(1), false);
    assert.equal(quota.freeBytes(), 0);
  });

  test('is there again when a file is deleted', () => {
    const { state, quota } = start(100);
    quota.take(100);
    state.taken = 100;
    assert.equal(quota.take(50), false);
    state.taken = 40;
    assert.equal(quota.take(50), true);
  });

  test('is less by what others have written, after a while', () => {
    const { state, quota } = start(100);
    quota.take(10);
    state.taken = 95;
    assert.equal(quota.take(10), true);
    state.now += 1001;
    assert.equal(quota.take(10), false);
  });
});
