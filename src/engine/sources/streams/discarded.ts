import type { StreamRecord } from './streamClient.ts';

/** Records that are not tried any more. */
export interface Discarded {
  readonly requestId: string;
  /** With the qualifier of the mapping, if it has one. */
  readonly functionArn: string;
  readonly condition: 'RetryAttemptsExhausted' | 'RecordAgeExceeded';
  readonly invokeCount: number;
  /** What the last invocation has answered; absent where the records were too old for one. */
  readonly response?: { readonly executedVersion: string; readonly functionError?: string };
  readonly streamArn: string;
  readonly shardId: string;
  readonly records: readonly StreamRecord[];
  /** Epoch milliseconds. */
  readonly at: number;
}

/**
 * What the destination for failures is told; only a bucket gets the records themselves.
 * https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html
 */
export function discardedRecord(discarded: Discarded): object {
  const { requestId, functionArn, condition, invokeCount, response, records } = discarded;
  const [first, last] = [records[0], records.at(-1)];
  const isTable = discarded.streamArn.startsWith('arn:aws:dynamodb:');
  const isoTime = (record: StreamRecord | undefined) => {
    const text = record && new Date(record.arrivedAt).toISOString();
    // Recorded so: with milliseconds for Kinesis, and without for DynamoDB.
    return isTable ? text?.replace(/\.\d+Z$/, 'Z') : text;
  };
  return {
    requestContext: { requestId, functionArn, condition, approximateInvokeCount: invokeCount },
    ...(response
      ? {
          responseContext: {
            statusCode: 200,
            executedVersion: response.executedVersion,
            functionError: response.functionError ?? null,
          },
        }
      : {}),
    version: '1.0',
    timestamp: new Date(discarded.at).toISOString(),
    [isTable ? 'DDBStreamBatchInfo' : 'KinesisBatchInfo']: {
      shardId: discarded.shardId,
      startSequenceNumber: first?.sequence,
      endSequenceNumber: last?.sequence,
      approximateArrivalOfFirstRecord: isoTime(first),
      approximateArrivalOfLastRecord: isoTime(last),
      batchSize: records.length,
      streamArn: discarded.streamArn,
    },
  };
}

/** The key of the object that a bucket gets: `aws/lambda/<UUID>/<shard>/YYYY/MM/DD/YYYY-MM-DDTHH.MM.SS-<uuid>`. */
export function discardedKey(mapping: string, { shardId, at }: Discarded, uuid: string): string {
  const time = new Date(at).toISOString();
  const day = time.slice(0, 10);
  return `aws/lambda/${mapping}/${shardId}/${day.replaceAll('-', '/')}/${day}T${time.slice(11, 19).replaceAll(':', '.')}-${uuid}`;
}
