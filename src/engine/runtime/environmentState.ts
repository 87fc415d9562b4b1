import type {
  BusyState,
  Ending,
  EnvironmentEffect,
  EnvironmentEvent,
  EnvironmentState,
  InitPhase,
  Transition,
} from './environmentLifecycle.ts';

/*
 * The life of an execution environment as a pure function. The process behind an environment comes and goes
 * (it is killed by a timeout, it exits, it crashes); the environment and its /tmp stay until it is stopped.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
 */

/** A new environment. */
export function startEnvironment(): Transition {
  return {
    next: { name: 'starting', init: 'init', assigned: false, retiring: false },
    effects: [{ type: 'startInitLimit' }, { type: 'spawn' }],
  };
}

/** What follows from an event; undefined where the event is not allowed in this state. */
export function stepEnvironment(state: EnvironmentState, event: EnvironmentEvent): Transition | undefined {
  switch (state.name) {
    case 'starting':
    case 'initialising':
      return stepInit(state, event);
    case 'idle':
      return stepIdle(state, event);
    case 'busy':
      return state.phase === 'answered' ? stepAnswered(state, event) : stepBusy(state, event);
    case 'resetting':
      return stepResetting(state, event);
    case 'stopping':
      return stepStopping(state, event);
    case 'gone':
      return undefined;
  }
}

type InitState = Extract<EnvironmentState, { name: 'starting' | 'initialising' }>;

function stepInit(state: InitState, event: EnvironmentEvent): Transition | undefined {
  const { init, assigned, retiring } = state;
  const endLimit = init === 'init' ? 'endInitLimit' : 'endTimeout';
  switch (event.type) {
    case 'assign':
      return assigned ? undefined : { next: { ...state, assigned: true }, effects: [] };
    case 'spawned':
      return state.name === 'starting' ? to({ ...state, name: 'initialising' }) : undefined;
    case 'spawnFailed':
      if (state.name !== 'starting') return undefined;
      return to(
        { name: 'gone' },
        { type: endLimit },
        ...completing(assigned, { kind: 'notStarted', message: event.message }),
        { type: 'release' },
      );
    case 'poll': {
      if (state.name !== 'initialising') return undefined;
      const ended: EnvironmentEffect[] = init === 'init' ? [{ type: 'endInitLimit' }] : [];
      return assigned
        ? to({ name: 'busy', phase: 'running', retiring }, ...ended, { type: 'deliver' })
        : settle(retiring, 'polling', ended);
    }
    case 'initError':
      if (state.name !== 'initialising') return undefined;
      return to(
        { name: 'resetting', init, cause: event.error, assigned, retiring },
        { type: endLimit },
        { type: 'kill' },
      );
    case 'initLimit':
      if (init !== 'init') return undefined;
      return to(
        { name: 'resetting', init, cause: { kind: 'initLimit' }, assigned, retiring },
        { type: 'kill' },
      );
    case 'timeout':
      if (init !== 'invoke') return undefined;
      return to(
        { name: 'resetting', init, cause: { kind: 'timeout', duringInit: true }, assigned, retiring },
        { type: 'kill' },
      );
    case 'exited':
      // Before its process has been started, the end of an extension is that of the runtime.
      if (state.name !== 'initialising' && event.exit.extension === undefined) return undefined;
      return afterFailedInit(
        state,
        event.exit,
        { status: 'error', errorType: event.exit.extension?.errorType ?? 'Runtime.ExitError' },
        [{ type: endLimit }],
      );
    case 'retire':
      return assigned
        ? { next: { ...state, retiring: true }, effects: [] }
        : stopping(state, [{ type: endLimit }]);
    case 'stop':
      return stopping(state, [{ type: endLimit }]);
    default:
      return undefined;
  }
}

/** An init that failed is repeated inside the invocation; when that fails too, its error is the answer. */
function afterFailedInit(
  { init, assigned, retiring }: { init: InitPhase; assigned: boolean; retiring: boolean },
  ending: Ending,
  report: { readonly status: 'error' | 'timeout'; readonly errorType?: string },
  before: readonly EnvironmentEffect[] = [],
): Transition {
  const effects: readonly EnvironmentEffect[] = [...before, { type: 'reportInit', init, ...report }];
  if (init === 'invoke') return settle(retiring, 'absent', [...effects, ...completing(assigned, ending)]);
  return assigned
    ? to(
        { name: 'starting', init: 'invoke', assigned, retiring },
        ...effects,
        { type: 'startTimeout' },
        { type: 'spawn' },
      )
    : settle(retiring, 'absent', effects);
}

function stepIdle(
  state: Extract<EnvironmentState, { name: 'idle' }>,
  event: EnvironmentEvent,
): Transition | undefined {
  switch (event.type) {
    case 'assign':
      if (state.runtime === 'absent') {
        return to(
          { name: 'starting', init: 'invoke', assigned: true, retiring: false },
          { type: 'startTimeout' },
          { type: 'spawn' },
        );
      }
      // The event lies ready when the process goes on: it is woken up once.
      return state.runtime === 'polling'
        ? to({ name: 'busy', phase: 'running', retiring: false }, { type: 'deliver' }, { type: 'thaw' })
        : to({ name: 'busy', phase: 'waiting', retiring: false }, { type: 'startTimeout' });
    case 'poll':
      return state.runtime === 'settling' ? settle(false, 'polling', []) : undefined;
    case 'hangUp':
      // Nobody is left to wait for an event: the process has to run to ask again.
      return state.runtime === 'polling'
        ? to({ name: 'idle', runtime: 'settling' }, { type: 'thaw' })
        : undefined;
    case 'exited':
      return state.runtime === 'absent' ? undefined : to({ name: 'idle', runtime: 'absent' });
    case 'retire':
    case 'stop':
      return settle(true, state.runtime, []);
    default:
      return undefined;
  }
}

