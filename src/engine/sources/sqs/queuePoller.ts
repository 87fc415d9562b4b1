import type { Clock } from '../../../shared/clock.ts';
import { messageOf } from '../../../shared/errors.ts';
import type { Log } from '../../../shared/log.ts';
import type { InvokeOutcome, InvokeRequest } from '../../invoke/invocation.ts';
import type { EventSink, Ids } from '../../ports.ts';
import { type BatchOutcome, batchOutcome } from '../batchItemFailures.ts';
import { addToBatch, type BatchLimits, type ClosedBatch, emptyBatch, windowClosed } from '../batching.ts';
import { recordFilter } from '../filters.ts';
import type { MappingRecord } from '../mapping.ts';
import { Stopping } from '../stopping.ts';
import { mostPerRequest, type QueueClient, type QueueMessage } from './queueClient.ts';
import { concurrencyAfter, pauseAfter } from './scaling.ts';
import { sqsRecord } from './sqsEvent.ts';

export interface QueuePollerParts {
  readonly clock: Clock;
  readonly ids: Pick<Ids, 'uuid'>;
  readonly log: Log;
  readonly events: EventSink;
  readonly queue: QueueClient;
  readonly invoke: (request: InvokeRequest) => Promise<InvokeOutcome>;
  /** How long a request waits for a message, in seconds. */
  readonly waitSeconds: number;
  /** How many batches this machine works on at once. */
  readonly mostAtOnce: number;
}

/** A message and when it came, in milliseconds of the monotonic clock. */
interface Received {
  readonly message: QueueMessage;
  readonly at: number;
}

/**
 * Reads a queue for a function, and deletes what the function has processed; what it has not comes back when its
 * visibility timeout ends. https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
 */
export class QueuePoller {
  readonly #mapping: MappingRecord;
  readonly #parts: QueuePollerParts;
  readonly #limits: BatchLimits;
  readonly #wants: ReturnType<typeof recordFilter>;
  readonly #handling = new Set<Promise<void>>();
  readonly #stopping = new Stopping();
  #busySince: number | undefined;
  #failures = 0;
  #faults = 0;
  #lastFault: string | undefined;
  #done: Promise<void> | undefined;

  /** @throws PatternFault for a filter that is none */
  constructor(mapping: MappingRecord, parts: QueuePollerParts) {
    const { batchSize, maximumBatchingWindowSeconds, filters } = mapping.parameters;
    this.#mapping = mapping;
    this.#parts = parts;
    this.#limits = { size: batchSize, windowMs: maximumBatchingWindowSeconds * 1000 };
    this.#wants = recordFilter('body', filters);
  }

  /** Why nothing can be read; undefined while reading works. */
  get fault(): string | undefined {
    return this.#lastFault;
  }

