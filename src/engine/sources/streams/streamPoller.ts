import type { Clock } from '../../../shared/clock.ts';
import { messageOf } from '../../../shared/errors.ts';
import type { Log } from '../../../shared/log.ts';
import type { InvokeOutcome, InvokeRequest } from '../../invoke/invocation.ts';
import type { EventSink, Ids } from '../../ports.ts';
import type { CheckpointTable } from '../../store/checkpointTable.ts';
import { recordFilter } from '../filters.ts';
import type { MappingRecord, StreamParameters } from '../mapping.ts';
import { Stopping } from '../stopping.ts';
import type { Discarded } from './discarded.ts';
import { readShard } from './shardReader.ts';
import type { Shard, StreamClient, StreamPosition } from './streamClient.ts';

export interface StreamPollerParts {
  readonly clock: Clock;
  readonly ids: Pick<Ids, 'uuid'>;
  readonly log: Log;
  readonly events: EventSink;
  readonly client: StreamClient;
  readonly checkpoints: CheckpointTable;
  readonly invoke: (request: InvokeRequest) => Promise<InvokeOutcome>;
  readonly discard: (
    mapping: MappingRecord,
    discarded: Omit<Discarded, 'functionArn' | 'streamArn'>,
  ) => Promise<void>;
  readonly pollMs: number;
}

/** How often it is looked for new shards. */
const lookMs = 10_000;

/** Reads the shards of a stream for a function. https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html */
export class StreamPoller {
  readonly #mapping: MappingRecord;
  readonly #stream: StreamParameters;
  readonly #parts: StreamPollerParts;
  readonly #stopping = new Stopping();
  readonly #reading = new Map<string, Promise<void>>();
  #fault: string | undefined;
  #result = 'No records processed';
  #done: Promise<void> | undefined;
  #look: (() => void) | undefined;

  /** @throws PatternFault for a filter that is none */
  constructor(mapping: MappingRecord, stream: StreamParameters, parts: StreamPollerParts) {
    recordFilter('data', mapping.parameters.filters);
    this.#mapping = mapping;
    this.#stream = stream;
    this.#parts = parts;
  }

  /** Why nothing can be read; undefined while reading works. */
  get fault(): string | undefined {
    return this.#fault;
  }

  /** As the API tells it. */
  get lastResult(): string {
    return this.#result;
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
    await Promise.all(this.#reading.values());
  }

  async #run(): Promise<void> {
    const { clock, client } = this.#parts;
    while (!this.#stopping.isStopped) {
      try {
        this.#beginShards(await client.shards());
        if (this.#reading.size === 0) this.#faulty(undefined);
      } catch (error) {
        this.#faulty(messageOf(error));
      }
      const looked = Promise.withResolvers<void>();
      this.#look = looked.resolve;
      const timer = clock.after(this.#fault === undefined ? lookMs : 1000, looked.resolve);
      await this.#stopping.orStop(looked.promise);
      timer.dispose();
    }
  }

  /** Parents come before their children, so that the records of a key stay in their order. */
  #beginShards(shards: readonly Shard[]): void {
    const { checkpoints } = this.#parts;
    const { uuid } = this.#mapping;
    if (this.#stopping.isStopped) return;
    // What is there at the beginning is read from the mapping's starting position, all else from its own beginning.
    if (checkpoints.all(uuid).length === 0)
      for (const { id } of shards) checkpoints.put(uuid, id, { kind: 'starting' });
    const known = new Map(checkpoints.all(uuid).map(({ shardId, state }) => [shardId, state]));
    const listed = new Set(shards.map(({ id }) => id));
    for (const { id, parents } of shards) {
      const state = known.get(id);
      if (state?.kind === 'finished' || this.#reading.has(id)) continue;
      const isReady = parents.every(parent => !listed.has(parent) || known.get(parent)?.kind === 'finished');
      if (!isReady) continue;
      const reading = this.#read(id, this.#positionOf(state)).finally(() => {
        this.#reading.delete(id);
        this.#look?.();
      });
      this.#reading.set(id, reading);
    }
  }

  #positionOf(state: ReturnType<CheckpointTable['all']>[number]['state'] | undefined): StreamPosition {
    if (state?.kind === 'after') return { kind: 'AFTER_SEQUENCE_NUMBER', sequence: state.sequence };
    if (state?.kind !== 'starting') return { kind: 'TRIM_HORIZON' };
    const { startingPosition, startingPositionAt } = this.#stream;
    const { source, modifiedAt } = this.#mapping;
    if (startingPosition === 'AT_TIMESTAMP') return { kind: startingPosition, at: startingPositionAt ?? 0 };
    // On Lambda what comes while a mapping starts may be missed. Here the stream's own start would be in between.
    return startingPosition === 'LATEST' && source.kind === 'kinesis'
      ? { kind: 'AT_TIMESTAMP', at: modifiedAt }
      : { kind: startingPosition };
  }

  async #read(shardId: string, position: StreamPosition): Promise<void> {
    const { checkpoints, discard, log } = this.#parts;
    const { uuid } = this.#mapping;
    try {
      const isFinished = await readShard(this.#mapping, this.#stream, shardId, position, {
        ...this.#parts,
        stopping: this.#stopping,
        discard: discarded => discard(this.#mapping, discarded),
        checkpoint: sequence => checkpoints.put(uuid, shardId, { kind: 'after', sequence }),
        faulty: reason => this.#faulty(reason),
        told: outcome => {
          this.#result = results[outcome];
        },
      });
      if (isFinished) checkpoints.put(uuid, shardId, { kind: 'finished' });
    } catch (error) {
      log.error(`The mapping ${uuid} has broken off in ${shardId}`, error);
    }
  }

  #faulty(reason: string | undefined): void {
    if (reason !== undefined && reason !== this.#fault) {
      const { uuid, functionName, source } = this.#mapping;
      this.#parts.log.warn(`The mapping ${uuid} of ${functionName} cannot read ${source.arn}: ${reason}`);
    }
    this.#fault = reason;
  }
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_EventSourceMappingConfiguration.html */
const results = {
  processed: 'OK',
  partial: 'PROBLEM: Function call failed',
  failed: 'PROBLEM: Function call failed',
  throttled: 'PROBLEM: Lambda was throttled',
} as const;
