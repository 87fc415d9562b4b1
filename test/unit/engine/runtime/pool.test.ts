import assert from 'node:assert/strict';
import {
  type Candidate,
  EnvironmentPool,
  type PooledEnvironment,
  place,
} from '../../../../src/engine/runtime/pool.ts';

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

  test('an environment that is about to end neither counts nor serves', () =>
    check([candidate('a', 1, { leaving: true })], 1, { kind: 'start' }));
});

suite('the pool', () => {
  const group = 'orders:$LATEST';

  test('environments with other code are retired by the next invocation', () => {
    const pool = new EnvironmentPool(4);
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
    const pool = new EnvironmentPool(4);
    const [orders, mails] = [fake('orders'), fake('mails')];
    pool.acquire(group, '1', () => orders);
    assert.equal(
      pool.acquire('mails:$LATEST', '1', () => mails),
      mails,
    );
  });

  test('what was removed is not known any more', () => {
    const pool = new EnvironmentPool(1);
    pool.acquire(group, '1', () => fake('a'));
    assert.equal(pool.get('a')?.id, 'a');
    pool.remove('a');
    assert.equal(pool.get('a'), undefined);
  });

  test('stopping stops every environment', async () => {
    const pool = new EnvironmentPool(2);
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
