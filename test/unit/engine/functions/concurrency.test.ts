import assert from 'node:assert/strict';
import { Concurrency } from '../../../../src/engine/functions/concurrency.ts';

const reservedExceeded = 'ReservedFunctionConcurrentInvocationLimitExceeded';
const accountExceeded = 'ConcurrentInvocationLimitExceeded';

suite('concurrency', () => {
  const functions = [
    { name: 'orders', reservedConcurrency: 2 },
    { name: 'stopped', reservedConcurrency: 0 },
    { name: 'mails' },
    { name: 'clicks' },
  ];
  /** Enters one after the other, a name with a minus leaves; what each was answered. */
  const check = (account: number, steps: readonly string[], expected: readonly (string | undefined)[]) => {
    const concurrency = new Concurrency(account);
    const answers = steps.map(step =>
      step.startsWith('-') ? concurrency.leave(step.slice(1)) : concurrency.enter(step, functions),
    );
    assert.deepEqual(answers, expected);
  };

  test('a function with reserved concurrency runs as often as it has reserved', () =>
    check(100, ['orders', 'orders', 'orders'], [undefined, undefined, reservedExceeded]));

  test('what has ended makes room', () =>
    check(100, ['orders', 'orders', '-orders', 'orders'], [undefined, undefined, undefined, undefined]));

  test('a reservation of nothing throttles every invocation', () =>
    check(100, ['stopped'], [reservedExceeded]));

  test('functions without a reservation share what the reservations leave', () =>
    check(
      4,
      ['mails', 'clicks', 'mails', 'clicks'],
      [undefined, undefined, accountExceeded, accountExceeded],
    ));

  test("a reservation is the function's own, however busy the others are", () =>
    check(4, ['mails', 'mails', 'mails', 'orders'], [undefined, undefined, accountExceeded, undefined]));
});
