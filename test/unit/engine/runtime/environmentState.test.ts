import assert from 'node:assert/strict';
import type {
  EnvironmentEffect,
  EnvironmentEvent,
  EnvironmentState,
} from '../../../../src/engine/runtime/environmentLifecycle.ts';
import { startEnvironment, stepEnvironment } from '../../../../src/engine/runtime/environmentState.ts';

const body = new Uint8Array([1]);
const answer = { kind: 'response', body } as const;
const initError = { kind: 'initError', body, errorType: 'Runtime.HandlerNotFound' } as const;
const exit = { kind: 'exit', code: 1, signal: null } as const;

const events = {
  assign: { type: 'assign' },
  spawned: { type: 'spawned' },
  spawnFailed: { type: 'spawnFailed', message: 'no such file' },
  poll: { type: 'poll' },
  hangUp: { type: 'hangUp' },
  initError: { type: 'initError', error: initError },
  initLimit: { type: 'initLimit' },
  answer: { type: 'answer', ending: answer },
  drained: { type: 'drained' },
  timeout: { type: 'timeout' },
  exited: { type: 'exited', exit },
  retire: { type: 'retire' },
  stop: { type: 'stop' },
} as const satisfies Record<string, EnvironmentEvent>;
type EventName = keyof typeof events;

const held = { assigned: true, retiring: false };
const free = { assigned: false, retiring: false };
const states = {
  'starting, free': { name: 'starting', init: 'init', ...free },
  'starting, assigned': { name: 'starting', init: 'init', ...held },
  'starting again': { name: 'starting', init: 'invoke', ...held },
  'initialising, free': { name: 'initialising', init: 'init', ...free },
  'initialising, assigned': { name: 'initialising', init: 'init', ...held },
  'initialising again': { name: 'initialising', init: 'invoke', ...held },
  'idle, polling': { name: 'idle', runtime: 'polling' },
  'idle, settling': { name: 'idle', runtime: 'settling' },
  'idle, absent': { name: 'idle', runtime: 'absent' },
  'busy, waiting': { name: 'busy', phase: 'waiting', retiring: false },
  'busy, running': { name: 'busy', phase: 'running', retiring: false },
  'busy, answered': { name: 'busy', phase: 'answered', ending: answer, polling: false, retiring: false },
  'busy, answered and polling': {
    name: 'busy',
    phase: 'answered',
    ending: answer,
    polling: true,
    retiring: false,
  },
  'resetting after an init error': { name: 'resetting', init: 'init', cause: initError, ...held },
  'resetting after a second init error': { name: 'resetting', init: 'invoke', cause: initError, ...held },
  'resetting after the init limit': {
    name: 'resetting',
    init: 'init',
    cause: { kind: 'initLimit' },
    ...held,
  },
  'resetting after a timeout': {
    name: 'resetting',
    init: 'invoke',
    cause: { kind: 'timeout', duringInit: false },
    ...held,
  },
  'resetting after a timeout in init': {
    name: 'resetting',
    init: 'invoke',
    cause: { kind: 'timeout', duringInit: true },
    ...held,
  },
  'stopping, free': { name: 'stopping', assigned: false },
  'stopping, assigned': { name: 'stopping', assigned: true },
  gone: { name: 'gone' },
} as const satisfies Record<string, EnvironmentState>;
type StateName = keyof typeof states;

