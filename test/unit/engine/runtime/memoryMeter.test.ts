import assert from 'node:assert/strict';
import type { Attempt } from '../../../../src/engine/runtime/attempt.ts';
import { MemoryMeter } from '../../../../src/engine/runtime/memoryMeter.ts';
import { createFakeClock } from '../../../support/fakeClock.ts';

suite('the memory of an environment', () => {
  function start() {
    const clock = createFakeClock();
    const state = { peakMb: 40, heldMb: 30, reads: 0, kills: 0 };
    const attempt = {
      memory: () => {
        state.reads++;
        return { peakMb: state.peakMb, heldMb: state.heldMb };
      },
      kill: () => void state.kills++,
    } as Partial<Attempt> as Attempt;
    const meter = new MemoryMeter(clock, 128);
    meter.follow(attempt);
    return { clock, state, meter };
  }

  test('is the most that was seen', () => {
    const { state, meter } = start();
    meter.sample(100);
    state.peakMb = 35;
    meter.sample(100);
    assert.equal(meter.maxMb, 40);
  });

  test('is read again after a while, or after what has run for long enough to take some', () => {
    const { clock, state, meter } = start();
    meter.sample(1);
    meter.sample(1);
    assert.equal(state.reads, 1);
    meter.sample(2);
    assert.equal(state.reads, 2);
    clock.pass(20);
    meter.sample(1);
    assert.equal(state.reads, 3);
  });

  test('is what the runtime says where the system does not tell', () => {
    const meter = new MemoryMeter(createFakeClock(), 128);
    meter.sample(10, 50 * 1024);
    assert.equal(meter.maxMb, 50);
  });

  test('ends the processes when it is more than there is', () => {
    const { clock, state, meter } = start();
    meter.watch(true);
    clock.pass(200);
    assert.equal(state.kills, 0);
    state.heldMb = 129;
    clock.pass(200);
    assert.equal(state.kills, 1);
  });
});
