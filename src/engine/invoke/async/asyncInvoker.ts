import type { AsyncEventChange } from '../../../model/engineEvent.ts';
import type { Clock } from '../../../shared/clock.ts';
import type { Disposable } from '../../../shared/disposable.ts';
import { messageOf } from '../../../shared/errors.ts';
import type { Log } from '../../../shared/log.ts';
import type { EventSink } from '../../ports.ts';
import type { EventQueue, StoredEvent } from '../../store/eventQueue.ts';
import { latestVersion } from '../../versions/records.ts';
import type { WaitClock } from '../../waits/waitClock.ts';
import type { InvokeOutcome, Invoker } from '../invocation.ts';
import type { Deliver } from './deliver.ts';
import type { EndedEvent } from './messages.ts';
import { type AsyncPolicy, afterAttempt, attemptOf, type Condition, isTooOld } from './policy.ts';
import type { AsyncRequest, Delivery, LastResponse, QueuedEvent } from './queuedEvent.ts';

/** What a function does with its asynchronous events. */
export interface AsyncSettings extends AsyncPolicy {
  readonly onSuccessArn?: string;
  readonly onFailureArn?: string;
  readonly deadLetterArn?: string;
  /** Of the function; 0 lets nothing run. */
  readonly reservedConcurrency?: number;
}

export interface AsyncInvokerParts {
  readonly clock: Pick<Clock, 'now' | 'after'>;
  readonly waits: Pick<WaitClock, 'now' | 'at'>;
  readonly log: Log;
  readonly events: EventSink;
  readonly queue: EventQueue;
  readonly invoker: Pick<Invoker, 'invoke'>;
  readonly deliver: Deliver;
  /** Keeps the payload for the history of the invocation that is about to begin. */
  readonly remember: (requestId: string, payload: Uint8Array) => void;
  readonly forget: (requestId: string) => void;
  readonly settingsOf: (functionName: string, qualifier: string) => AsyncSettings;
  /** How many events are worked on at once. */
  readonly concurrency: number;
}

/** Runs functions with events that nobody waits for. */
export interface AsyncInvoker {
  /** Begins to work on what is in the queue, unless that has been done. */
  start(): void;
  /** Settles when the event is safe; rejects where it cannot be kept. */
  accept(request: AsyncRequest): Promise<void>;
  /** Looks at the queue again, as waits have been skipped. */
  wake(): void;
  /** Begins nothing more; settles when nothing is under way. */
  drain(): Promise<void>;
  /** From now on what becomes of attempts under way does not count: their events stay in the queue. */
  stop(): void;
}

export function createAsyncInvoker(parts: AsyncInvokerParts): AsyncInvoker {
  return new QueuedInvoker(parts);
}

class QueuedInvoker implements AsyncInvoker {
  readonly #parts: AsyncInvokerParts;
  /** The sequences of the events that are worked on. */
  readonly #running = new Set<number>();
  #state: 'waiting' | 'working' | 'draining' | 'stopped' = 'waiting';
  #timer: Disposable | undefined;
  #whenIdle: (() => void)[] = [];

  constructor(parts: AsyncInvokerParts) {
    this.#parts = parts;
  }

