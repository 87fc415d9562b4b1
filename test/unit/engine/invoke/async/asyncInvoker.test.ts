import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import {
  type AsyncSettings,
  createAsyncInvoker,
} from '../../../../../src/engine/invoke/async/asyncInvoker.ts';
import type { DeliveryOutcome } from '../../../../../src/engine/invoke/async/sender.ts';
import type { InvokeOutcome, InvokeRequest } from '../../../../../src/engine/invoke/invocation.ts';
import { serviceException, tooManyRequests } from '../../../../../src/engine/invoke/serviceErrors.ts';
import { createEventQueue } from '../../../../../src/engine/store/eventQueue.ts';
import { migrate } from '../../../../../src/engine/store/migrations.ts';
import type { AsyncEventChanged, EngineEventBody } from '../../../../../src/model/engineEvent.ts';
import { createFakeClock } from '../../../../support/fakeClock.ts';
import { silentLog } from '../../../../support/silentLog.ts';

const second = 1_000;
const minute = 60 * second;
const start = Date.parse('2026-11-23T10:00:00Z');

const completed = (payload: string, functionError?: 'Unhandled'): InvokeOutcome => ({
  kind: 'completed',
  payload: Buffer.from(payload),
  executedVersion: '$LATEST',
  log: '',
  environmentId: 'e',
  coldStart: false,
  durationMs: 1,
  ...(functionError === undefined ? {} : { functionError }),
});
const success = completed('"done"');
const failure = completed('{"errorType":"RangeError","errorMessage":"no such order"}', 'Unhandled');
const throttle: InvokeOutcome = {
  kind: 'rejected',
  error: tooManyRequests('ReservedFunctionConcurrentInvocationLimitExceeded'),
};

interface Given {
  /** How the attempts go, one after the other; the last one is that of all further ones. */
  readonly outcomes?: readonly (InvokeOutcome | 'hangs')[];
  readonly deliveries?: readonly DeliveryOutcome[];
  readonly settings?: AsyncSettings;
  readonly concurrency?: number;
  readonly database?: DatabaseSync;
}

function open(given: Given = {}) {
  const { outcomes = [success], deliveries = [{ kind: 'sent' }], settings = {}, concurrency = 4 } = given;
  const database = given.database ?? new DatabaseSync(':memory:');
  migrate(database, ':memory:');
  const clock = createFakeClock(start);
  const queue = createEventQueue(database, clock, silentLog);
  const seconds = () => (clock.now() - start) / second;
  const attempts: { readonly at: number; readonly request: InvokeRequest }[] = [];
  const hanging: (() => void)[] = [];
  const sent: string[] = [];
  const changes: AsyncEventChanged[] = [];
  const warnings: string[] = [];
  const nth = <T>(list: readonly T[], index: number) => list[Math.min(index, list.length - 1)] as T;
  const invoker = createAsyncInvoker({
    clock,
    log: { ...silentLog, warn: message => warnings.push(message) },
    queue,
    concurrency,
    events: {
      emit: (event: EngineEventBody) => {
        if (event.type === 'asyncEventChanged') changes.push(event);
      },
    },
    invoker: {
      invoke: async request => {
        const outcome = nth(outcomes, attempts.length);
        attempts.push({ at: seconds(), request });
        if (outcome !== 'hangs') return outcome;
        await new Promise<void>(resolve => hanging.push(resolve));
        return failure;
      },
    },
    deliver: async (event, { kind, targetArn }, payload) => {
      const outcome = nth(deliveries, sent.length);
      const { condition } = event.ended;
      sent.push(`${seconds()}: ${condition} of ${Buffer.from(payload)} as ${kind} to ${targetArn}`);
      return outcome;
    },
    remember() {},
    forget() {},
    settingsOf: () => settings,
  });
  /** Lets time pass, in steps that are short enough for what happens in between. */
  const pass = async (ms: number) => {
    for (let left = ms; ; left -= second) {
      for (let turn = 0; turn < 6; turn += 1) {
        clock.pass(0);
        await new Promise(setImmediate);
      }
      if (left <= 0) return;
      clock.pass(Math.min(left, second));
    }
  };
  const accept = async (requestId: string, payload = '{}') => {
    const accepted = invoker.accept({ requestId, functionName: 'orders', payload: Buffer.from(payload) });
    clock.pass(0);
    await accepted;
  };
  const times = () => attempts.map(({ at }) => at);
  const kinds = () => changes.map(({ change }) => change.kind);
  return {
    database,
    clock,
    queue,
    invoker,
    attempts,
    times,
    hanging,
    sent,
    changes,
    kinds,
    warnings,
    pass,
    accept,
  };
}

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
