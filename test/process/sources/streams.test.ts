// Event source mappings of Kinesis streams, through the engine as it is built, with real streams.
import assert from 'node:assert/strict';
import { KinesisClient, PutRecordsCommand, SplitShardCommand } from '@aws-sdk/client-kinesis';
import {
  CreateEventSourceMappingCommand,
  GetEventSourceMappingCommand,
  LambdaClient,
} from '@aws-sdk/client-lambda';
import { GetQueueUrlCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { BatchHandledEvent } from '../../../src/model/engineEvent.ts';
import { watchEvents } from '../../support/engine/watchEvents.ts';
import { until } from '../../support/until.ts';
import { type ServedWorkspace, serveWorkspace } from '../services/support.ts';

const account = '000000000000';
const streamArn = (name: string) => `arn:aws:kinesis:us-east-1:${account}:stream/${name}`;

const template = `Transform: AWS::Serverless-2016-10-31
Globals: { Function: { Runtime: nodejs24.x, CodeUri: ., Handler: app.handler, Timeout: 5 } }
Resources:
  Clicks: { Type: AWS::Kinesis::Stream, Properties: { Name: clicks, ShardCount: 2 } }
  Poisoned: { Type: AWS::Kinesis::Stream, Properties: { Name: poisoned, ShardCount: 1 } }
  Picky: { Type: AWS::Kinesis::Stream, Properties: { Name: picky, ShardCount: 1 } }
  Split: { Type: AWS::Kinesis::Stream, Properties: { Name: split, ShardCount: 1 } }
  Fresh: { Type: AWS::Kinesis::Stream, Properties: { Name: fresh, ShardCount: 1 } }
  Failed: { Type: AWS::SQS::Queue, Properties: { QueueName: failed } }
  Counter:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: counter
      Events:
        Clicks:
          Type: Kinesis
          Properties: { Stream: !GetAtt Clicks.Arn, StartingPosition: TRIM_HORIZON, ParallelizationFactor: 2, BatchSize: 10 }
        Picky:
          Type: Kinesis
          Properties:
            Stream: !GetAtt Picky.Arn
            StartingPosition: TRIM_HORIZON
            FilterCriteria: { Filters: [{ Pattern: '{"data":{"kind":["order"]},"partitionKey":["a"]}' }] }
        Fresh: { Type: Kinesis, Properties: { Stream: !GetAtt Fresh.Arn, StartingPosition: LATEST } }
        Split: { Type: Kinesis, Properties: { Stream: !GetAtt Split.Arn, StartingPosition: TRIM_HORIZON } }
  Fragile:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: fragile
      Events:
        Poisoned:
          Type: Kinesis
          Properties:
            Stream: !GetAtt Poisoned.Arn
            StartingPosition: TRIM_HORIZON
            BisectBatchOnFunctionError: true
            MaximumRetryAttempts: 1
            DestinationConfig: { OnFailure: { Destination: !GetAtt Failed.Arn } }
`;

const handler = `exports.handler = async ({ Records }) => {
  for (const { kinesis } of Records) {
    if (Buffer.from(kinesis.data, 'base64').toString() === 'poison') throw new Error('poisoned');
  }
};
`;

suite('mappings of streams', () => {
  let served: ServedWorkspace;
  let kinesis: KinesisClient;
  let sqs: SQSClient;
  let lambda: LambdaClient;
  let watching: ReturnType<typeof watchEvents>;

  suiteSetup(async () => {
    served = await serveWorkspace({ 'template.yaml': template, 'app.js': handler });
    open();
  });
  suiteTeardown(async () => {
    close();
    await served?.remove();
  });

  const open = () => {
    kinesis = new KinesisClient(served.client);
    sqs = new SQSClient(served.client);
    lambda = new LambdaClient(served.client);
    watching = watchEvents(served.serve.line);
  };
  const close = () => {
    watching?.dispose();
    for (const client of [kinesis, sqs, lambda]) client?.destroy();
  };
  const put = async (StreamName: string, records: readonly (readonly [key: string, data: string])[]) => {
    const { Records = [] } = await kinesis.send(
      new PutRecordsCommand({
        StreamName,
        Records: records.map(([PartitionKey, data]) => ({ PartitionKey, Data: Buffer.from(data) })),
      }),
    );
    return Records.map(({ SequenceNumber = '' }) => SequenceNumber);
  };
  const batchesOf = (stream: string): readonly BatchHandledEvent[] =>
    watching.events.filter(
      (event): event is Extract<typeof event, { type: 'batchHandled' }> =>
        event.type === 'batchHandled' && event.sourceArn === streamArn(stream),
    );
  const processed = (stream: string) => batchesOf(stream).flatMap(batch => batch.processed);

  test('the very first record that wakes the service is not missed by LATEST', async () => {
    const [first] = await put('fresh', [['a', 'first']]);
    await until('it to be processed', () => processed('fresh').length > 0, 30_000);
    assert.deepEqual(processed('fresh'), [first]);
  });

  test('every record is processed once, those of a key in their order', async () => {
    const keys = Array.from({ length: 60 }, (_, index) => `visitor ${index % 7}`);
    const sequences = await put(
      'clicks',
      keys.map((key, index) => [key, String(index)] as const),
    );
    await until('all to be processed', () => processed('clicks').length === 60, 30_000);
    assert.deepEqual(processed('clicks').toSorted(), sequences.toSorted());
    for (const key of new Set(keys)) {
      const own = sequences.filter((_, index) => keys[index] === key);
      assert.deepEqual(
        processed('clicks').filter(sequence => own.includes(sequence)),
        own,
      );
    }
    assert.ok(batchesOf('clicks').every(batch => batch.processed.length <= 10));
    assert.equal(new Set(batchesOf('clicks').map(({ shardId }) => shardId)).size, 2);
  });

  test('a record that poisons its batch is found by halves, and told of', async () => {
    const sequences = await put('poisoned', [
      ['a', '1'],
      ['a', '2'],
      ['a', 'poison'],
      ['a', '4'],
      ['a', '5'],
    ]);
    const [, , poison, , last] = sequences;
    await until('the last one to be processed', () => processed('poisoned').includes(last ?? ''), 30_000);
    assert.deepEqual(
      processed('poisoned'),
      sequences.filter(sequence => sequence !== poison),
    );
    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: 'failed' }));
    const { Messages: [message] = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 5 }),
    );
    const { timestamp, requestContext, responseContext, version, KinesisBatchInfo } = JSON.parse(
      message?.Body ?? '',
    );
    assert.match(timestamp, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    assert.match(requestContext.requestId, /^[0-9a-f-]{36}$/);
    assert.deepEqual(
      { ...requestContext, requestId: undefined },
      {
        requestId: undefined,
        functionArn: `arn:aws:lambda:us-east-1:${account}:function:fragile`,
        condition: 'RetryAttemptsExhausted',
        approximateInvokeCount: 2,
      },
    );
    assert.deepEqual(responseContext, {
      statusCode: 200,
      executedVersion: '$LATEST',
      functionError: 'Unhandled',
    });
    assert.equal(version, '1.0');
    const {
      approximateArrivalOfFirstRecord: first,
      approximateArrivalOfLastRecord: end,
      ...batch
    } = KinesisBatchInfo;
    assert.equal(first, end);
    assert.deepEqual(batch, {
      shardId: 'shardId-000000000000',
      startSequenceNumber: poison,
      endSequenceNumber: poison,
      batchSize: 1,
      streamArn: streamArn('poisoned'),
    });
  });

  test('filters look at the data and at what describes the record', async () => {
    const [wanted] = await put('picky', [
      ['a', '{"kind":"order"}'],
      ['b', '{"kind":"order"}'],
      ['a', 'order'],
    ]);
    await until('the order to be processed', () => processed('picky').length > 0, 20_000);
    assert.deepEqual(processed('picky'), [wanted]);
  });

  test('the children of a shard come after it', async () => {
    const before = await put('split', [
      ['a', '1'],
      ['b', '2'],
    ]);
    await kinesis.send(
      new SplitShardCommand({
        StreamName: 'split',
        ShardToSplit: 'shardId-000000000000',
        NewStartingHashKey: '170141183460469231731687303715884105728',
      }),
    );
    let after: readonly string[] = [];
    await until('the stream to be split', async () => {
      after = await put('split', [
        ['a', '3'],
        ['b', '4'],
        ['c', '5'],
      ]);
      return after.every(sequence => sequence !== '');
    });
    await until(
      'all to be processed',
      () => after.every(sequence => processed('split').includes(sequence)),
      40_000,
    );
    assert.deepEqual(processed('split').slice(0, 2), before);
  });

  test('what was processed is not read again after a crash', async () => {
    close();
    await served.restart('SIGKILL');
    open();
    const [next] = await put('clicks', [['visitor 1', 'after the crash']]);
    await until('the next one to be processed', () => processed('clicks').length > 0, 30_000);
    assert.deepEqual(processed('clicks'), [next]);
  });

  test('the API tells what a mapping of a stream is, as on AWS', async () => {
    const created = await lambda.send(
      new CreateEventSourceMappingCommand({
        FunctionName: 'fragile',
        EventSourceArn: streamArn('picky'),
        StartingPosition: 'LATEST',
      }),
    );
    const {
      $metadata: _metadata,
      UUID,
      LastModified: _modified,
      EventSourceMappingArn: _arn,
      ...rest
    } = created;
    assert.deepEqual(rest, {
      EventSourceArn: streamArn('picky'),
      FunctionArn: `arn:aws:lambda:us-east-1:${account}:function:fragile`,
      State: 'Creating',
      StateTransitionReason: 'User action',
      BatchSize: 100,
      MaximumBatchingWindowInSeconds: 0,
      FunctionResponseTypes: [],
      StartingPosition: 'LATEST',
      LastProcessingResult: 'No records processed',
      ParallelizationFactor: 1,
      BisectBatchOnFunctionError: false,
      MaximumRecordAgeInSeconds: -1,
      MaximumRetryAttempts: -1,
      TumblingWindowInSeconds: 0,
      DestinationConfig: { OnFailure: {} },
    });
    await until(
      'it to be enabled',
      async () => (await lambda.send(new GetEventSourceMappingCommand({ UUID }))).State === 'Enabled',
    );
    const refused = (input: object, message: string | RegExp) =>
      assert.rejects(
        lambda.send(
          new CreateEventSourceMappingCommand({
            FunctionName: 'counter',
            EventSourceArn: streamArn('poisoned'),
            ...input,
          }),
        ),
        { message },
      );
    await refused(
      {},
      "1 validation error detected: Value null at 'startingPosition' failed to satisfy constraint: Member must not be null.",
    );
    await refused(
      { EventSourceArn: streamArn('nowhere'), StartingPosition: 'LATEST' },
      `Stream not found: ${streamArn('nowhere')}`,
    );
    await refused(
      { StartingPosition: 'LATEST', TumblingWindowInSeconds: 10 },
      /^UnsupportedByLambdaLens: TumblingWindowInSeconds/,
    );
    await refused(
      { StartingPosition: 'LATEST', ScalingConfig: { MaximumConcurrency: 2 } },
      'Unsupported ScalingConfig parameter for given event source mapping type.',
    );
    await refused({ StartingPosition: 'LATEST', MaximumRecordAgeInSeconds: 5 }, /between 60 and 604800/);
  });
});