  start(): void {
    this.#done ??= this.#run().catch(error =>
      this.#parts.log.error(`The mapping ${this.#mapping.uuid} has broken off`, error),
    );
  }

  /** Reads nothing more; settles when no batch is under way. */
  async stop(): Promise<void> {
    this.#stopping.stop();
    await this.#done;
    await Promise.all(this.#handling);
  }

  async #run(): Promise<void> {
    const { clock } = this.#parts;
    let open = emptyBatch<Received>();
    while (!this.#stopping.isStopped) {
      await this.#whenThereIsRoom();
      await this.#stopping.rest(
        this.#parts.clock,
        Math.max(pauseAfter(this.#failures), pauseAfter(this.#faults)),
      );
      const left =
        open.openedAt === undefined ? undefined : open.openedAt + this.#limits.windowMs - clock.monotonic();
      // A request can wait for whole seconds only.
      if (left !== undefined && left < 1000) await this.#stopping.rest(this.#parts.clock, left);
      if (this.#stopping.isStopped) break;
      const messages = await this.#receive(
        Math.min(mostPerRequest, this.#limits.size - open.records.length),
        left === undefined ? this.#parts.waitSeconds : Math.floor(left / 1000),
      );
      const now = clock.monotonic();
      const wanted = await this.#filter(messages);
      const sized = wanted.map(message => ({
        item: { message, at: now },
        bytes: bytesOf(message, this.#mapping),
      }));
      const added = addToBatch(open, sized, now, this.#limits);
      open = added.open;
      for (const batch of added.closed) this.#begin(batch, messages.length);
      const due = windowClosed(open, now, this.#limits);
      if (due === undefined) continue;
      open = emptyBatch();
      this.#begin(due, messages.length);
    }
    await this.#giveBack(open.records.map(({ item }) => item.message));
  }

  /** What comes when nobody waits for it any more is given back. */
  async #receive(max: number, waitSeconds: number): Promise<readonly QueueMessage[]> {
    const receiving = this.#parts.queue.receive(max, waitSeconds);
    try {
      const messages = await this.#stopping.orStop(receiving);
      this.#faults = 0;
      this.#lastFault = undefined;
      if (messages !== undefined) return messages;
      receiving.then(late => this.#giveBack(late)).catch(() => {});
    } catch (error) {
      this.#faults++;
      const fault = messageOf(error);
      if (fault !== this.#lastFault) this.#warn(`cannot read ${this.#mapping.source.arn}: ${fault}`);
      this.#lastFault = fault;
    }
    return [];
  }

  /** What no filter wants is deleted from the queue, as on Lambda. */
  async #filter(messages: readonly QueueMessage[]): Promise<readonly QueueMessage[]> {
    const wanted = messages.filter(({ Body }) => this.#wants({ data: Body }));
    const dropped = messages.filter(message => !wanted.includes(message));
    if (dropped.length > 0) {
      const { uuid, functionName } = this.#mapping;
      this.#parts.events.emit({
        type: 'recordsFiltered',
        uuid,
        functionName,
        ids: dropped.map(({ MessageId }) => MessageId),
      });
      await this.#remove(dropped);
    }
    return wanted;
  }

  #begin(batch: ClosedBatch<Received>, read: number): void {
    const handling = this.#handle(batch, read)
      .catch(error => this.#parts.log.error(`A batch of the mapping ${this.#mapping.uuid} broke off`, error))
      .finally(() => {
        this.#handling.delete(handling);
        if (this.#handling.size === 0) this.#busySince = undefined;
      });
    this.#handling.add(handling);
  }

  async #handle({ items, closed }: ClosedBatch<Received>, read: number): Promise<void> {
    const { uuid, functionName, source, parameters } = this.#mapping;
    const messages = items.map(({ message }) => message);
    const requestId = this.#parts.ids.uuid();
    const outcome = await this.#invoke(requestId, items);
    const done =
      outcome.kind === 'processed'
        ? messages
        : outcome.kind === 'partial'
          ? messages.filter(({ MessageId }) => !outcome.failed.has(MessageId))
          : [];
    if (!parameters.reportBatchItemFailures)
      this.#failures = outcome.kind === 'failed' ? this.#failures + 1 : 0;
    this.#parts.events.emit({
      type: 'batchHandled',
      uuid,
      functionName,
      sourceArn: source.arn,
      requestId,
      read,
      closed,
      outcome: outcome.kind,
      ...('reason' in outcome ? { reason: outcome.reason } : {}),
      processed: done.map(({ MessageId }) => MessageId),
      failed: messages.filter(message => !done.includes(message)).map(({ MessageId }) => MessageId),
    });
    await this.#remove(done);
  }

  /** A batch that is throttled is tried again until its messages are visible again. */
  async #invoke(requestId: string, items: readonly Received[]): Promise<BatchOutcome> {
    const { clock, invoke } = this.#parts;
    const { functionName, qualifier, source, parameters } = this.#mapping;
    const messages = items.map(({ message }) => message);
    const payload = Buffer.from(
      JSON.stringify({ Records: messages.map(each => sqsRecord(each, source.arn)) }),
    );
    const traceHeader = messages.find(({ Attributes }) => Attributes?.AWSTraceHeader)?.Attributes
      ?.AWSTraceHeader;
    const ids = new Set(messages.map(({ MessageId }) => MessageId));
    for (let refusals = 0; ; refusals++) {
      const outcome = await invoke({
        requestId,
        functionName,
        ...(qualifier === undefined ? {} : { qualifier }),
        ...(traceHeader === undefined ? {} : { traceHeader }),
        payload,
      });
      const said = batchOutcome(outcome, ids, parameters.reportBatchItemFailures);
      if (said.kind !== 'throttled' || this.#stopping.isStopped) return said;
      const waitMs = pauseAfter(refusals + 1);
      const visibleAt = (items[0]?.at ?? 0) + (await this.#visibilityMs());
      if (clock.monotonic() + waitMs >= visibleAt) return said;
      await this.#stopping.rest(this.#parts.clock, waitMs);
    }
  }

  async #visibilityMs(): Promise<number> {
    return this.#parts.queue.visibilityTimeoutSeconds().then(
      seconds => seconds * 1000,
      () => 0,
    );
  }

  async #whenThereIsRoom(): Promise<void> {
    const { clock, mostAtOnce } = this.#parts;
    const most = Math.min(mostAtOnce, this.#mapping.parameters.maximumConcurrency ?? mostAtOnce);
    while (!this.#stopping.isStopped) {
      const now = clock.monotonic();
      const busyMs = this.#busySince === undefined ? 0 : now - this.#busySince;
      if (this.#handling.size < concurrencyAfter(busyMs, most)) return;
      this.#busySince ??= now;
      await Promise.race([...this.#handling, this.#stopping.rest(this.#parts.clock, rampMs)]);
    }
  }

  async #remove(messages: readonly QueueMessage[]): Promise<void> {
    if (messages.length === 0) return;
    await this.#parts.queue
      .remove(messages)
      .catch(error =>
        this.#warn(`could not delete what was processed, which comes again: ${messageOf(error)}`),
      );
  }

  async #giveBack(messages: readonly QueueMessage[]): Promise<void> {
    if (messages.length > 0) await this.#parts.queue.release(messages).catch(() => {});
  }

  #warn(what: string): void {
    this.#parts.log.warn(`The mapping ${this.#mapping.uuid} of ${this.#mapping.functionName} ${what}`);
  }
}

/** How often it is looked whether one more batch may be worked on. */
const rampMs = 200;

/** What a message adds to the event. */
function bytesOf(message: QueueMessage, { source }: MappingRecord): number {
  return Buffer.byteLength(JSON.stringify(sqsRecord(message, source.arn))) + 1;
}
