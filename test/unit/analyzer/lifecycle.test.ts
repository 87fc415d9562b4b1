import assert from 'node:assert/strict';
import { crashLimit, step, type WorkerEvent, type WorkerState } from '../../../src/analyzer/lifecycle.ts';

const stopped: WorkerState = { kind: 'stopped', crashes: [] };
const idle: WorkerState = { kind: 'running', crashes: [], pending: 0 };
const busy: WorkerState = { kind: 'running', crashes: [], pending: 1 };
const disposed: WorkerState = { kind: 'disposed' };

function check(
  name: string,
  state: WorkerState,
  event: WorkerEvent,
  next: WorkerState,
  effects: readonly string[],
) {
  test(name, () => {
    const result = step(state, event);
    assert.deepEqual(result?.next, next);
    assert.deepEqual(
      result?.effects.map(({ type }) => type),
      effects,
    );
  });
}

suite('the life of the analyzer thread', () => {
  check('the first request starts it', stopped, { type: 'requested', at: 0 }, busy, ['start']);
  check('a request ends the wait for idleness', idle, { type: 'requested', at: 0 }, busy, ['stopWaiting']);
  check('a second request is only counted', busy, { type: 'requested', at: 0 }, { ...busy, pending: 2 }, []);
  check('the last answer begins the wait for idleness', busy, { type: 'settled' }, idle, ['waitForIdle']);
  check('an idle thread is ended', idle, { type: 'idled' }, stopped, ['terminate']);
  check(
    'a crash rejects what is pending',
    busy,
    { type: 'crashed', at: 7 },
    { kind: 'stopped', crashes: [7] },
    ['stopWaiting', 'rejectPending'],
  );
  check('dispose ends a running thread', busy, { type: 'disposed' }, disposed, [
    'stopWaiting',
    'terminate',
    'rejectPending',
  ]);
  check('dispose of a stopped one has nothing to end', stopped, { type: 'disposed' }, disposed, []);

  test('after too many crashes it is not started before the first of them is out of the window', () => {
    const crashes = Array.from({ length: crashLimit.count }, (_, index) => 1000 + index);
    const refused = step({ kind: 'stopped', crashes }, { type: 'requested', at: 2000 });
    assert.deepEqual(refused, {
      next: { kind: 'stopped', crashes },
      effects: [{ type: 'refuse', retryAt: 1000 + crashLimit.windowMs }],
    });
    const later = step({ kind: 'stopped', crashes }, { type: 'requested', at: 1000 + crashLimit.windowMs });
    assert.deepEqual(later?.effects, [{ type: 'start' }]);
  });

  const illegal: readonly (readonly [WorkerState, WorkerEvent])[] = [
    [stopped, { type: 'settled' }],
    [stopped, { type: 'idled' }],
    [stopped, { type: 'crashed', at: 0 }],
    [idle, { type: 'settled' }],
    [busy, { type: 'idled' }],
    [disposed, { type: 'requested', at: 0 }],
    [disposed, { type: 'settled' }],
    [disposed, { type: 'idled' }],
    [disposed, { type: 'crashed', at: 0 }],
    [disposed, { type: 'disposed' }],
  ];
  for (const [state, event] of illegal) {
    test(`${event.type} cannot happen while it is ${state.kind}${state === busy ? ' and busy' : ''}`, () => {
      assert.equal(step(state, event), undefined);
    });
  }
});
