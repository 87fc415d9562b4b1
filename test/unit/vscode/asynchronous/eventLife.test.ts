import assert from 'node:assert/strict';
import type { AsyncEventChange, InvocationRecord } from '../../../../src/model/engineEvent.ts';
import {
  durationText,
  type EventLife,
  lifeOfStored,
  stateOf,
  stepsOf,
  withChange,
} from '../../../../src/vscode/asynchronous/eventLife.ts';

const event = { requestId: 'r', functionName: 'orders', qualifier: '$LATEST' };
const waits = (dueAt: number): AsyncEventChange => ({ kind: 'waits', after: 'error', reason: 'no', dueAt });
const ended = (condition: 'Success' | 'RetriesExhausted'): AsyncEventChange => ({
  kind: 'ended',
  condition,
  invokeCount: 2,
});
const delivered: AsyncEventChange = { kind: 'delivered', as: 'deadLetter', targetArn: 'arn:d' };

/** A life whose changes come at 0, 10, 20 and so on. */
function life(...changes: readonly AsyncEventChange[]): EventLife {
  const first = withChange(undefined, { ...event, change: { kind: 'queued' } }, 0);
  return changes.reduce(
    (before, change, index) => withChange(before, { ...event, change }, (index + 1) * 10),
    first,
  );
}

const attempt = (startedAt: number): InvocationRecord => ({
  ...event,
  executedVersion: '$LATEST',
  environmentId: 'e',
  startedAt,
  durationMs: 1,
  maxMemoryUsedMb: 1,
  status: 'error',
});

suite('the life of an asynchronous event', () => {
  test('has its attempts, waits and deliveries in the order in which they happened', () => {
    const steps = stepsOf(life(waits(100), ended('RetriesExhausted'), delivered), [attempt(15), attempt(5)]);
    assert.deepEqual(
      steps.map(step =>
        step.kind === 'attempt' ? `attempt ${step.number} at ${step.record.startedAt}` : step.change.kind,
      ),
      ['attempt 1 at 5', 'waits', 'attempt 2 at 15', 'ended', 'delivered'],
    );
  });

  for (const [text, changes, waitTime, expected] of [
    ['that is queued runs', [], 0, { kind: 'running' }],
    ['that waits says until when', [waits(100)], 40, { kind: 'waiting', dueAt: 100 }],
    ['whose wait is over runs', [waits(100)], 100, { kind: 'running' }],
    ['that has succeeded', [ended('Success')], 0, { kind: 'succeeded' }],
    ['that was delivered has failed still', [ended('RetriesExhausted'), delivered], 0, { kind: 'failed' }],
    [
      'whose target is away waits for it',
      [ended('Success'), { kind: 'notDelivered', as: 'onSuccess', targetArn: 'a', reason: 'x', dueAt: 90 }],
      50,
      { kind: 'waiting', dueAt: 90 },
    ],
    [
      'that could not be delivered has come to its end',
      [ended('Success'), { kind: 'notDelivered', as: 'onSuccess', targetArn: 'a', reason: 'x' }],
      50,
      { kind: 'succeeded' },
    ],
  ] as const satisfies readonly (readonly [string, readonly AsyncEventChange[], number, object])[]) {
    test(`an event ${text}`, () => assert.deepEqual(stateOf(life(...changes), waitTime), expected));
  }

  test('goes on from what the engine has in its queue', () => {
    const stored = {
      dueAt: 100,
      event: { requestId: 'r', functionName: 'orders', progress: { invokeCount: 1, refusals: 0 } },
    };
    assert.deepEqual(stateOf(lifeOfStored(stored, 7, 40), 40), { kind: 'waiting', dueAt: 100 });
    assert.deepEqual(stateOf(lifeOfStored(stored, 7, 200), 200), { kind: 'running' });
  });

  for (const [ms, expected] of [
    [-5, '0 s'],
    [1, '1 s'],
    [57_001, '58 s'],
    [119_000, '119 s'],
    [120_000, '2 min'],
    [7_200_000, '2 h'],
  ] as const) {
    test(`a wait of ${ms} ms is ${expected}`, () => assert.equal(durationText(ms), expected));
  }
});
