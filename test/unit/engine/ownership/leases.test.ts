import assert from 'node:assert/strict';
import {
  createLeases,
  type LeaseEvent,
  type LeaseState,
  type LeaseStep,
  stepLease,
} from '../../../../src/engine/ownership/leases.ts';
import { createFakeClock } from '../../../support/fakeClock.ts';

suite('the step of a lease', () => {
  const check = (state: LeaseState, event: LeaseEvent, expected: LeaseStep | undefined) => {
    const name = (value: object) => Object.values(value).join(' ');
    test(`${name(state)} and ${name(event)} ${expected ? `is ${name(expected.next)}` : 'is illegal'}`, () =>
      assert.deepEqual(stepLease(state, event, 9), expected));
  };
  const held = (count: number): LeaseState => ({ kind: 'held', count });
  const waiting: LeaseState = { kind: 'waiting', timer: 2 };
  const expired: LeaseState = { kind: 'expired' };

  check(held(1), { kind: 'acquired' }, { next: held(2), effects: [] });
  check(held(2), { kind: 'released' }, { next: held(1), effects: [] });
  check(
    held(1),
    { kind: 'released' },
    { next: { kind: 'waiting', timer: 9 }, effects: [{ kind: 'startTimer', timer: 9 }] },
  );
  check(held(1), { kind: 'elapsed', timer: 2 }, undefined);
  check(waiting, { kind: 'acquired' }, { next: held(1), effects: [{ kind: 'cancelTimer' }] });
  check(waiting, { kind: 'released' }, undefined);
  check(waiting, { kind: 'elapsed', timer: 2 }, { next: expired, effects: [{ kind: 'expire' }] });
  check(waiting, { kind: 'elapsed', timer: 1 }, undefined);
  check(expired, { kind: 'acquired' }, undefined);
  check(expired, { kind: 'released' }, undefined);
  check(expired, { kind: 'elapsed', timer: 2 }, undefined);
});

suite('leases on an engine', () => {
  function start() {
    const clock = createFakeClock();
    let expirations = 0;
    const leases = createLeases(clock, 30_000, () => expirations++);
    return { clock, leases, expirations: () => expirations };
  }

  test('it waits for its first client', () => {
    const { clock, expirations } = start();
    clock.pass(29_999);
    assert.equal(expirations(), 0);
    clock.pass(1);
    assert.equal(expirations(), 1);
  });

  test('it lives as long as one of them, and half a minute more', () => {
    const { clock, leases, expirations } = start();
    const [first, second] = [leases.acquire(), leases.acquire()];
    first?.dispose();
    clock.pass(100_000);
    second?.dispose();
    clock.pass(29_999);
    assert.equal(expirations(), 0);
    clock.pass(1);
    assert.equal(expirations(), 1);
    assert.equal(leases.acquire(), undefined);
  });

  test('a client that comes in time keeps it', () => {
    const { clock, leases, expirations } = start();
    leases.acquire()?.dispose();
    clock.pass(29_000);
    leases.acquire();
    clock.pass(100_000);
    assert.equal(expirations(), 0);
  });

  test('a lease that is given back twice counts once', () => {
    const { clock, leases, expirations } = start();
    const first = leases.acquire();
    leases.acquire();
    first?.dispose();
    first?.dispose();
    clock.pass(100_000);
    assert.equal(expirations(), 0);
  });

  test('nothing happens after its end', () => {
    const { clock, leases, expirations } = start();
    const lease = leases.acquire();
    leases.dispose();
    lease?.dispose();
    clock.pass(100_000);
    assert.equal(expirations(), 0);
    assert.equal(clock.pending(), 0);
  });
});
