import type { ServiceCaller } from '../../invoke/async/sender.ts';
import { parseTarget } from '../../invoke/async/targets.ts';
import { isJsonObject, parseJsonValue } from '../../patterns/jsonValue.ts';
import { dynamoDbStreamsCall } from '../../services/calls.ts';
import { askStream } from './askStream.ts';
import type { Shard, StreamClient, StreamPosition, StreamRecord } from './streamClient.ts';

/** As the service's JSON has it. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_Record.html */
interface TableRecord {
  readonly eventID?: string;
  readonly eventName?: string;
  readonly eventVersion?: string;
  readonly dynamodb: {
    /** Epoch seconds. */
    readonly ApproximateCreationDateTime?: number;
    readonly Keys?: object;
    readonly SequenceNumber: string;
  };
  readonly userIdentity?: { readonly Type?: string; readonly PrincipalId?: string };
}

/**
 * The stream of a table. Templates do not know its label: where the stream is not there, it is the table's latest.
 *
 * @param arn of the mapping: `arn:aws:dynamodb:<region>:<account>:table/<name>/stream/<label>`
 */
export function createDynamoDbClient(arn: string, call: ServiceCaller): StreamClient {
  const target = parseTarget(arn);
  if (!target) throw new Error(`${arn} is no ARN`);
  const { region, accountId, resource } = target;
  const [, TableName = ''] = resource.split('/');
  let streamArn: string | undefined;

  const ask = <Output>(operation: string, input: object) =>
    askStream<Output>(
      call,
      { service: 'dynamodb', region, request: dynamoDbStreamsCall({ region, accountId }, operation, input) },
      arn,
    );

  async function stream(): Promise<string> {
    if (streamArn !== undefined) return streamArn;
    const { Streams = [] } = await ask<{
      Streams?: readonly { readonly StreamArn: string; readonly StreamLabel: string }[];
    }>('ListStreams', { TableName });
    const label = resource.split('/')[3];
    const own = Streams.find(({ StreamLabel }) => StreamLabel === label);
    const latest = Streams.toSorted((a, b) => (a.StreamLabel < b.StreamLabel ? 1 : -1))[0];
    // A table that is not there yet may come.
    streamArn = (own ?? latest)?.StreamArn;
    return streamArn ?? arn;
  }

  return {
    async shards() {
      const shards: Shard[] = [];
      for (let after: string | undefined, isFirst = true; isFirst || after !== undefined; isFirst = false) {
        const { StreamDescription: page } = await ask<{
          readonly StreamDescription: {
            readonly LastEvaluatedShardId?: string | null;
            readonly Shards?: readonly { readonly ShardId: string; readonly ParentShardId?: string | null }[];
          };
        }>('DescribeStream', {
          StreamArn: await stream(),
          ...(after === undefined ? {} : { ExclusiveStartShardId: after }),
        });
        for (const { ShardId, ParentShardId } of page.Shards ?? []) {
          shards.push({ id: ShardId, parents: ParentShardId ? [ParentShardId] : [] });
        }
        after = page.LastEvaluatedShardId ?? undefined;
      }
      return shards;
    },
    async iterator(ShardId, position) {
      const { ShardIterator } = await ask<{ ShardIterator: string }>('GetShardIterator', {
        StreamArn: await stream(),
        ShardId,
        ...iteratorTypeOf(position),
      });
      return ShardIterator;
    },
    async read(ShardIterator, _shardId, Limit) {
      const { Records = [], NextShardIterator: next } = await ask<{
        Records?: readonly TableRecord[];
        NextShardIterator?: string | null;
      }>('GetRecords', { ShardIterator, Limit });
      const records = Records.map(record => streamRecord(record, arn, region));
      return next === undefined || next === null ? { records } : { records, next };
    },
  };
}

function iteratorTypeOf(position: StreamPosition): object {
  return position.kind === 'AFTER_SEQUENCE_NUMBER'
    ? { ShardIteratorType: position.kind, SequenceNumber: position.sequence }
    : { ShardIteratorType: position.kind };
}

/** https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html#events-sample-dynamodb */
function streamRecord(record: TableRecord, arn: string, region: string): StreamRecord {
  const { dynamodb, userIdentity } = record;
  const event = {
    eventID: record.eventID,
    eventName: record.eventName,
    eventVersion: record.eventVersion ?? '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: region,
    dynamodb,
    ...(userIdentity
      ? { userIdentity: { type: userIdentity.Type, principalId: userIdentity.PrincipalId } }
      : {}),
    eventSourceARN: arn,
  };
  const metadata = parseJsonValue(JSON.stringify(event));
  return {
    sequence: dynamodb.SequenceNumber,
    key: JSON.stringify(dynamodb.Keys ?? {}),
    arrivedAt: (dynamodb.ApproximateCreationDateTime ?? 0) * 1000,
    event,
    filtered: { data: undefined, ...(isJsonObject(metadata) ? { metadata } : {}) },
  };
}
