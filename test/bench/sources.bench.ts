// What mappings of queues and streams carry, beside what a bare consumer of the same services reads with the SDK.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  GetRecordsCommand,
  GetShardIteratorCommand,
  KinesisClient,
  ListShardsCommand,
  PutRecordsCommand,
} from '@aws-sdk/client-kinesis';
import {
  LambdaClient,
  ListEventSourceMappingsCommand,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda';
import {
  DeleteMessageBatchCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { Measurement } from '../../src/scripts/bench/rows.ts';
import { percentile } from '../../src/scripts/bench/rows.ts';
import { watchEvents } from '../support/engine/watchEvents.ts';
import { until } from '../support/until.ts';
import { type BenchServer, startLambdaLens } from './support/servers.ts';

const account = '000000000000';
const messages = 3_000;
const records = 10_000;
const single = 40;
const rounds = 3;
const idleSeconds = 15;

const template = `Transform: AWS::Serverless-2016-10-31
Globals: { Function: { Runtime: nodejs24.x, CodeUri: ., Handler: app.handler, Timeout: 5 } }
Resources:
  Bare: { Type: AWS::SQS::Queue, Properties: { QueueName: bare } }
  Mapped: { Type: AWS::SQS::Queue, Properties: { QueueName: mapped } }
  Clicks: { Type: AWS::Kinesis::Stream, Properties: { Name: clicks, ShardCount: 2 } }
  Worker:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: worker
      Events:
        Mapped: { Type: SQS, Properties: { Queue: !GetAtt Mapped.Arn, BatchSize: 10, Enabled: false } }
        Clicks:
          Type: Kinesis
          Properties: { Stream: !GetAtt Clicks.Arn, StartingPosition: TRIM_HORIZON, BatchSize: 100, ParallelizationFactor: 2, Enabled: false }
`;

export async function measure(): Promise<readonly Measurement[]> {
  const folder = await mkdtemp(join(tmpdir(), 'lambda-lens-bench-'));
  await writeFile(join(folder, 'template.yaml'), template);
  await writeFile(join(folder, 'app.js'), 'exports.handler = async () => {};\n');
  const server = await startLambdaLens(folder, []);
  try {
    return await measureServer(server);
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function measureServer({ pid, target }: BenchServer): Promise<readonly Measurement[]> {
  const client = {
    endpoint: target.endpoint,
    region: target.region,
    credentials: { accessKeyId: target.accessKeyId, secretAccessKey: target.secretAccessKey },
  };
  const sqs = new SQSClient(client);
  const kinesis = new KinesisClient(client);
  const lambda = new LambdaClient(client);
  const watching = watchEvents({ ...target, accountId: account, functions: [] });
  const queueArn = `arn:aws:sqs:us-east-1:${account}:mapped`;
  const streamArn = `arn:aws:kinesis:us-east-1:${account}:stream/clicks`;
  const url = (name: string) => `${target.endpoint}/${account}/${name}`;
  const mappingOf = async (arn: string) =>
    (await lambda.send(new ListEventSourceMappingsCommand({ EventSourceArn: arn }))).EventSourceMappings?.[0];
  const switchMapping = async (arn: string, Enabled: boolean) => {
    const UUID = (await mappingOf(arn))?.UUID;
    await lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled }));
    const state = Enabled ? 'Enabled' : 'Disabled';
    await until(`the mapping to be ${state}`, async () => (await mappingOf(arn))?.State === state);
  };
  const handled = (service: string) =>
    watching.events.reduce(
      (sum, event) =>
        event.type === 'batchHandled' && event.sourceArn.startsWith(`arn:aws:${service}:`)
          ? sum + event.processed.length
          : sum,
      0,
    );

  const bareQueue: number[] = [];
  const mappedQueue: number[] = [];
  for (let round = 0; round < rounds; round++) {
    await fillQueue(sqs, url('bare'));
    bareQueue.push(await rateOf(messages, () => drain(sqs, url('bare'))));
    await fillQueue(sqs, url('mapped'));
    const before = handled('sqs');
    mappedQueue.push(
      await rateOf(messages, async () => {
        await switchMapping(queueArn, true);
        await until('all to be handled', () => handled('sqs') === before + messages, 120_000);
      }),
    );
    if (round < rounds - 1) await switchMapping(queueArn, false);
  }

  const bareLatency = await latencies(sqs, url('bare'), async sentAt => {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl: url('bare'), WaitTimeSeconds: 20 }),
    );
    const elapsed = performance.now() - sentAt();
    await remove(sqs, url('bare'), Messages);
    return elapsed;
  });
  const mappedLatency = await latencies(sqs, url('mapped'), async sentAt => {
    const before = handled('sqs');
    while (handled('sqs') === before) await sleep(1);
    return performance.now() - sentAt();
  });

  const stream = await measureStream(kinesis, async () => {
    await switchMapping(streamArn, true);
    await until('all records to be handled', () => handled('kinesis') === records, 180_000);
  });
  await sleep(1000);
  const used = await cpuSeconds(pid);
  await sleep(idleSeconds * 1000);
  const idle = ((await cpuSeconds(pid)) - used) / idleSeconds;
  watching.dispose();
  for (const each of [sqs, kinesis, lambda]) each.destroy();

  const bareRate = percentile(bareQueue, 50);
  const bareMs = percentile(bareLatency, 50);
  return [
    {
      name: 'messages of a queue, batches of 10',
      unit: 'a second',
      samples: mappedQueue,
      comparedWith: {
        name: 'at least, or 0.9 of a bare consumer',
        value: Math.min(2_000, 0.9 * bareRate),
        percentile: 50,
      },
    },
    { name: 'messages of a queue, a bare consumer', unit: 'a second', samples: bareQueue },
    {
      name: 'from sending a message to the end of its invocation, idle',
      unit: 'ms',
      samples: mappedLatency,
      comparedWith: { name: 'a bare long-polling reader and 50', value: bareMs + 50, percentile: 50 },
    },
    { name: 'from sending a message to a bare long-polling reader', unit: 'ms', samples: bareLatency },
    {
      name: 'records of a stream, 2 shards, batches of 100, parallelization 2',
      unit: 'a second',
      samples: [stream.mapped],
      comparedWith: {
        name: 'at least, or 0.9 of a bare reader',
        value: Math.min(5_000, 0.9 * stream.bare),
        percentile: 50,
      },
    },
    { name: 'records of a stream, a bare reader', unit: 'a second', samples: [stream.bare] },
    {
      name: 'two idle mappings, of a core',
      unit: '%',
      samples: [idle * 100],
      comparedWith: { name: 'budget for each', value: 2 },
    },
  ];
}

