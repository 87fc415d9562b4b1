import { isUtf8 } from 'node:buffer';
import type { ServiceCaller } from '../../invoke/async/sender.ts';
import { parseTarget } from '../../invoke/async/targets.ts';
import { JsonNumber } from '../../patterns/jsonValue.ts';
import { kinesisCall } from '../../services/calls.ts';
import { askStream } from './askStream.ts';
import type { Shard, StreamClient, StreamPosition, StreamRecord } from './streamClient.ts';

/** As the service's JSON has it. https://docs.aws.amazon.com/kinesis/latest/APIReference/API_Record.html */
interface KinesisRecord {
  readonly SequenceNumber: string;
  readonly PartitionKey: string;
  /** Base64. */
  readonly Data: string;
  /** Epoch seconds. */
  readonly ApproximateArrivalTimestamp: number;
}

/** @param roleArn the execution role, which each record names */
export function createKinesisClient(arn: string, roleArn: string, call: ServiceCaller): StreamClient {
  const target = parseTarget(arn);
  if (!target) throw new Error(`${arn} is no ARN`);
  const { region, accountId, resource } = target;
  const StreamName = resource.replace(/^stream\//, '');

  const ask = <Output>(operation: string, input: object) =>
    askStream<Output>(
      call,
      { service: 'kinesis', region, request: kinesisCall({ region, accountId }, operation, input) },
      arn,
    );

  return {
    async shards() {
      const shards: Shard[] = [];
      for (let next: string | undefined, isFirst = true; isFirst || next !== undefined; isFirst = false) {
        const page: {
          readonly NextToken?: string | null;
          readonly Shards?: readonly {
            readonly ShardId: string;
            readonly ParentShardId?: string;
            readonly AdjacentParentShardId?: string;
          }[];
        } = await ask('ListShards', next === undefined ? { StreamName } : { NextToken: next });
        for (const { ShardId, ParentShardId, AdjacentParentShardId } of page.Shards ?? []) {
          const parents = [ParentShardId, AdjacentParentShardId].filter(id => typeof id === 'string');
          shards.push({ id: ShardId, parents });
        }
        next = page.NextToken ?? undefined;
      }
      return shards;
    },
    async iterator(ShardId, position) {
      const { ShardIterator } = await ask<{ ShardIterator: string }>('GetShardIterator', {
        StreamName,
        ShardId,
        ...iteratorTypeOf(position),
      });
      return ShardIterator;
    },
    async read(ShardIterator, shardId, Limit) {
      const { Records = [], NextShardIterator: next } = await ask<{
        Records?: readonly KinesisRecord[];
        NextShardIterator?: string | null;
      }>('GetRecords', { ShardIterator, Limit });
      const records = Records.map(record => streamRecord(record, shardId, { arn, region, roleArn }));
      return next === undefined || next === null ? { records } : { records, next };
    },
  };
}

function iteratorTypeOf(position: StreamPosition): object {
  switch (position.kind) {
    case 'AFTER_SEQUENCE_NUMBER':
      return { ShardIteratorType: position.kind, StartingSequenceNumber: position.sequence };
    case 'AT_TIMESTAMP':
      return { ShardIteratorType: position.kind, Timestamp: position.at / 1000 };
    default:
      return { ShardIteratorType: position.kind };
  }
}

/** https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html#services-kinesis-event-example */
function streamRecord(
  { SequenceNumber, PartitionKey, Data, ApproximateArrivalTimestamp }: KinesisRecord,
  shardId: string,
  { arn, region, roleArn }: { readonly arn: string; readonly region: string; readonly roleArn: string },
): StreamRecord {
  const kinesis = {
    kinesisSchemaVersion: '1.0',
    partitionKey: PartitionKey,
    sequenceNumber: SequenceNumber,
    data: Data,
    approximateArrivalTimestamp: ApproximateArrivalTimestamp,
  };
  const around = {
    eventSource: 'aws:kinesis',
    eventVersion: '1.0',
    eventID: `${shardId}:${SequenceNumber}`,
    eventName: 'aws:kinesis:record',
    invokeIdentityArn: roleArn,
    awsRegion: region,
    eventSourceARN: arn,
  };
  const { data: _data, approximateArrivalTimestamp: at, ...described } = kinesis;
  const bytes = Buffer.from(Data, 'base64');
  return {
    sequence: SequenceNumber,
    key: PartitionKey,
    arrivedAt: Math.round(ApproximateArrivalTimestamp * 1000),
    event: { kinesis, ...around },
    filtered: {
      data: isUtf8(bytes) ? bytes.toString() : undefined,
      metadata: {
        ...described,
        ...around,
        approximateArrivalTimestamp: new JsonNumber(at, String(at)),
      },
    },
  };
}