/** Everything that is allowed: the state that follows, and what is done. Every other pair is illegal. */
const legal: Partial<Record<StateName, Partial<Record<EventName, readonly [string, ...string[]]>>>> = {
  'starting, free': {
    assign: ['starting assigned'],
    spawned: ['initialising'],
    spawnFailed: ['gone', 'endInitLimit', 'release'],
    initLimit: ['resetting', 'kill'],
    retire: ['stopping', 'endInitLimit', 'kill'],
    stop: ['stopping', 'endInitLimit', 'kill'],
  },
  'starting, assigned': {
    spawned: ['initialising assigned'],
    spawnFailed: ['gone', 'endInitLimit', 'complete notStarted', 'release'],
    initLimit: ['resetting assigned', 'kill'],
    retire: ['starting assigned retiring'],
    stop: ['stopping assigned', 'endInitLimit', 'kill'],
  },
  'starting again': {
    spawned: ['initialising assigned'],
    spawnFailed: ['gone', 'endTimeout', 'complete notStarted', 'release'],
    timeout: ['resetting assigned', 'kill'],
    retire: ['starting assigned retiring'],
    stop: ['stopping assigned', 'endTimeout', 'kill'],
  },
  'initialising, free': {
    assign: ['initialising assigned'],
    poll: ['idle polling', 'endInitLimit', 'freeze'],
    initError: ['resetting', 'endInitLimit', 'kill'],
    initLimit: ['resetting', 'kill'],
    exited: ['idle absent', 'endInitLimit', 'reportInit init error Runtime.ExitError'],
    retire: ['stopping', 'endInitLimit', 'kill'],
    stop: ['stopping', 'endInitLimit', 'kill'],
  },
  'initialising, assigned': {
    poll: ['busy running', 'endInitLimit', 'deliver'],
    initError: ['resetting assigned', 'endInitLimit', 'kill'],
    initLimit: ['resetting assigned', 'kill'],
    exited: [
      'starting assigned',
      'endInitLimit',
      'reportInit init error Runtime.ExitError',
      'startTimeout',
      'spawn',
    ],
    retire: ['initialising assigned retiring'],
    stop: ['stopping assigned', 'endInitLimit', 'kill'],
  },
  'initialising again': {
    poll: ['busy running', 'deliver'],
    initError: ['resetting assigned', 'endTimeout', 'kill'],
    timeout: ['resetting assigned', 'kill'],
    exited: ['idle absent', 'endTimeout', 'reportInit invoke error Runtime.ExitError', 'complete exit'],
    retire: ['initialising assigned retiring'],
    stop: ['stopping assigned', 'endTimeout', 'kill'],
  },
  'idle, polling': {
    assign: ['busy running', 'deliver', 'thaw'],
    hangUp: ['idle settling', 'thaw'],
    exited: ['idle absent'],
    retire: ['stopping', 'kill'],
    stop: ['stopping', 'kill'],
  },
  'idle, settling': {
    assign: ['busy waiting', 'startTimeout'],
    poll: ['idle polling', 'freeze'],
    exited: ['idle absent'],
    retire: ['stopping', 'kill'],
    stop: ['stopping', 'kill'],
  },
  'idle, absent': {
    assign: ['starting assigned', 'startTimeout', 'spawn'],
    retire: ['gone', 'release'],
    stop: ['gone', 'release'],
  },
  'busy, waiting': {
    poll: ['busy running', 'deliver'],
    timeout: ['resetting assigned', 'kill'],
    exited: ['starting assigned', 'spawn'],
    retire: ['busy waiting retiring'],
    stop: ['stopping assigned', 'endTimeout', 'kill'],
  },
  'busy, running': {
    answer: ['busy answered', 'endTimeout', 'drain'],
    timeout: ['resetting assigned', 'kill'],
    exited: ['idle absent', 'endTimeout', 'complete exit'],
    retire: ['busy running retiring'],
    stop: ['stopping assigned', 'endTimeout', 'kill'],
  },
  'busy, answered': {
    poll: ['busy answered polling'],
    drained: ['idle settling', 'complete response'],
    exited: ['idle absent', 'complete response'],
    retire: ['busy answered retiring'],
    stop: ['stopping', 'complete response', 'kill'],
  },
  'busy, answered and polling': {
    hangUp: ['busy answered'],
    drained: ['idle polling', 'complete response', 'freeze'],
    exited: ['idle absent', 'complete response'],
    retire: ['busy answered polling retiring'],
    stop: ['stopping', 'complete response', 'kill'],
  },
  'resetting after an init error': {
    exited: ['starting assigned', 'reportInit init error Runtime.HandlerNotFound', 'startTimeout', 'spawn'],
    retire: ['resetting assigned retiring'],
    stop: ['stopping assigned'],
  },
  'resetting after a second init error': {
    exited: ['idle absent', 'reportInit invoke error Runtime.HandlerNotFound', 'complete initError'],
    retire: ['resetting assigned retiring'],
    stop: ['stopping assigned'],
  },
  'resetting after the init limit': {
    exited: ['starting assigned', 'reportInit init timeout', 'startTimeout', 'spawn'],
    retire: ['resetting assigned retiring'],
    stop: ['stopping assigned'],
  },
  'resetting after a timeout': {
    exited: ['idle absent', 'complete timeout'],
    retire: ['resetting assigned retiring'],
    stop: ['stopping assigned'],
  },
  'resetting after a timeout in init': {
    exited: ['idle absent', 'reportInit invoke timeout', 'complete timeout'],
    retire: ['resetting assigned retiring'],
    stop: ['stopping assigned'],
  },
  'stopping, free': { exited: ['gone', 'release'] },
  'stopping, assigned': { exited: ['gone', 'complete stopped', 'release'] },
};