function stepBusy(
  state: Extract<BusyState, { phase: 'waiting' | 'running' }>,
  event: EnvironmentEvent,
): Transition | undefined {
  const { phase, retiring } = state;
  switch (event.type) {
    case 'poll':
      return phase === 'waiting'
        ? to({ name: 'busy', phase: 'running', retiring }, { type: 'deliver' })
        : undefined;
    case 'answer':
      return phase === 'running'
        ? to(
            { name: 'busy', phase: 'answered', ending: event.ending, polling: false, retiring },
            { type: 'endTimeout' },
            { type: 'drain' },
          )
        : undefined;
    case 'timeout':
      return to(
        {
          name: 'resetting',
          init: 'invoke',
          cause: { kind: 'timeout', duringInit: false },
          assigned: true,
          retiring,
        },
        { type: 'kill' },
      );
    case 'exited':
      // Not having seen the event yet, it left between two invocations: a new process answers this one.
      return phase === 'waiting'
        ? to({ name: 'starting', init: 'invoke', assigned: true, retiring }, { type: 'spawn' })
        : settle(retiring, 'absent', [{ type: 'endTimeout' }, { type: 'complete', ending: event.exit }]);
    case 'retire':
      return { next: { ...state, retiring: true }, effects: [] };
    case 'stop':
      return to({ name: 'stopping', assigned: true }, { type: 'endTimeout' }, { type: 'kill' });
    default:
      return undefined;
  }
}

function stepAnswered(
  state: Extract<BusyState, { phase: 'answered' }>,
  event: EnvironmentEvent,
): Transition | undefined {
  const completed: EnvironmentEffect = { type: 'complete', ending: state.ending };
  switch (event.type) {
    case 'poll':
      return state.polling ? undefined : { next: { ...state, polling: true }, effects: [] };
    case 'hangUp':
      return state.polling ? { next: { ...state, polling: false }, effects: [] } : undefined;
    case 'drained':
      return settle(state.retiring, state.polling ? 'polling' : 'settling', [completed]);
    case 'exited':
      return settle(state.retiring, 'absent', [completed]);
    case 'retire':
      return { next: { ...state, retiring: true }, effects: [] };
    case 'stop':
      return to({ name: 'stopping', assigned: false }, completed, { type: 'kill' });
    default:
      return undefined;
  }
}

function stepResetting(
  state: Extract<EnvironmentState, { name: 'resetting' }>,
  event: EnvironmentEvent,
): Transition | undefined {
  const { cause, assigned, retiring } = state;
  switch (event.type) {
    case 'exited':
      if (cause.kind === 'timeout') {
        return settle(retiring, 'absent', [
          ...(cause.duringInit ? [{ type: 'reportInit', init: 'invoke', status: 'timeout' } as const] : []),
          ...completing(assigned, { kind: 'timeout' }),
        ]);
      }
      return cause.kind === 'initLimit'
        ? afterFailedInit(state, event.exit, { status: 'timeout' })
        : afterFailedInit(state, cause, { status: 'error', errorType: cause.errorType });
    case 'retire':
      return { next: { ...state, retiring: true }, effects: [] };
    case 'stop':
      return to({ name: 'stopping', assigned });
    default:
      return undefined;
  }
}

function stepStopping(
  state: Extract<EnvironmentState, { name: 'stopping' }>,
  event: EnvironmentEvent,
): Transition | undefined {
  if (event.type !== 'exited') return undefined;
  return to({ name: 'gone' }, ...completing(state.assigned, { kind: 'stopped' }), { type: 'release' });
}

/** No invocation is held: idle, or on the way out. */
function settle(
  retiring: boolean,
  runtime: 'polling' | 'settling' | 'absent',
  effects: readonly EnvironmentEffect[],
): Transition {
  if (!retiring) {
    const frozen: EnvironmentEffect[] = runtime === 'polling' ? [{ type: 'freeze' }] : [];
    return to({ name: 'idle', runtime }, ...effects, ...frozen);
  }
  return runtime === 'absent'
    ? to({ name: 'gone' }, ...effects, { type: 'release' })
    : to({ name: 'stopping', assigned: false }, ...effects, { type: 'kill' });
}

function stopping(state: InitState, effects: readonly EnvironmentEffect[]): Transition {
  return to({ name: 'stopping', assigned: state.assigned }, ...effects, { type: 'kill' });
}

function completing(assigned: boolean, ending: Ending): EnvironmentEffect[] {
  return assigned ? [{ type: 'complete', ending }] : [];
}

function to(next: EnvironmentState, ...effects: readonly EnvironmentEffect[]): Transition {
  return { next, effects };
}