  start(): void {
    if (this.#state !== 'waiting') return;
    this.#state = 'working';
    this.wake();
  }

  async accept({ payload, ...request }: AsyncRequest): Promise<void> {
    const { waits, queue } = this.#parts;
    const now = waits.now();
    const event = { ...request, progress: { queuedAt: now, invokeCount: 0, refusals: 0 } };
    await queue.add(event, payload, now);
    this.#tell(event, { kind: 'queued' });
    this.wake();
  }

  wake(): void {
    // What comes in at one moment is looked for once, and at once however the clock of waits stands.
    this.#look(look => this.#parts.clock.after(0, look));
  }

  drain(): Promise<void> {
    if (this.#state !== 'stopped') this.#state = 'draining';
    this.#timer?.dispose();
    if (this.#running.size === 0) return Promise.resolve();
    return new Promise(resolve => this.#whenIdle.push(resolve));
  }

  stop(): void {
    this.#state = 'stopped';
    this.#timer?.dispose();
  }

  #look(when: (look: () => void) => Disposable): void {
    if (this.#state !== 'working') return;
    this.#timer?.dispose();
    this.#timer = when(() => this.#workOff());
  }

  #workOff(): void {
    const { waits, queue, concurrency } = this.#parts;
    const now = waits.now();
    const room = concurrency - this.#running.size;
    // Whoever ends makes room and looks again.
    if (room <= 0) return;
    for (const stored of queue.due(now, room, this.#running)) void this.#workOn(stored);
    const next = queue.nextDueAfter(now);
    if (next !== undefined) this.#look(look => waits.at(next, look));
  }

  async #workOn(stored: StoredEvent): Promise<void> {
    const { queue, log } = this.#parts;
    this.#running.add(stored.sequence);
    try {
      let current: StoredEvent | undefined = stored;
      // Once it has ended it is told of at once; what cannot be told waits in the queue.
      do {
        current = await this.#advance(current);
        if (this.#state === 'stopped') return;
        if (current === undefined) await queue.remove(stored.sequence);
        else await queue.update(current);
      } while (current !== undefined && current.dueAt <= this.#parts.waits.now());
    } catch (error) {
      log.error(`The asynchronous invocation ${stored.event.requestId} could not be worked on`, error);
    } finally {
      this.#running.delete(stored.sequence);
      if (this.#running.size === 0) for (const settle of this.#whenIdle.splice(0)) settle();
      this.wake();
    }
  }

  /** The event as it is after one more step; undefined when it is done with. */
  #advance(stored: StoredEvent): Promise<StoredEvent | undefined> {
    const { ended } = stored.event;
    return ended ? this.#tellNext({ ...stored.event, ended }, stored) : this.#attempt(stored);
  }

  async #attempt(stored: StoredEvent): Promise<StoredEvent | undefined> {
    const { waits, invoker, queue, remember, forget } = this.#parts;
    const { event } = stored;
    const settings = this.#settingsOf(event);
    if (isTooOld(event.progress, settings, waits.now())) return this.#end(stored, 'EventAgeExceeded');
    const { requestId, functionName, qualifier, traceHeader } = event;
    const payload = queue.payload(stored.sequence);
    remember(requestId, payload);
    const outcome = await invoker.invoke({
      requestId,
      functionName,
      payload,
      ...(qualifier === undefined ? {} : { qualifier }),
      ...(traceHeader === undefined ? {} : { traceHeader }),
    });
    if (outcome.kind === 'rejected') forget(requestId);
    if (this.#state === 'stopped') return stored;
    const attempt = attemptOf(outcome, settings.reservedConcurrency);
    const next = afterAttempt(event.progress, attempt, settings, waits.now());
    const response = outcome.kind === 'completed' ? responseOf(outcome) : event.response;
    const after = { ...event, progress: next.progress, ...(response === undefined ? {} : { response }) };
    if (next.kind === 'ended') return this.#end({ ...stored, event: after }, next.condition);
    this.#tell(event, {
      kind: 'waits',
      after: attempt === 'failed' ? 'error' : 'refusal',
      reason: reasonOf(outcome),
      dueAt: next.dueAt,
    });
    return { ...stored, dueAt: next.dueAt, event: after };
  }

  #end(stored: StoredEvent, condition: Condition): StoredEvent | undefined {
    const { event } = stored;
    const { clock, waits } = this.#parts;
    const since = waits.now();
    this.#tell(event, { kind: 'ended', condition, invokeCount: event.progress.invokeCount });
    const deliveries = deliveriesOf(this.#settingsOf(event), condition);
    if (deliveries.length === 0) return undefined;
    const ended = { condition, at: clock.now(), since, deliveries };
    return { ...stored, dueAt: since, event: { ...event, ended } };
  }

  async #tellNext(event: EndedEvent, stored: StoredEvent): Promise<StoredEvent | undefined> {
    const { waits, deliver, log, queue } = this.#parts;
    const [delivery, ...others] = event.ended.deliveries;
    if (delivery === undefined) return undefined;
    const { kind: as, targetArn, refusals } = delivery;
    const outcome = await deliver(event, delivery, queue.payload(stored.sequence));
    const now = waits.now();
    const isHopeless = outcome.kind === 'refused' || now - event.ended.since > longestTellingMs;
    const rest = (deliveries: readonly Delivery[], dueAt: number): StoredEvent | undefined =>
      deliveries.length === 0
        ? undefined
        : { ...stored, dueAt, event: { ...event, ended: { ...event.ended, deliveries } } };
    if (outcome.kind === 'sent') {
      this.#tell(event, { kind: 'delivered', as, targetArn });
      return rest(others, now);
    }
    const { reason } = outcome;
    const dueAt = now + Math.min(firstPauseMs * 2 ** refusals, longestPauseMs);
    this.#tell(event, { kind: 'notDelivered', as, targetArn, reason, ...(isHopeless ? {} : { dueAt }) });
    if (!isHopeless) return rest([{ ...delivery, refusals: refusals + 1 }, ...others], dueAt);
    log.warn(
      `${event.functionName}: what became of ${event.requestId} could not be sent to ${targetArn}: ${reason}`,
    );
    return rest(others, now);
  }

  #settingsOf({ functionName, qualifier = latestVersion }: QueuedEvent): AsyncSettings {
    return this.#parts.settingsOf(functionName, qualifier);
  }

  #tell({ requestId, functionName, qualifier = latestVersion }: QueuedEvent, change: AsyncEventChange): void {
    this.#parts.events.emit({ type: 'asyncEventChanged', requestId, functionName, qualifier, change });
  }
}

function deliveriesOf(settings: AsyncSettings, condition: Condition): readonly Delivery[] {
  const to = (kind: Delivery['kind'], targetArn: string | undefined): readonly Delivery[] =>
    targetArn === undefined ? [] : [{ kind, targetArn, refusals: 0 }];
  return condition === 'Success'
    ? to('onSuccess', settings.onSuccessArn)
    : [...to('deadLetter', settings.deadLetterArn), ...to('onFailure', settings.onFailureArn)];
}

function responseOf({ payload, executedVersion, functionError }: Completed): LastResponse {
  const text = new TextDecoder().decode(payload);
  return {
    executedVersion,
    ...(functionError === undefined ? {} : { functionError }),
    payload: isJson(text) ? text : JSON.stringify(text),
  };
}

type Completed = Extract<InvokeOutcome, { kind: 'completed' }>;

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** In a few words, for people. */
function reasonOf(outcome: InvokeOutcome): string {
  if (outcome.kind === 'rejected') {
    const { Message, message, Reason } = outcome.error.body;
    return [outcome.error.name, Reason ?? Message ?? message].filter(Boolean).join(': ');
  }
  const text = new TextDecoder().decode(outcome.payload);
  try {
    const { errorType, errorMessage } = JSON.parse(text) as Record<string, unknown>;
    return [errorType, errorMessage].filter(part => typeof part === 'string').join(': ') || text;
  } catch (error) {
    return messageOf(error);
  }
}

const firstPauseMs = 1_000;
const longestPauseMs = 60_000;

/** As long as an event may be kept at most. */
const longestTellingMs = 6 * 60 * 60_000;