async function rateOf(count: number, act: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await act();
  return (count * 1000) / (performance.now() - start);
}

async function fillQueue(sqs: SQSClient, QueueUrl: string): Promise<void> {
  for (let sent = 0; sent < messages; sent += 10) {
    const Entries = Array.from({ length: 10 }, (_, index) => ({
      Id: String(index),
      MessageBody: `order ${sent + index}`,
    }));
    await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
  }
}

/** Five consumers that delete what they get, which is what a mapping begins with. */
async function drain(sqs: SQSClient, QueueUrl: string): Promise<void> {
  let left = messages;
  const consume = async () => {
    while (left > 0) {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }),
      );
      left -= Messages.length;
      await remove(sqs, QueueUrl, Messages);
    }
  };
  await Promise.all([consume(), consume(), consume(), consume(), consume()]);
}

async function remove(
  sqs: SQSClient,
  QueueUrl: string,
  received: readonly { readonly ReceiptHandle?: string | undefined }[],
): Promise<void> {
  if (received.length === 0) return;
  const Entries = received.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
  await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
}

/** @param arrival settles when a message has arrived that is sent while it waits */
async function latencies(
  sqs: SQSClient,
  QueueUrl: string,
  arrival: (sentAt: () => number) => Promise<number>,
): Promise<readonly number[]> {
  const samples: number[] = [];
  for (let index = 0; index < single; index++) {
    let sentAt = 0;
    const arrived = arrival(() => sentAt);
    await sleep(50);
    sentAt = performance.now();
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'single' }));
    samples.push(await arrived);
  }
  return samples;
}

async function measureStream(
  kinesis: KinesisClient,
  handle: () => Promise<void>,
): Promise<{ readonly bare: number; readonly mapped: number }> {
  const StreamName = 'clicks';
  for (let sent = 0; sent < records; sent += 500) {
    const Records = Array.from({ length: 500 }, (_, index) => ({
      PartitionKey: `visitor ${(sent + index) % 997}`,
      Data: Buffer.from(`click ${sent + index}`),
    }));
    await kinesis.send(new PutRecordsCommand({ StreamName, Records }));
  }
  const mapped = await rateOf(records, handle);
  const { Shards = [] } = await kinesis.send(new ListShardsCommand({ StreamName }));
  const bare = await rateOf(records, () =>
    Promise.all(Shards.map(({ ShardId }) => readShard(kinesis, StreamName, ShardId))),
  );
  return { bare, mapped };
}

async function readShard(
  kinesis: KinesisClient,
  StreamName: string,
  ShardId: string | undefined,
): Promise<void> {
  let { ShardIterator } = await kinesis.send(
    new GetShardIteratorCommand({ StreamName, ShardId, ShardIteratorType: 'TRIM_HORIZON' }),
  );
  for (;;) {
    const { Records = [], NextShardIterator } = await kinesis.send(
      new GetRecordsCommand({ ShardIterator, Limit: 1000 }),
    );
    ShardIterator = NextShardIterator;
    if (Records.length === 0) return;
  }
}

/** Of a process, since its start. https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
async function cpuSeconds(pid: number): Promise<number> {
  const [, fields = ''] = /\) (.*)/s.exec(await readFile(`/proc/${pid}/stat`, 'utf8')) ?? [];
  const [user = 0, system = 0] = fields.split(' ').slice(11, 13).map(Number);
  return (user + system) / 100;
}
