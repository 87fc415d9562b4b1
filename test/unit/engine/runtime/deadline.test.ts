import assert from 'node:assert/strict';
import { startDeadline } from '../../../../src/engine/runtime/deadline.ts';
import { createFakeClock } from '../../../support/fakeClock.ts';

suite('a deadline', () => {
  test('calls back when its time has come, and says when that is', () => {
    const clock = createFakeClock(1000);
    let calls = 0;
    const deadline = startDeadline(clock, 3000, () => calls++);
    assert.equal(deadline.at, 4000);
    clock.pass(2999);
    assert.equal(calls, 0);
    clock.pass(1);
    assert.equal(calls, 1);
  });

  test('a timer that goes off early is not believed', () => {
    const clock = createFakeClock();
    const early = { ...clock, after: (ms: number, callback: () => void) => clock.after(ms * 0.9, callback) };
    let calls = 0;
    startDeadline(early, 1000, () => calls++);
    clock.pass(999);
    assert.equal(calls, 0);
    clock.pass(2);
    assert.equal(calls, 1);
  });

  test('one that is suspended goes on where it was', () => {
    const clock = createFakeClock();
    let calls = 0;
    const deadline = startDeadline(clock, 100, () => calls++);
    clock.pass(60);
    deadline.suspend();
    deadline.suspend();
    clock.pass(1000);
    assert.equal(calls, 0);
    deadline.resume();
    deadline.resume();
    clock.pass(39);
    assert.equal(calls, 0);
    clock.pass(1);
    assert.equal(calls, 1);
    deadline.suspend();
    deadline.resume();
    clock.pass(1000);
    assert.equal(calls, 1);
  });

  test('one that was disposed while it was suspended stays so', () => {
    const clock = createFakeClock();
    const deadline = startDeadline(clock, 100, () => assert.fail());
    deadline.suspend();
    deadline.dispose();
    deadline.resume();
    clock.pass(1000);
    assert.equal(clock.pending(), 0);
  });

  test('one that was disposed never calls back', () => {
    const clock = createFakeClock();
    startDeadline(clock, 10, () => assert.fail()).dispose();
    clock.pass(100);
    assert.equal(clock.pending(), 0);
  });
});
