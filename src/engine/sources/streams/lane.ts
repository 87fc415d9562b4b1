import type { Clock } from '../../../shared/clock.ts';
import type { InvokeOutcome, InvokeRequest } from '../../invoke/invocation.ts';
import type { EventSink, Ids } from '../../ports.ts';
import { type BatchOutcome, batchOutcome } from '../batchItemFailures.ts';
import { addToBatch, type BatchClosed, type ClosedBatch, emptyBatch, windowClosed } from '../batching.ts';
import type { MappingRecord, StreamParameters } from '../mapping.ts';
import { pauseAfter } from '../sqs/scaling.ts';
import type { Stopping } from '../stopping.ts';
import type { Discarded } from './discarded.ts';
import { afterInvocation, expire, type RetryPolicy, retryDelay, type Segment } from './segments.ts';
import type { StreamRecord } from './streamClient.ts';

export interface LaneParts {
  readonly clock: Clock;
  readonly ids: Pick<Ids, 'uuid'>;
  readonly events: EventSink;
  readonly invoke: (request: InvokeRequest) => Promise<InvokeOutcome>;
  readonly stopping: Stopping;
  /** Tells the destination for failures; settles when that is done, or given up. */
  readonly discard: (discarded: Omit<Discarded, 'functionArn' | 'streamArn'>) => Promise<void>;
  /** Those records need not be read again. */
  readonly done: (records: readonly StreamRecord[]) => void;
  /** Whether the function has failed, of which the mapping tells. */
  readonly told: (outcome: BatchOutcome['kind']) => void;
}

/** Works off records of a shard in their order, a batch at a time. */
export class Lane {
  readonly #mapping: MappingRecord;
  readonly #shardId: string;
  readonly #policy: RetryPolicy;
  readonly #parts: LaneParts;
  #waiting: { readonly item: StreamRecord; readonly bytes: number }[] = [];
  #openedAt = 0;
  #running: Promise<void> | undefined;
  #wake: (() => void) | undefined;

