import assert from 'node:assert/strict';
import {
  type Discarded,
  discardedKey,
  discardedRecord,
} from '../../../../../src/engine/sources/streams/discarded.ts';

const record = (sequence: string, arrivedAt: number) => ({
  sequence,
  key: 'k',
  arrivedAt,
  event: {},
  filtered: { data: '' },
});

const discarded: Discarded = {
  requestId: 'r',
  functionArn: 'arn:f',
  condition: 'RetryAttemptsExhausted',
  invokeCount: 3,
  response: { executedVersion: '$LATEST', functionError: 'Unhandled' },
  streamArn: 'arn:s',
  shardId: 'shardId-000000000000',
  records: [record('1', 1_000), record('2', 61_000)],
  at: Date.UTC(2026, 10, 24, 13, 5, 9, 42),
};

suite('what is told of records that are discarded (lambda-facts 4.5)', () => {
  test('is what was recorded on AWS', () => {
    assert.deepEqual(discardedRecord(discarded), {
      requestContext: {
        requestId: 'r',
        functionArn: 'arn:f',
        condition: 'RetryAttemptsExhausted',
        approximateInvokeCount: 3,
      },
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      version: '1.0',
      timestamp: '2026-11-24T13:05:09.042Z',
      KinesisBatchInfo: {
        shardId: 'shardId-000000000000',
        startSequenceNumber: '1',
        endSequenceNumber: '2',
        approximateArrivalOfFirstRecord: '1970-01-01T00:00:01.000Z',
        approximateArrivalOfLastRecord: '1970-01-01T00:01:01.000Z',
        batchSize: 2,
        streamArn: 'arn:s',
      },
    });
  });

  test('has no error of the function where it has reported single records', () => {
    const { responseContext } = discardedRecord({
      ...discarded,
      response: { executedVersion: '7' },
    }) as { responseContext: unknown };
    assert.deepEqual(responseContext, { statusCode: 200, executedVersion: '7', functionError: null });
  });

  test('has no response where records were too old to be tried', () => {
    const { response: _response, ...tooOld } = discarded;
    assert.ok(!('responseContext' in discardedRecord({ ...tooOld, condition: 'RecordAgeExceeded' })));
  });

  test('of a table has times without milliseconds', () => {
    const { DDBStreamBatchInfo: batch } = discardedRecord({
      ...discarded,
      streamArn: 'arn:aws:dynamodb:us-east-1:000000000000:table/orders/stream/1',
    }) as { DDBStreamBatchInfo: { approximateArrivalOfLastRecord: string } };
    assert.equal(batch.approximateArrivalOfLastRecord, '1970-01-01T00:01:01Z');
  });

  test('has its key in a bucket', () => {
    assert.equal(
      discardedKey('uuid', discarded, 'other'),
      'aws/lambda/uuid/shardId-000000000000/2026/11/24/2026-11-24T13.05.09-other',
    );
  });
});
