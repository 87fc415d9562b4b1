// What tests of the asynchronous invoker share.
import { DatabaseSync } from 'node:sqlite';
import {
  type AsyncSettings,
  createAsyncInvoker,
} from '../../../../../src/engine/invoke/async/asyncInvoker.ts';
import type { DeliveryOutcome } from '../../../../../src/engine/invoke/async/sender.ts';
import type { InvokeOutcome, InvokeRequest } from '../../../../../src/engine/invoke/invocation.ts';
import { tooManyRequests } from '../../../../../src/engine/invoke/serviceErrors.ts';
import { createEventQueue } from '../../../../../src/engine/store/eventQueue.ts';
import { migrate } from '../../../../../src/engine/store/migrations.ts';
import { createWaitClock } from '../../../../../src/engine/waits/waitClock.ts';
import type { AsyncEventChanged, EngineEventBody } from '../../../../../src/model/engineEvent.ts';
import { createFakeClock } from '../../../../support/fakeClock.ts';
import { silentLog } from '../../../../support/silentLog.ts';

export const second = 1_000;
export const minute = 60 * second;
export const start = Date.parse('2026-11-23T10:00:00Z');

export const completed = (payload: string, functionError?: 'Unhandled'): InvokeOutcome => ({
  kind: 'completed',
  payload: Buffer.from(payload),
  executedVersion: '$LATEST',
  log: '',
  environmentId: 'e',
  coldStart: false,
  durationMs: 1,
  ...(functionError === undefined ? {} : { functionError }),
});
export const success = completed('"done"');
export const failure = completed('{"errorType":"RangeError","errorMessage":"no such order"}', 'Unhandled');
export const throttle: InvokeOutcome = {
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

/** An invoker with a queue in memory and a clock that only `pass` moves. */
export function open(given: Given = {}) {
  const { outcomes = [success], deliveries = [{ kind: 'sent' }], settings = {}, concurrency = 4 } = given;
  const database = given.database ?? new DatabaseSync(':memory:');
  migrate(database, ':memory:');
  const clock = createFakeClock(start);
  const queue = createEventQueue(database, clock, silentLog);
  const waits = createWaitClock({
    clock,
    scale: 1,
    offset: { load: () => 0, save() {} },
    onChange() {},
  });
  const seconds = () => (clock.now() - start) / second;
  const attempts: { readonly at: number; readonly request: InvokeRequest }[] = [];
  const hanging: (() => void)[] = [];
  const sent: string[] = [];
  const changes: AsyncEventChanged[] = [];
  const warnings: string[] = [];
  const nth = <T>(list: readonly T[], index: number) => list[Math.min(index, list.length - 1)] as T;
  const invoker = createAsyncInvoker({
    clock,
    waits,
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
    waits,
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
