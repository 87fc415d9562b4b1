import type { Clock } from '../../../shared/clock.ts';
import { messageOf } from '../../../shared/errors.ts';
import { recordFilter } from '../filters.ts';
import type { MappingRecord, StreamParameters } from '../mapping.ts';
import { pauseAfter } from '../sqs/scaling.ts';
import type { Stopping } from '../stopping.ts';
import { Lane, type LaneParts } from './lane.ts';
import { laneOf, Progress } from './progress.ts';
import { type StreamClient, StreamFault, type StreamPosition, type StreamRecord } from './streamClient.ts';

export interface ShardReaderParts extends Omit<LaneParts, 'done'> {
  readonly clock: Clock;
  readonly client: StreamClient;
  readonly stopping: Stopping;
  /** Everything up to this record, it included, is done with. */
  readonly checkpoint: (sequence: string) => void;
  /** Why it cannot read; undefined when it can again. */
  readonly faulty: (reason: string | undefined) => void;
  /** How long a shard without news is left alone, in milliseconds. */
  readonly pollMs: number;
}

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetRecords.html */
const recordsPerRead = 1000;

/**
 * Reads a shard from a position on, until its end.
 *
 * @returns whether it has come to the end of a shard that is closed, and everything is done with.
 */
export async function readShard(
  mapping: MappingRecord,
  stream: StreamParameters,
  shardId: string,
  from: StreamPosition,
  parts: ShardReaderParts,
): Promise<boolean> {
  const { clock, client, stopping } = parts;
  const wants = recordFilter('data', mapping.parameters.filters);
  const progress = new Progress();
  const done = (records: readonly StreamRecord[]) => {
    const checkpoint = progress.done(records.map(({ sequence }) => sequence));
    if (checkpoint !== undefined) parts.checkpoint(checkpoint);
    if (progress.size < mostWaiting) room.resolve();
  };
  const lanes = Array.from(
    { length: stream.parallelizationFactor },
    () => new Lane(mapping, stream, shardId, { ...parts, done }),
  );
  // As many as the next batches of all lanes need, and some more.
  const mostWaiting = Math.max(recordsPerRead, 2 * mapping.parameters.batchSize * lanes.length);
  let room = Promise.withResolvers<void>();
  let position = from;
  let iterator: string | undefined;
  let faults = 0;
  let isAtEnd = false;

  while (!stopping.isStopped && !isAtEnd) {
    if (progress.size >= mostWaiting) {
      room = Promise.withResolvers<void>();
      await stopping.orStop(room.promise);
      continue;
    }
    try {
      iterator ??= await client.iterator(shardId, position);
      const read = await client.read(iterator, shardId, recordsPerRead);
      if (stopping.isStopped) break;
      faults = 0;
      parts.faulty(undefined);
      take(read.records);
      iterator = read.next;
      isAtEnd = read.next === undefined;
      if (!isAtEnd && read.records.length < recordsPerRead) await stopping.rest(clock, parts.pollMs);
    } catch (error) {
      // What has been read is not read again.
      iterator = undefined;
      if (error instanceof StreamFault && error.code === 'ExpiredIteratorException') continue;
      faults++;
      parts.faulty(messageOf(error));
      await stopping.rest(clock, Math.max(parts.pollMs, pauseAfter(faults)));
    }
  }
  await Promise.all(lanes.map(lane => lane.settled()));
  return isAtEnd && progress.size === 0;

  function take(records: readonly StreamRecord[]): void {
    const last = records.at(-1);
    if (last === undefined) return;
    position = { kind: 'AFTER_SEQUENCE_NUMBER', sequence: last.sequence };
    progress.add(records.map(({ sequence }) => sequence));
    const { wanted = [], unwanted = [] } = Object.groupBy(records, ({ filtered }) =>
      wants(filtered) ? 'wanted' : 'unwanted',
    );
    if (unwanted.length > 0) {
      parts.events.emit({
        type: 'recordsFiltered',
        uuid: mapping.uuid,
        functionName: mapping.functionName,
        ids: unwanted.map(({ sequence }) => sequence),
      });
      done(unwanted);
    }
    for (const [index, lane] of lanes.entries()) {
      lane.add(wanted.filter(({ key }) => laneOf(key, lanes.length) === index));
    }
  }
}
