import assert from 'node:assert/strict';
import {
  type AsyncPolicy,
  type Attempt,
  afterAttempt,
  attemptOf,
  isTooOld,
} from '../../../../../src/engine/invoke/async/policy.ts';

const second = 1_000;
const minute = 60 * second;

/** The life of an event whose attempts go as they are listed, each of which takes no time: when each one is made, and its end. */
function lifeOf(attempts: readonly Attempt[], policy: AsyncPolicy = {}): readonly (number | string)[] {
  const life: (number | string)[] = [];
  let progress = { queuedAt: 0, invokeCount: 0, refusals: 0 };
  let now = 0;
  for (const attempt of attempts) {
    if (isTooOld(progress, policy, now)) return [...life, 'EventAgeExceeded', progress.invokeCount];
    life.push(now);
    const next = afterAttempt(progress, attempt, policy, now);
    progress = next.progress;
    if (next.kind === 'ended') return [...life, next.condition, progress.invokeCount];
    now = next.dueAt;
  }
  return life;
}

suite('an asynchronous event', () => {
  const check = (
    title: string,
    attempts: readonly Attempt[],
    expected: readonly (number | string)[],
    policy: AsyncPolicy = {},
  ) => test(title, () => assert.deepEqual(lifeOf(attempts, policy), expected));

  check('is run once where that succeeds', ['succeeded'], [0, 'Success', 1]);

  check(
    'is run again one minute after the first error and two after the second, and then no more',
    ['failed', 'failed', 'failed'],
    [0, minute, 3 * minute, 'RetriesExhausted', 3],
  );

  check('is done with the first success', ['failed', 'succeeded'], [0, minute, 'Success', 2]);

  check('is not retried where the configuration says 0', ['failed'], [0, 'RetriesExhausted', 1], {
    maximumRetryAttempts: 0,
  });

  check('is retried once where it says 1', ['failed', 'failed'], [0, minute, 'RetriesExhausted', 2], {
    maximumRetryAttempts: 1,
  });

  check(
    'comes back after 1 s and then twice as long each time where it is turned away, up to five minutes',
    Array.from({ length: 12 }, () => 'refused' as const),
    [0, 1, 3, 7, 15, 31, 63, 127, 255, 511, 811, 1111].map(at => at * second),
  );

  check(
    'is turned away without that being an attempt',
    ['failed', 'refused', 'refused', 'failed', 'refused', 'failed'],
    [0, minute, 61_000, 63_000, 183_000, 184_000, 'RetriesExhausted', 3],
  );

  check(
    'that is turned away ends with its age',
    Array.from({ length: 12 }, () => 'refused' as const),
    [0, 1_000, 3_000, 7_000, 15_000, 31_000, 'EventAgeExceeded', 0],
    { maximumEventAgeSeconds: 60 },
  );

  check(
    'of a function that reserves nothing ends at once, without having been run',
    ['reserved zero'],
    [0, 'ZeroReservedConcurrency', 0],
  );

  check('that a function sends to itself is no longer tried', ['recursive'], [0, 'RetriesExhausted', 0]);

  test('that is as old as it may be is tried still', () => {
    const progress = { queuedAt: 1_000, invokeCount: 1, refusals: 0 };
    assert.equal(isTooOld(progress, { maximumEventAgeSeconds: 60 }, 61_000), false);
    assert.equal(isTooOld(progress, { maximumEventAgeSeconds: 60 }, 61_001), true);
    assert.equal(isTooOld(progress, {}, 6 * 60 * minute + 1_000), false);
    assert.equal(isTooOld(progress, {}, 6 * 60 * minute + 1_001), true);
  });

  test('counts errors of the function, and what turned it away', () => {
    const completed = {
      kind: 'completed',
      payload: new Uint8Array(),
      executedVersion: '$LATEST',
      log: '',
      environmentId: 'e',
      coldStart: false,
      durationMs: 1,
    } as const;
    const rejected = (status: number) =>
      ({ kind: 'rejected', error: { name: 'E', status, body: {} } }) as const;
    assert.equal(attemptOf(completed, undefined), 'succeeded');
    assert.equal(attemptOf({ ...completed, functionError: 'Unhandled' }, 0), 'failed');
    assert.equal(attemptOf(rejected(429), 5), 'refused');
    assert.equal(attemptOf(rejected(429), 0), 'reserved zero');
    assert.equal(attemptOf(rejected(500), 0), 'refused');
    const recursive = { ...rejected(400).error, name: 'RecursiveInvocationException' };
    assert.equal(attemptOf({ kind: 'rejected', error: recursive }, undefined), 'recursive');
  });
});
