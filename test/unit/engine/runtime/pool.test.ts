import assert from 'node:assert/strict';
import {
  type Candidate,
  EnvironmentPool,
  type PooledEnvironment,
  place,
} from '../../../../src/engine/runtime/pool.ts';
import type { Clock } from '../../../../src/shared/clock.ts';
import { createFakeClock } from '../../../support/fakeClock.ts';

const candidate = (id: string, lastUse: number, more: Partial<Candidate> = {}): Candidate => ({
  id,
  revision: 'orders',
  idle: true,
  leaving: false,
  lastUse,
  ...more,
});

suite('placing an invocation', () => {
  const check = (candidates: readonly Candidate[], max: number, expected: ReturnType<typeof place>) =>
    assert.deepEqual(place(candidates, 'orders', max), expected);

  test('the first starts an environment', () => check([], 4, { kind: 'start' }));

  test('the idle environment that was used last is used again', () =>
    check([candidate('a', 1), candidate('b', 3), candidate('c', 2)], 4, { kind: 'reuse', id: 'b' }));

  test('a busy environment takes no second event', () =>
    check([candidate('a', 1, { idle: false })], 4, { kind: 'start' }));

  test('an environment of another revision is not used', () =>
    check([candidate('a', 1, { revision: 'invoices' })], 4, { kind: 'start' }));

  test('with the machine full the environment that has been idle for longest makes room', () =>
    check(
      [
        candidate('a', 2, { revision: 'invoices' }),
        candidate('b', 1, { revision: 'mails' }),
        candidate('c', 3, { idle: false }),
      ],
      3,
      { kind: 'start', evict: 'b' },
    ));

  test('with the machine full of busy environments the invocation is throttled', () =>
    check([candidate('a', 1, { idle: false }), candidate('b', 2, { idle: false })], 2, { kind: 'throttle' }));

  test('what is kept initialised is used first, and makes no room', () => {
    check([candidate('a', 1, { kept: true }), candidate('b', 2)], 4, { kind: 'reuse', id: 'a' });
    check([candidate('a', 1, { kept: true, revision: 'mails' })], 1, { kind: 'throttle' });
    check(
      [candidate('a', 1, { kept: true, revision: 'mails' }), candidate('b', 2, { revision: 'invoices' })],
      2,
      { kind: 'start', evict: 'b' },
    );
  });

  test('an environment that is about to end neither counts nor serves', () =>
    check([candidate('a', 1, { leaving: true })], 1, { kind: 'start' }));
});

suite('the pool', () => {
  const group = 'orders:$LATEST';
  const poolOf = (max: number, clock: Pick<Clock, 'after' | 'monotonic'> = createFakeClock()) =>
    new EnvironmentPool(max, 60_000, clock);

  test('an environment that rests is retired in time, unless it is used before', () => {
    const clock = createFakeClock();
    const pool = poolOf(2, clock);
    const [used, idle] = [fake('used'), fake('idle')];
    for (const environment of [idle, used]) {
      pool.acquire(environment.id, '1', () => environment);
      pool.rest(environment.id);
    }
    clock.pass(59_999);
    pool.acquire('used', '1', () => fake('another'));
    clock.pass(1);
    assert.deepEqual([used.retired, idle.retired], [0, 1]);
    pool.rest('used');
    pool.remove('used');
    clock.pass(60_000);
    assert.equal(used.retired, 0);
    pool.rest('used');
    pool.remove('used');
    pool.remove('idle');
    assert.equal(clock.pending(), 0);
  });

  test('environments with other code are retired by the next invocation', () => {
    const pool = poolOf(4);
    const [old, new_, other] = [fake('old'), fake('new'), fake('other')];
    pool.acquire(group, '1', () => old);
    pool.acquire('mails:$LATEST', '1', () => other);
    assert.equal(
      pool.acquire(group, '2', () => new_),
      new_,
    );
    assert.deepEqual([old.retired, other.retired], [1, 0]);
  });

  test('two functions with the same code share no environment', () => {
    const pool = poolOf(4);
    const [orders, mails] = [fake('orders'), fake('mails')];
    pool.acquire(group, '1', () => orders);
    assert.equal(
      pool.acquire('mails:$LATEST', '1', () => mails),
      mails,
    );
  });

  test('what is kept initialised stays however long it rests, until it is no longer kept', () => {
    const clock = createFakeClock();
    const pool = poolOf(2, clock);
    const kept = fake('kept');
    pool.addKept(group, '1', () => kept);
    assert.deepEqual(pool.kept(group), [kept.state]);
    assert.equal(
      pool.acquire(group, '1', () => fake('another')),
      kept,
    );
    pool.rest('kept');
    clock.pass(120_000);
    assert.equal(kept.retired, 0);
    pool.keepAtMost(group, 0);
    assert.deepEqual(pool.kept(group), []);
    clock.pass(60_000);
    assert.equal(kept.retired, 1);
  });

  test('what is kept initialised is retired when its process is gone', () => {
    const pool = poolOf(2);
    const kept = { ...fake('kept'), state: { name: 'idle', runtime: 'absent' } as const };
    pool.addKept(group, '1', () => kept);
    pool.acquire(group, '1', () => fake('another'));
    pool.rest('kept');
    assert.equal(kept.retired, 1);
  });

  test('what was removed is not known any more', () => {
    const pool = poolOf(1);
    pool.acquire(group, '1', () => fake('a'));
    assert.equal(pool.get('a')?.id, 'a');
    pool.remove('a');
    assert.equal(pool.get('a'), undefined);
  });

  test('stopping stops every environment', async () => {
    const pool = poolOf(2);
    const environments = [fake('a'), fake('b')];
    for (const environment of environments) pool.acquire(environment.id, '1', () => environment);
    await pool.stop();
    assert.deepEqual(
      environments.map(environment => environment.stopped),
      [1, 1],
    );
  });

  function fake(id: string): PooledEnvironment & { retired: number; stopped: number } {
    return {
      id,
      state: { name: 'idle', runtime: 'polling' },
      requestId: undefined,
      abandoned: false,
      retired: 0,
      stopped: 0,
      assign: () => new Promise(() => {}),
      retire() {
        this.retired++;
      },
      stop() {
        this.stopped++;
        return Promise.resolve();
      },
    };
  }
});
