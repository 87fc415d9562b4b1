import assert from 'node:assert/strict';
import { failure, minute, open, second, start, throttle } from './invokerHarness.ts';

suite('asynchronous invocation and the clock of waits', () => {
  test('retries come sixty times as fast at the scale of 60, and their deadlines are told by that clock', async () => {
    const { waits, invoker, times, changes, pass, accept } = open({ outcomes: [failure] });
    waits.setScale(60);
    invoker.start();
    await accept('r1');
    await pass(10 * second);
    assert.deepEqual(times(), [0, 1, 3]);
    assert.deepEqual(
      changes.flatMap(({ change }) => (change.kind === 'waits' ? [change.dueAt] : [])),
      [start + minute, start + 3 * minute],
    );
  });

  test('back-offs and the age of events are scaled as well', async () => {
    const settings = { maximumEventAgeSeconds: 60, onFailureArn: 'arn:x' };
    const { waits, invoker, sent, pass, accept } = open({ outcomes: [throttle], settings });
    waits.setScale(10);
    invoker.start();
    await accept('r1');
    await pass(minute);
    assert.equal(sent.length, 1);
    assert.match(sent[0] ?? '', /^10: EventAgeExceeded/);
  });

  test('nothing that waits goes on while the clock is paused; what comes in is run', async () => {
    const { waits, invoker, times, pass, accept } = open({ outcomes: [failure] });
    invoker.start();
    await accept('r1');
    await pass(second);
    waits.pause();
    await pass(10 * minute);
    await accept('r2');
    await pass(0);
    assert.deepEqual(times(), [0, 601]);
    waits.resume();
    await pass(minute);
    assert.deepEqual(times(), [0, 601, 660, 661]);
  });

  test('a paused clock goes from one deadline to the next', async () => {
    const { waits, queue, invoker, times, pass, accept } = open({ outcomes: [failure] });
    waits.pause();
    invoker.start();
    await accept('r1');
    await pass(second);
    for (const expected of [2, 3]) {
      const next = queue.nextDueAfter(waits.now());
      assert.ok(next !== undefined);
      waits.advanceTo(next);
      await pass(second);
      assert.equal(times().length, expected);
    }
    assert.equal(queue.count(), 0);
  });

  test('what a destination is told happened when it happened', async () => {
    const settings = { maximumRetryAttempts: 1, onFailureArn: 'arn:x' };
    const away = { kind: 'unreachable', reason: 'ECONNREFUSED' } as const;
    const { waits, queue, invoker, pass, accept } = open({
      outcomes: [failure],
      deliveries: [away],
      settings,
    });
    waits.setScale(60);
    invoker.start();
    await accept('r1');
    await pass(2 * second);
    const ended = queue.list(1)[0]?.event.ended;
    assert.deepEqual([ended?.at, ended?.since], [start + second, start + minute]);
  });
});