suite('the life of an execution environment', () => {
  test('begins with a process that has ten seconds to initialise', () => {
    const { next, effects } = startEnvironment();
    assert.deepEqual(
      [describeState(next), ...effects.map(describeEffect)],
      ['starting', 'startInitLimit', 'spawn'],
    );
  });

  for (const state of Object.keys(states) as StateName[]) {
    for (const event of Object.keys(events) as EventName[]) {
      const expected = legal[state]?.[event];
      const title = expected === undefined ? 'is not allowed' : `leads to ${expected[0]}`;
      test(`${state}: ${event} ${title}`, () => {
        const transition = stepEnvironment(states[state], events[event]);
        const seen = transition && [
          describeState(transition.next),
          ...transition.effects.map(describeEffect),
        ];
        assert.deepEqual(seen, expected);
      });
    }
  }

  const retiring: readonly (readonly [EnvironmentState, EnvironmentEvent, readonly string[]])[] = [
    [
      { ...states['busy, running'], retiring: true },
      events.exited,
      ['gone', 'endTimeout', 'complete exit', 'release'],
    ],
    [
      { ...states['busy, answered'], retiring: true },
      events.drained,
      ['stopping', 'complete response', 'kill'],
    ],
    [
      { ...states['resetting after a timeout'], retiring: true },
      events.exited,
      ['gone', 'complete timeout', 'release'],
    ],
    [
      { ...states['initialising again'], retiring: true },
      events.exited,
      ['gone', 'endTimeout', 'reportInit invoke error Runtime.ExitError', 'complete exit', 'release'],
    ],
    [
      { ...states['initialising, assigned'], retiring: true },
      events.poll,
      ['busy running retiring', 'endInitLimit', 'deliver'],
    ],
  ];
  for (const [state, event, expected] of retiring) {
    test(`one that retires ends after its invocation: ${state.name}, ${event.type}`, () => {
      const transition = stepEnvironment(state, event);
      assert.ok(transition);
      assert.deepEqual([describeState(transition.next), ...transition.effects.map(describeEffect)], expected);
    });
  }
});

function describeState(state: EnvironmentState): string {
  const words: string[] = [state.name];
  if (state.name === 'idle') words.push(state.runtime);
  if (state.name === 'busy') words.push(state.phase);
  if (state.name === 'busy' && state.phase === 'answered' && state.polling) words.push('polling');
  if ('assigned' in state && state.assigned) words.push('assigned');
  if ('retiring' in state && state.retiring) words.push('retiring');
  return words.join(' ');
}

function describeEffect(effect: EnvironmentEffect): string {
  if (effect.type === 'complete') return `complete ${effect.ending.kind}`;
  if (effect.type !== 'reportInit') return effect.type;
  return ['reportInit', effect.init, effect.status, effect.errorType].filter(Boolean).join(' ');
}

suite('the failure of an extension', () => {
  const failure = { errorType: 'Extension.Crash', message: 'exit code 1' } as const;
  const exited = { type: 'exited', exit: { ...exit, extension: failure } } as const;

  test('is that of the initialisation, also before the runtime was started', () => {
    for (const name of ['starting', 'initialising'] as const) {
      const transition = stepEnvironment({ name, init: 'init', ...held }, exited);
      assert.deepEqual(transition?.next, { name: 'starting', init: 'invoke', ...held });
      assert.deepEqual(transition?.effects[1], {
        type: 'reportInit',
        init: 'init',
        status: 'error',
        errorType: 'Extension.Crash',
      });
    }
  });

  test('is the answer of the invocation that repeats it, and of the one that runs', () => {
    const ending = { type: 'complete', ending: exited.exit };
    const repeated = stepEnvironment({ name: 'starting', init: 'invoke', ...held }, exited);
    assert.deepEqual(repeated?.effects.at(-1), ending);
    const running = stepEnvironment({ name: 'busy', phase: 'running', retiring: false }, exited);
    assert.deepEqual(running?.effects.at(-1), ending);
  });
});
