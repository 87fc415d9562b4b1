import type { DatabaseSync } from 'node:sqlite';
import type { EventSourceMappingDefinition } from '../../model/eventSourceMapping.ts';
import type { Clock } from '../../shared/clock.ts';
import type { Disposable } from '../../shared/disposable.ts';
import { messageOf } from '../../shared/errors.ts';
import type { Log } from '../../shared/log.ts';
import type { ServiceCaller } from '../invoke/async/sender.ts';
import { parseTarget } from '../invoke/async/targets.ts';
import type { InvokeOutcome, InvokeRequest } from '../invoke/invocation.ts';
import type { EventSink, Ids } from '../ports.ts';
import { createCheckpointTable } from '../store/checkpointTable.ts';
import { createMappingTable } from '../store/mappingTable.ts';
import { isPolling, type MappingRecord, type MappingState } from './mapping.ts';
import { createQueueClient, type QueueClient } from './sqs/queueClient.ts';
import { QueuePoller } from './sqs/queuePoller.ts';
import { createDynamoDbClient } from './streams/dynamoDbClient.ts';
import { createKinesisClient } from './streams/kinesisClient.ts';
import type { StreamClient } from './streams/streamClient.ts';
import { StreamPoller } from './streams/streamPoller.ts';
import type { TellDiscarded } from './streams/tellDiscarded.ts';
import { mappingChanges } from './templateMappings.ts';

export interface EventSourceMappingsParts {
  readonly clock: Clock;
  readonly ids: Pick<Ids, 'uuid'>;
  readonly log: Log;
  readonly events: EventSink;
  readonly database: DatabaseSync;
  /** Calls services with the execution role of a function. */
  readonly callerOf: (functionName: string, uuid: string) => ServiceCaller;
  /** The ARN of a function's execution role. */
  readonly roleOf: (functionName: string) => string;
  readonly invoke: (request: InvokeRequest) => Promise<InvokeOutcome>;
  readonly discard: TellDiscarded;
  /** Settles when there is something to read in a service: one that nobody has used is not started for it. */
  readonly whenUsed: (service: string) => Promise<void>;
  /** Whether the user has said where a service is: then waiting there is what costs. */
  readonly isConfigured: (service: string) => boolean;
  /** How many batches of one mapping are worked on at once. */
  readonly mostAtOnce: number;
}

/** What an operation says of a mapping. */
export type MappingChange = Pick<
  MappingRecord,
  'functionName' | 'qualifier' | 'source' | 'parameters' | 'state'
>;

/** The event source mappings, and what reads for them. */
export interface EventSourceMappings extends Disposable {
  get(uuid: string): MappingRecord | undefined;
  all(): readonly MappingRecord[];
  /** Why a mapping cannot read; undefined where it can, or does not try. */
  faultOf(uuid: string): string | undefined;
  /** What the last invocation has come to, as the API tells it of streams. */
  resultOf(uuid: string): string | undefined;
  /** A client for a source that a mapping of the function is to have. */
  queueOf(functionName: string, arn: string): QueueClient;
  streamOf(functionName: string, arn: string): StreamClient;
  create(change: MappingChange): MappingRecord;
  /** The mapping as it is meanwhile. */
  change(record: MappingRecord, change: MappingChange): MappingRecord;
  /** The mapping as it is meanwhile. */
  remove(record: MappingRecord): MappingRecord;
  /** What templates define now. */
  update(definitions: readonly EventSourceMappingDefinition[]): void;
  /** Reads from now on. */
  start(): void;
  /** Reads nothing more; settles when no batch is under way. */
  drain(): Promise<void>;
}

export function createEventSourceMappings(parts: EventSourceMappingsParts): EventSourceMappings {
  return new LocalMappings(parts);
}

/** What reads for a mapping. */
interface Poller {
  readonly fault: string | undefined;
  readonly lastResult?: string;
  start(): void;
  stop(): Promise<void>;
}

/** https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html#kinesis-polling-and-batching */
const kinesisPollMs = 1000;

/** https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html#services-dynamodb-eventsourcemapping */
const dynamoDbPollMs = 250;

class LocalMappings implements EventSourceMappings {
  readonly #parts: EventSourceMappingsParts;
  readonly #table: ReturnType<typeof createMappingTable>;
  readonly #checkpoints: ReturnType<typeof createCheckpointTable>;
  readonly #pollers = new Map<string, Poller>();
  /** Those that have been stopped and are not through yet, by their mappings. */
  readonly #ending = new Map<string, Promise<unknown>>();
  readonly #transitions = new Set<Disposable>();
  #refused = new Set<string>();
  #isStarted = false;
  #isDraining = false;

  constructor(parts: EventSourceMappingsParts) {
    this.#parts = parts;
    this.#table = createMappingTable(parts.database);
    this.#checkpoints = createCheckpointTable(parts.database);
  }

  get(uuid: string): MappingRecord | undefined {
    return this.#table.get(uuid);
  }

  all(): readonly MappingRecord[] {
    return this.#table.all();
  }

  faultOf(uuid: string): string | undefined {
    return this.#pollers.get(uuid)?.fault;
  }

  resultOf(uuid: string): string | undefined {
    return this.#pollers.get(uuid)?.lastResult;
  }

