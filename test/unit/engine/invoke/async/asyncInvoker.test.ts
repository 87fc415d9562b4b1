import assert from 'node:assert/strict';
import type { DeliveryOutcome } from '../../../../../src/engine/invoke/async/sender.ts';
import type { InvokeOutcome } from '../../../../../src/engine/invoke/invocation.ts';
import { serviceException } from '../../../../../src/engine/invoke/serviceErrors.ts';
import { completed, failure, minute, open, second, start, success, throttle } from './invokerHarness.ts';

suite('asynchronous invocation', () => {
  test('runs the function with the event, and is done with it', async () => {
    const { invoker, queue, attempts, kinds, pass, accept } = open();
    invoker.start();
    await accept('r1', '{"n":1}');
    await pass(0);
    assert.equal(attempts[0]?.request.requestId, 'r1');
    assert.equal(Buffer.from(attempts[0]?.request.payload ?? []).toString(), '{"n":1}');
    assert.deepEqual(kinds(), ['queued', 'ended']);
    assert.equal(queue.count(), 0);
  });

  test('is retried after one and two minutes with the same request id', async () => {
    const { invoker, queue, attempts, times, changes, pass, accept } = open({ outcomes: [failure] });
    invoker.start();
    await accept('r1');
    await pass(10 * minute);
    assert.deepEqual(times(), [0, 60, 180]);
    assert.deepEqual(new Set(attempts.map(({ request }) => request.requestId)), new Set(['r1']));
    assert.deepEqual(
      changes.map(({ change }) => change),
      [
        { kind: 'queued' },
        { kind: 'waits', after: 'error', reason: 'RangeError: no such order', dueAt: start + minute },
        { kind: 'waits', after: 'error', reason: 'RangeError: no such order', dueAt: start + 3 * minute },
        { kind: 'ended', condition: 'RetriesExhausted', invokeCount: 3 },
      ],
    );
    assert.equal(queue.count(), 0);
  });

  test('of a throttled function comes back with longer and longer waits, and says why', async () => {
    const { invoker, times, changes, pass, accept } = open({
      outcomes: [throttle, throttle, throttle, success],
    });
    invoker.start();
    await accept('r1');
    await pass(minute);
    assert.deepEqual(times(), [0, 1, 3, 7]);
    const change = changes[1]?.change;
    assert.deepEqual(change?.kind === 'waits' && [change.after, change.reason], [
      'refusal',
      'TooManyRequestsException: ReservedFunctionConcurrentInvocationLimitExceeded',
    ]);
  });

  test('survives that the function is away for a while', async () => {
    const away: InvokeOutcome = { kind: 'rejected', error: serviceException('It does not build.') };
    const { invoker, times, pass, accept } = open({ outcomes: [away, success] });
    invoker.start();
    await accept('r1');
    await pass(minute);
    assert.deepEqual(times(), [0, 1]);
  });

  test('of a function that reserves no concurrency is told of at once', async () => {
    const settings = { reservedConcurrency: 0, onFailureArn: 'arn:x', deadLetterArn: 'arn:d' };
    const { invoker, sent, pass, accept } = open({ outcomes: [throttle], settings });
    invoker.start();
    await accept('r1');
    await pass(0);
    assert.deepEqual(sent, [
      '0: ZeroReservedConcurrency of {} as deadLetter to arn:d',
      '0: ZeroReservedConcurrency of {} as onFailure to arn:x',
    ]);
  });

  test('that is too old is told of with what the function has answered last', async () => {
    const settings = { maximumEventAgeSeconds: 60, onFailureArn: 'arn:x' };
    const slow = open({ outcomes: ['hangs', failure], settings });
    slow.invoker.start();
    await slow.accept('r1');
    await slow.pass(second);
    for (const settle of slow.hanging) settle();
    await slow.pass(5 * minute);
    assert.deepEqual(slow.times(), [0]);
    assert.deepEqual(slow.sent, ['61: EventAgeExceeded of {} as onFailure to arn:x']);
  });

  test('goes to the destination of its result', async () => {
    const settings = { onSuccessArn: 'arn:good', onFailureArn: 'arn:bad', deadLetterArn: 'arn:dead' };
    const { invoker, sent, kinds, pass, accept } = open({ settings });
    invoker.start();
    await accept('r1', '1');
    await pass(0);
    assert.deepEqual(sent, ['0: Success of 1 as onSuccess to arn:good']);
    assert.deepEqual(kinds(), ['queued', 'ended', 'delivered']);
  });

  test('is not run again where its destination is away for a minute, and told of in the end', async () => {
    const away: DeliveryOutcome = { kind: 'unreachable', reason: 'ECONNREFUSED' };
    const settings = { onSuccessArn: 'arn:good' };
    const { invoker, sent, times, queue, warnings, pass, accept } = open({
      settings,
      deliveries: [away, away, away, away, away, { kind: 'sent' }],
    });
    invoker.start();
    await accept('r1');
    await pass(2 * minute);
    assert.deepEqual(
      sent.map(line => line.split(':')[0]),
      ['0', '1', '3', '7', '15', '31'],
    );
    assert.deepEqual([times(), queue.count(), warnings], [[0], 0, []]);
  });

  test('is lost where its destination refuses it, which is said', async () => {
    const settings = { deadLetterArn: 'arn:gone', maximumRetryAttempts: 0 };
    const { invoker, queue, changes, warnings, pass, accept } = open({
      settings,
      outcomes: [failure],
      deliveries: [{ kind: 'refused', reason: 'NonExistentQueue' }],
    });
    invoker.start();
    await accept('r1');
    await pass(0);
    assert.deepEqual(changes.at(-1)?.change, {
      kind: 'notDelivered',
      as: 'deadLetter',
      targetArn: 'arn:gone',
      reason: 'NonExistentQueue',
    });
    assert.deepEqual(
      [queue.count(), warnings],
      [0, ['orders: what became of r1 could not be sent to arn:gone: NonExistentQueue']],
    );
  });

  test('runs as many events at once as it may, and the others after them', async () => {
    const { invoker, attempts, hanging, pass, accept } = open({ outcomes: ['hangs'], concurrency: 2 });
    invoker.start();
    for (const id of ['a', 'b', 'c']) await accept(id);
    await pass(0);
    const ids = () => attempts.map(({ request }) => request.requestId);
    assert.deepEqual(ids(), ['a', 'b']);
    hanging[0]?.();
    await pass(0);
    assert.deepEqual(ids(), ['a', 'b', 'c']);
  });

  test('a wait can be skipped', async () => {
    const { clock, invoker, queue, times, pass, accept } = open({ outcomes: [failure, success] });
    invoker.start();
    await accept('r1');
    await pass(5 * second);
    assert.equal(queue.skipWaits(clock.now()), 1);
    invoker.wake();
    await pass(0);
    assert.deepEqual(times(), [0, 5]);
  });

  test('what was accepted before the engine began, or ended, is run when it begins', async () => {
    const first = open();
    await first.accept('r1');
    await first.pass(minute);
    assert.deepEqual(first.times(), []);
    const second = open({ database: first.database });
    second.invoker.start();
    await second.pass(0);
    assert.deepEqual(
      second.attempts.map(({ request }) => request.requestId),
      ['r1'],
    );
  });

  test('an attempt that the end of the engine cuts off does not count', async () => {
    const first = open({ outcomes: ['hangs'] });
    first.invoker.start();
    await first.accept('r1');
    await first.pass(0);
    const drained = first.invoker.drain();
    first.invoker.stop();
    for (const settle of first.hanging) settle();
    await first.pass(0);
    await drained;
    const [left] = first.queue.list(1);
    assert.deepEqual(left?.event.progress, { queuedAt: start, invokeCount: 0, refusals: 0 });
    assert.deepEqual(first.kinds(), ['queued']);
  });

  test('while it drains what is under way comes to its end, and nothing begins', async () => {
    const { invoker, queue, hanging, pass, accept } = open({
      outcomes: ['hangs'],
      settings: { maximumRetryAttempts: 0 },
      concurrency: 1,
    });
    invoker.start();
    await accept('a');
    await accept('b');
    await pass(0);
    let isDrained = false;
    void invoker.drain().then(() => {
      isDrained = true;
    });
    await pass(0);
    assert.equal(isDrained, false);
    hanging[0]?.();
    await pass(0);
    assert.equal(isDrained, true);
    assert.deepEqual(
      queue.list(5).map(({ event }) => event.requestId),
      ['b'],
    );
  });

  test('answers that are no JSON are told of as text', async () => {
    const { invoker, queue, pass, accept } = open({
      outcomes: [completed('<html>', 'Unhandled')],
    });
    invoker.start();
    await accept('r1');
    await pass(0);
    assert.equal(queue.list(1)[0]?.event.response?.payload, '"<html>"');
  });
});