  constructor(mapping: MappingRecord, stream: StreamParameters, shardId: string, parts: LaneParts) {
    this.#mapping = mapping;
    this.#shardId = shardId;
    this.#parts = parts;
    this.#policy = {
      maximumRetryAttempts: stream.maximumRetryAttempts,
      maximumRecordAgeMs: stream.maximumRecordAgeSeconds < 0 ? -1 : stream.maximumRecordAgeSeconds * 1000,
      bisect: stream.bisectBatchOnFunctionError,
    };
  }

  add(records: readonly StreamRecord[]): void {
    if (records.length === 0) return;
    if (this.#waiting.length === 0) this.#openedAt = this.#parts.clock.monotonic();
    for (const item of records)
      this.#waiting.push({ item, bytes: Buffer.byteLength(JSON.stringify(item.event)) + 1 });
    this.#wake?.();
    this.#running ??= this.#run();
  }

  /** Settles when nothing is worked on. */
  async settled(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    try {
      while (this.#waiting.length > 0 && !this.#parts.stopping.isStopped) {
        const batch = await this.#take();
        if (batch) await this.#workOff(batch);
      }
    } finally {
      // At once: whoever adds from now on begins anew.
      this.#running = undefined;
    }
  }

  /** The next batch, once it is closed. */
  async #take(): Promise<ClosedBatch<StreamRecord> | undefined> {
    const { clock } = this.#parts;
    const { batchSize: size, maximumBatchingWindowSeconds } = this.#mapping.parameters;
    const windowMs = maximumBatchingWindowSeconds * 1000;
    const { open, closed } = addToBatch(emptyBatch<StreamRecord>(), this.#waiting, this.#openedAt, { size });
    const batch = closed[0] ?? windowClosed(open, clock.monotonic(), { windowMs });
    if (batch === undefined) {
      await this.#pause(this.#openedAt + windowMs - clock.monotonic());
      return undefined;
    }
    this.#waiting = this.#waiting.slice(batch.items.length);
    this.#openedAt = clock.monotonic();
    return batch;
  }

  async #workOff({ items, closed }: ClosedBatch<StreamRecord>): Promise<void> {
    const { clock, done, discard, ids, stopping } = this.#parts;
    let segments: readonly Segment<StreamRecord>[] = [{ items, attempts: 0 }];
    let refusals = 0;
    while (!stopping.isStopped) {
      const [head, ...others] = segments;
      if (head === undefined) return;
      const { expired, segment } = expire(head, clock.now(), this.#policy);
      if (expired.length > 0) {
        await discard({
          requestId: ids.uuid(),
          condition: 'RecordAgeExceeded',
          invokeCount: head.attempts,
          shardId: this.#shardId,
          records: expired,
          at: clock.now(),
        });
        done(expired);
        segments = segment.items.length > 0 ? [segment, ...others] : others;
        continue;
      }
      const { requestId, outcome, said } = await this.#invoke(segment.items, closed, segment.attempts);
      if (said.kind === 'throttled') {
        refusals++;
        await stopping.rest(clock, pauseAfter(refusals));
        continue;
      }
      refusals = 0;
      const step = afterInvocation(segment, positionOf(said, segment.items), this.#policy);
      done(step.processed);
      if (step.discarded) {
        await discard({
          requestId,
          condition: 'RetryAttemptsExhausted',
          invokeCount: step.discarded.invokeCount,
          ...(outcome.kind === 'completed' ? { response: outcome } : {}),
          shardId: this.#shardId,
          records: step.discarded.items,
          at: clock.now(),
        });
        done(step.discarded.items);
      }
      const [next] = step.rest;
      if (next && !step.isSplit) await stopping.rest(clock, retryDelay(next.attempts));
      segments = [...step.rest, ...others];
    }
  }

  async #invoke(items: readonly StreamRecord[], closed: BatchClosed, attempts: number) {
    const { ids, invoke, events, told } = this.#parts;
    const { uuid, functionName, qualifier, source, parameters } = this.#mapping;
    const requestId = ids.uuid();
    const outcome = await invoke({
      requestId,
      functionName,
      ...(qualifier === undefined ? {} : { qualifier }),
      payload: Buffer.from(JSON.stringify({ Records: items.map(({ event }) => event) })),
    });
    const sequences = items.map(({ sequence }) => sequence);
    const said = batchOutcome(outcome, new Set(sequences), parameters.reportBatchItemFailures);
    told(said.kind);
    const step = positionOf(said, items);
    const from = step.kind === 'processed' ? items.length : step.kind === 'partial' ? step.from : 0;
    events.emit({
      type: 'batchHandled',
      uuid,
      functionName,
      sourceArn: source.arn,
      shardId: this.#shardId,
      requestId,
      closed,
      attempts,
      outcome: said.kind,
      ...('reason' in said ? { reason: said.reason } : {}),
      processed: sequences.slice(0, from),
      failed: sequences.slice(from),
    });
    return { requestId, outcome, said };
  }

  /** Until a batch may be full. */
  async #pause(ms: number): Promise<void> {
    const woken = Promise.withResolvers<void>();
    this.#wake = woken.resolve;
    const timer = this.#parts.clock.after(Math.max(0, ms), woken.resolve);
    await this.#parts.stopping.orStop(woken.promise);
    this.#wake = undefined;
    timer.dispose();
  }
}

/** What is reported as failed, and everything after it, is to be tried again. */
function positionOf(said: BatchOutcome, items: readonly StreamRecord[]) {
  if (said.kind === 'processed') return { kind: 'processed' } as const;
  if (said.kind !== 'partial') return { kind: 'failed' } as const;
  return { kind: 'partial', from: items.findIndex(({ sequence }) => said.failed.has(sequence)) } as const;
}