  queueOf(functionName: string, arn: string): QueueClient {
    return createQueueClient(arn, this.#parts.callerOf(functionName, 'check'));
  }

  streamOf(functionName: string, arn: string, uuid = 'check'): StreamClient {
    const call = this.#parts.callerOf(functionName, uuid);
    return parseTarget(arn)?.service === 'dynamodb'
      ? createDynamoDbClient(arn, call)
      : createKinesisClient(arn, this.#parts.roleOf(functionName), call);
  }

  create(change: MappingChange): MappingRecord {
    const record = { ...change, uuid: this.#parts.ids.uuid(), modifiedAt: this.#parts.clock.now() };
    this.#put(record);
    this.#settle(record);
    return record;
  }

  change(record: MappingRecord, change: MappingChange): MappingRecord {
    const changed = { ...record, ...change, modifiedAt: this.#parts.clock.now() };
    this.#put(changed);
    void this.#endPoller(record.uuid);
    this.#settle(changed);
    return changed;
  }

  remove(record: MappingRecord): MappingRecord {
    const deleting = { ...record, state: 'Deleting' as const, modifiedAt: this.#parts.clock.now() };
    this.#put(deleting);
    void this.#endPoller(record.uuid).then(() => {
      if (this.get(record.uuid)?.state === 'Deleting') this.#delete(deleting);
    });
    return deleting;
  }

  update(definitions: readonly EventSourceMappingDefinition[]): void {
    const { put, remove, refused } = mappingChanges(this.all(), definitions);
    for (const reason of refused) if (!this.#refused.has(reason)) this.#parts.log.warn(reason);
    this.#refused = new Set(refused);
    for (const uuid of remove) {
      const record = this.get(uuid);
      if (record) this.remove(record);
    }
    for (const wanted of put) {
      const known = wanted.uuid === undefined ? undefined : this.get(wanted.uuid);
      if (known) this.change({ ...known, ...wanted, uuid: known.uuid }, wanted);
      else this.create(wanted);
    }
  }

  start(): void {
    if (this.#isStarted) return;
    this.#isStarted = true;
    for (const record of this.all()) {
      if (record.state === 'Deleting') this.#delete(record);
      else this.#settle(record);
    }
  }

  async drain(): Promise<void> {
    this.#isDraining = true;
    for (const uuid of [...this.#pollers.keys()]) void this.#endPoller(uuid);
    await Promise.all(this.#ending.values());
  }

  dispose(): void {
    this.#isDraining = true;
    for (const transition of this.#transitions) transition.dispose();
    this.#transitions.clear();
  }

  /** What is on its way to a state arrives there soon, but not before its caller was told that it is on its way. */
  #settle(record: MappingRecord): void {
    if (!this.#isStarted || this.#isDraining) return;
    const transition = this.#parts.clock.after(0, () => {
      this.#transitions.delete(transition);
      const current = this.get(record.uuid);
      if (current?.modifiedAt !== record.modifiedAt || current.state === 'Deleting') return;
      const state: MappingState = isPolling(current) ? 'Enabled' : 'Disabled';
      if (state !== current.state) this.#put({ ...current, state });
      if (state === 'Enabled') this.#poll(current);
    });
    this.#transitions.add(transition);
  }

  #poll(record: MappingRecord): void {
    const service = parseTarget(record.source.arn)?.service ?? '';
    const { log } = this.#parts;
    try {
      const poller = this.#pollerOf(record, service);
      this.#pollers.set(record.uuid, poller);
      // Two that read for one mapping would break the order of its records.
      void Promise.all([this.#ending.get(record.uuid), this.#parts.whenUsed(service)]).then(() => {
        if (this.#pollers.get(record.uuid) === poller) poller.start();
      });
    } catch (error) {
      log.warn(`The mapping ${record.uuid} of ${record.functionName} is not polled: ${messageOf(error)}`);
    }
  }

  #pollerOf(record: MappingRecord, service: string): Poller {
    const { callerOf, isConfigured } = this.#parts;
    const { functionName, source, uuid, parameters } = record;
    return parameters.stream
      ? new StreamPoller(record, parameters.stream, {
          ...this.#parts,
          client: this.streamOf(functionName, source.arn, uuid),
          checkpoints: this.#checkpoints,
          pollMs: source.kind === 'kinesis' ? kinesisPollMs : dynamoDbPollMs,
        })
      : new QueuePoller(record, {
          ...this.#parts,
          queue: createQueueClient(source.arn, callerOf(functionName, uuid)),
          waitSeconds: isConfigured(service) ? 10 : 2,
        });
  }

  /** Settles when nothing that has read for a mapping is under way. */
  async #endPoller(uuid: string): Promise<void> {
    const poller = this.#pollers.get(uuid);
    this.#pollers.delete(uuid);
    if (poller) {
      const ending = Promise.all([this.#ending.get(uuid), poller.stop()]);
      this.#ending.set(uuid, ending);
      void ending.finally(() => {
        if (this.#ending.get(uuid) === ending) this.#ending.delete(uuid);
      });
    }
    await this.#ending.get(uuid);
  }

  #put(record: MappingRecord): void {
    this.#table.put(record);
    this.#tell(record);
  }

  #delete(record: MappingRecord): void {
    this.#table.remove(record.uuid);
    this.#checkpoints.remove(record.uuid);
    this.#tell(record);
  }

  #tell({ uuid, functionName }: MappingRecord): void {
    this.#parts.events.emit({ type: 'mappingChanged', uuid, functionName });
  }
}
