import assert from 'node:assert/strict';
import {
  patience,
  type ServiceEvent,
  type ServiceState,
  stepService,
} from '../../../../src/engine/services/embedded/serviceLifecycle.ts';

const states: Readonly<Record<ServiceState['name'], ServiceState>> = {
  stopped: { name: 'stopped' },
  starting: { name: 'starting', failures: 0 },
  ready: { name: 'ready', failures: 1 },
  resting: { name: 'resting', failures: 1 },
  failed: { name: 'failed', failures: patience },
  closing: { name: 'closing' },
  closed: { name: 'closed' },
};
const events: Readonly<Record<ServiceEvent['type'], ServiceEvent>> = {
  wanted: { type: 'wanted' },
  ready: { type: 'ready' },
  proven: { type: 'proven' },
  ended: { type: 'ended', reason: 'it crashed' },
  rested: { type: 'rested' },
  close: { type: 'close' },
};

/** What becomes of each state by each event that it allows, and what is to be done. */
const expected: Readonly<Record<string, string>> = {
  'stopped wanted': 'starting: start',
  'stopped close': 'closed: settle',
  'starting wanted': 'starting: ',
  'starting ready': 'ready: serve',
  'starting ended': 'resting: rest',
  'starting close': 'closing: end refuse',
  'ready wanted': 'ready: serve',
  'ready proven': 'ready: ',
  'ready ended': 'resting: rest',
  'ready close': 'closing: end refuse',
  'resting wanted': 'resting: ',
  'resting rested': 'starting: start',
  'resting close': 'closed: wake refuse settle',
  'failed wanted': 'starting: start',
  'failed close': 'closed: settle',
  'closing wanted': 'closing: refuse',
  'closing ended': 'closed: settle',
  'closed wanted': 'closed: refuse',
};

suite('the life of an embedded service', () => {
  for (const state of Object.values(states)) {
    for (const event of Object.values(events)) {
      const pair = `${state.name} ${event.type}`;
      test(`${pair}: ${expected[pair] ?? 'not allowed'}`, () => {
        const step = stepService(state, event);
        const told = step && `${step.next.name}: ${step.effects.map(({ type }) => type).join(' ')}`;
        assert.equal(told, expected[pair]);
      });
    }
  }

  test('rests longer after each end, then says why it does not run, and tries once for each who asks', () => {
    let state: ServiceState = { name: 'starting', failures: 0 };
    const rests: number[] = [];
    for (;;) {
      const ended = stepService(state, events.ended);
      assert.ok(ended);
      const [effect] = ended.effects;
      if (effect?.type !== 'rest') {
        assert.deepEqual(ended, {
          next: { name: 'failed', failures: patience },
          effects: [{ type: 'refuse', reason: 'it crashed' }],
        });
        state = ended.next;
        break;
      }
      rests.push(effect.ms);
      state = stepService(ended.next, events.rested)?.next ?? state;
    }
    assert.deepEqual(rests, [250, 500, 1000]);
    const again = stepService(state, events.wanted)?.next;
    assert.equal(again && stepService(again, events.ended)?.next.name, 'failed');
  });

  test('forgets what went wrong once it has run for a while', () => {
    assert.deepEqual(stepService({ name: 'ready', failures: 3 }, events.proven)?.next, {
      name: 'ready',
      failures: 0,
    });
  });
});
