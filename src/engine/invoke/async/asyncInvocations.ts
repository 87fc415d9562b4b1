import type { DatabaseSync } from 'node:sqlite';
import type { ProjectModel } from '../../../model/functionDefinition.ts';
import type { Clock } from '../../../shared/clock.ts';
import type { Disposable } from '../../../shared/disposable.ts';
import type { Log } from '../../../shared/log.ts';
import { createEventInvokeConfigOperations } from '../../api/operations/eventInvokeConfigs.ts';
import type { OperationHandler } from '../../api/operations/operation.ts';
import type { EventSink, Ids } from '../../ports.ts';
import { snsCall, sqsCall } from '../../services/calls.ts';
import { createEventQueue, type StoredEvent } from '../../store/eventQueue.ts';
import { createSettingTable } from '../../store/settingTable.ts';
import type { WaitClock } from '../../waits/waitClock.ts';
import type { Invoker } from '../invocation.ts';
import { type AsyncInvoker, type AsyncSettings, createAsyncInvoker } from './asyncInvoker.ts';
import { createDeliver } from './deliver.ts';
import { EventInvokeConfigs } from './eventInvokeConfigs.ts';
import type { ServiceCaller } from './sender.ts';
import { functionOf, type Target } from './targets.ts';

export interface AsyncInvocationsParts {
  readonly clock: Clock;
  readonly waits: WaitClock;
  readonly ids: Ids;
  readonly log: Log;
  readonly events: EventSink;
  readonly database: DatabaseSync;
  readonly invoker: Invoker;
  readonly home: { readonly region: string; readonly accountId: string };
  readonly call: ServiceCaller;
  readonly concurrency: number;
  /** What is set for a function, or one of its versions, besides its event invoke configuration. */
  readonly functionSettingsOf: (
    functionName: string,
    qualifier: string,
  ) => Pick<AsyncSettings, 'deadLetterArn' | 'reservedConcurrency'>;
  readonly remember: (requestId: string, payload: Uint8Array) => void;
  readonly forget: (requestId: string) => void;
}

/** Everything about invocations that nobody waits for: their queue, and what is said of them. */
export interface AsyncInvocations
  extends Pick<AsyncInvoker, 'start' | 'accept' | 'drain' | 'stop'>,
    Disposable {
  /** The operations of the API, by name. */
  readonly operations: Readonly<Record<string, OperationHandler>>;
  update(project: Pick<ProjectModel, 'resources'>): void;
  /** What is queued, the first due first. @param functionName absent: of every function */
  queued(functionName?: string): readonly StoredEvent[];
  /** Lets events wait no longer, all of them where none is named; returns how many were waiting. */
  skipWaits(requestId?: string): number;
  /** When the next event is due that waits, by the clock of waits. */
  nextDeadline(): number | undefined;
}

export function createAsyncInvocations(parts: AsyncInvocationsParts): AsyncInvocations {
  const { clock, waits, ids, log, database, invoker: functions, home, call } = parts;
  const queue = createEventQueue(database, clock, log);
  const configs = new EventInvokeConfigs(createSettingTable(database), clock);

  const invoker = createAsyncInvoker({
    ...parts,
    queue,
    deliver: createDeliver({ home, ids, call, invoke: request => invoker.accept(request) }),
    settingsOf(functionName, qualifier) {
      return {
        ...configs.get(functionName, qualifier),
        ...parts.functionSettingsOf(functionName, qualifier),
      };
    },
  });

  const exists = async (target: Target): Promise<boolean> => {
    const { service, region, accountId, resource } = target;
    if (service === 'lambda') {
      const { functionName, qualifier } = functionOf(target);
      return functions.check(functionName, qualifier)?.status !== 404;
    }
    const request =
      service === 'sqs'
        ? sqsCall({ region, accountId }, 'GetQueueUrl', { QueueName: resource })
        : service === 'sns'
          ? snsCall({ region, accountId }, 'GetTopicAttributes', {
              TopicArn: `arn:aws:sns:${region}:${accountId}:${resource}`,
            })
          : undefined;
    if (!request) return true;
    const reply = await call({ service, region, request }).catch(() => undefined);
    return reply === undefined || reply.status < 400 || reply.status >= 500;
  };

  return {
    operations: createEventInvokeConfigOperations({ configs, invoker: functions, home, exists }),
    update({ resources }) {
      configs.update(resources?.eventInvokeConfigs ?? []);
    },
    queued: functionName => queue.list(listedEvents, functionName),
    skipWaits(requestId) {
      const skipped = queue.skipWaits(waits.now(), requestId);
      invoker.wake();
      return skipped;
    },
    nextDeadline: () => queue.nextDueAfter(waits.now()),
    start: () => invoker.start(),
    accept: request => invoker.accept(request),
    drain: () => invoker.drain(),
    stop: () => invoker.stop(),
    dispose: () => queue.dispose(),
  };
}

const listedEvents = 1_000;
