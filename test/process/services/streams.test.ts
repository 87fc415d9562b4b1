// Kinesis behind the engine's endpoint, called by the AWS SDK, which speaks HTTP/2 with it.
import assert from 'node:assert/strict';
import {
  DescribeStreamSummaryCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  KinesisClient,
  PutRecordsCommand,
  SubscribeToShardCommand,
} from '@aws-sdk/client-kinesis';
import { isAlive } from '../../support/engine/connect.ts';
import { until } from '../../support/until.ts';
import { listeningAddresses, type ServedWorkspace, serveWorkspace, serviceProcess } from './support.ts';

const template = `
Resources:
  Clicks: { Type: AWS::Kinesis::Stream, Properties: { Name: clicks, ShardCount: 2, RetentionPeriodHours: 48 } }
  Any: { Type: AWS::Kinesis::Stream, Properties: { StreamModeDetails: { StreamMode: ON_DEMAND } } }
`;

suite('streams', () => {
  let served: ServedWorkspace;
  let kinesis: KinesisClient;
  suiteSetup(async () => {
    served = await serveWorkspace({ 'template.yaml': template }, [
      '--account-id',
      '123456789012',
      '--region',
      'eu-west-1',
    ]);
    kinesis = new KinesisClient(served.client);
  });
  suiteTeardown(async () => {
    kinesis?.destroy();
    await served?.remove();
  });

  const summaryOf = async (StreamName: string) =>
    (await kinesis.send(new DescribeStreamSummaryCommand({ StreamName }))).StreamDescriptionSummary;
  const recordsOf = async (client: KinesisClient) => {
    const { ShardIterator } = await client.send(
      new GetShardIteratorCommand({
        StreamName: 'clicks',
        ShardId: 'shardId-000000000000',
        ShardIteratorType: 'TRIM_HORIZON',
      }),
    );
    const { Records = [] } = await client.send(new GetRecordsCommand({ ShardIterator }));
    return Records.map(({ Data = [] }) => Buffer.from(Data).toString());
  };

  test('of the template are there, with their shards, their mode and their retention', async () => {
    const clicks = await summaryOf('clicks');
    assert.deepEqual(
      [clicks?.StreamARN, clicks?.OpenShardCount, clicks?.RetentionPeriodHours, clicks?.StreamStatus],
      ['arn:aws:kinesis:eu-west-1:123456789012:stream/clicks', 2, 48, 'ACTIVE'],
    );
    assert.equal((await summaryOf('Any'))?.StreamModeDetails?.StreamMode, 'ON_DEMAND');
  });

  test('hold records in order, also when the engine is started again', async () => {
    await kinesis.send(
      new PutRecordsCommand({
        StreamName: 'clicks',
        Records: ['one', 'two'].map(text => ({
          Data: Buffer.from(text),
          PartitionKey: 'same',
          ExplicitHashKey: '0',
        })),
      }),
    );
    assert.deepEqual(await recordsOf(kinesis), ['one', 'two']);
    const pid = serviceProcess(served.serve.pid, 'kinesis') ?? 0;
    assert.deepEqual([...new Set(listeningAddresses(pid).map(({ address }) => address))], ['0100007F']);
    kinesis.destroy();
    await served.restart();
    await until('the service to end', () => !isAlive(pid));
    kinesis = new KinesisClient(served.client);
    assert.deepEqual(await recordsOf(kinesis), ['one', 'two']);
  });

  test('have no enhanced fan-out, which is said by name', async () => {
    const asking = kinesis.send(
      new SubscribeToShardCommand({
        ConsumerARN: 'arn:aws:kinesis:eu-west-1:123456789012:stream/clicks/consumer/c:1',
        ShardId: 'shardId-000000000000',
        StartingPosition: { Type: 'LATEST' },
      }),
    );
    await assert.rejects(asking, { message: /UnsupportedByLambdaLens: kinesis:SubscribeToShard/ });
  });
});
