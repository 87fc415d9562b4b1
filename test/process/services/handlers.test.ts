// The AWS calls of handlers: those of a fixture that calls every service, and those of the samples.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetQueueUrlCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type ServeProcess, startServe } from '../../support/engine/cli.ts';
import { lambdaClient } from '../../support/engine/lambdaClient.ts';
import { watchEvents } from '../../support/engine/watchEvents.ts';
import { createWorkspace, type TestWorkspace } from '../../support/engine/workspace.ts';
import { until } from '../../support/until.ts';
import { clientOptions } from './support.ts';

const repository = join(import.meta.dirname, '..', '..', '..');

/** Serves a folder of the repository, so that functions find the AWS SDK there. */
function serving(folder: string) {
  let workspace: TestWorkspace;
  let serve: ServeProcess;
  suiteSetup(async () => {
    workspace = { ...(await createWorkspace()), root: join(repository, folder) };
    serve = await startServe(['--ephemeral'], { distDirectory: join(repository, 'dist'), workspace });
  });
  suiteTeardown(async () => {
    await serve?.stop();
    await workspace?.remove();
  });
  const messagesOf = async (QueueName: string) => {
    const sqs = new SQSClient(clientOptions(serve.line));
    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName }));
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }),
    );
    sqs.destroy();
    return Messages.map(({ Body = '' }) => Body);
  };
  return {
    line: () => serve.line,
    messagesOf,
    s3: () => new S3Client(clientOptions(serve.line)),
    async invoke(functionName: string, event: string) {
      const client = lambdaClient(serve.line);
      const { Payload, FunctionError } = await client.send(
        new InvokeCommand({ FunctionName: functionName, Payload: Buffer.from(event) }),
      );
      client.destroy();
      return { error: FunctionError, result: JSON.parse(Buffer.from(Payload ?? []).toString()) };
    },
  };
}

suite('a handler that calls AWS', () => {
  const { line, invoke, messagesOf } = serving('test/fixtures/engine/services');

  test('reaches what its template defines, as its role, and each call is told', async () => {
    const watching = watchEvents(line());
    const { result } = await invoke('calls', '{}');
    assert.deepEqual(result, {
      body: 'hello',
      ShardId: 'shardId-000000000000',
      Arn: 'arn:aws:sts::000000000000:assumed-role/caller/calls',
      assumed: 'arn:aws:sts::111111111111:assumed-role/other/calls',
    });
    const calls = () => watching.events.filter(event => event.type === 'awsCall');
    await until('every call to be told', () => calls().length >= 9);
    watching.dispose();
    assert.deepEqual(
      calls().map(({ service, action, functionName, statusCode }) => [
        `${service} ${action}`,
        functionName,
        statusCode,
      ]),
      [
        'ssm GetParameter',
        's3 PutObject',
        's3 GetObject',
        'sqs SendMessage',
        'sns Publish',
        'kinesis PutRecord',
        'sts GetCallerIdentity',
        'sts AssumeRole',
        'sts GetCallerIdentity',
      ].map(call => [call, 'calls', 200]),
    );
    const [sent, published = ''] = (await messagesOf('work')).toSorted((a, b) => a.length - b.length);
    assert.equal(sent, 'sent');
    assert.equal(JSON.parse(published).Message, 'published');
  });
});

suite('the functions of the samples', () => {
  const { invoke, messagesOf, s3 } = serving('samples');
  const eventOf = (path: string) =>
    readFile(join(repository, 'samples/.lambda-lens/events', `${path}.json`), 'utf8');

  test('thumbnail reads a picture from one bucket and writes its thumbnail to the other', async () => {
    const client = s3();
    const Key = 'holidays/beach at noon.png';
    await client.send(
      new PutObjectCommand({ Bucket: 'print-shop-uploads-dev', Key, Body: greyPicture(400, 200) }),
    );
    const { result } = await invoke('thumbnail', await eventOf('thumbnail/upload'));
    assert.deepEqual(result, { thumbnails: [{ key: Key, width: 160, height: 80 }] });
    const { Body } = await client.send(new GetObjectCommand({ Bucket: 'print-shop-thumbnails-dev', Key }));
    const thumbnail = Buffer.from((await Body?.transformToByteArray()) ?? []);
    assert.deepEqual([thumbnail.readUInt32BE(16), thumbnail.readUInt32BE(20)], [160, 80]);
    client.destroy();
  });

  test('thumbnail is run by an upload to its bucket, as on AWS', async () => {
    const client = s3();
    const Key = 'in/harbour at dawn.png';
    const uploading = { Bucket: 'print-shop-uploads-dev', Key, Body: greyPicture(300, 300) };
    await client.send(new PutObjectCommand(uploading));
    const thumbnail = new HeadObjectCommand({ Bucket: 'print-shop-thumbnails-dev', Key });
    await until('the thumbnail', () =>
      client.send(thumbnail).then(
        () => true,
        () => false,
      ),
    );
    client.destroy();
  });

  test('fulfil-order sends each print to the printer', async () => {
    const { result } = await invoke('fulfil-order', await eventOf('fulfil-order/two-orders'));
    assert.deepEqual(result, { batchItemFailures: [] });
    const prints = (await messagesOf('printer')).map(body => JSON.parse(body).picture);
    assert.deepEqual(prints.toSorted(), ['cat.png', 'holidays/beach at noon.png', 'holidays/harbour.png']);
  });

  test('check-stock takes the stock from its bucket where the warehouse does not answer', async () => {
    const client = s3();
    await client.send(
      new PutObjectCommand({ Bucket: 'print-shop-stock-dev', Key: 'latest.json', Body: '{"matte":25}' }),
    );
    client.destroy();
    const { result } = await invoke('check-stock', await eventOf('check-stock/enough'));
    assert.deepEqual(result, { paper: 'matte', available: 25, enough: true });
  });

  test('orders-api quotes, and says which setting it needs to store an order', async () => {
    const quote = await invoke('orders-api', await eventOf('orders-api/quote'));
    assert.equal(quote.result.statusCode, 200);
    const { error, result } = await invoke('orders-api', await eventOf('orders-api/place-order'));
    assert.equal(error, 'Unhandled');
    assert.match(result.errorMessage, /dynamodb PutItem was not called: .*lambdaLens\.services/);
  });

  for (const [functionName, event] of [
    ['count-clicks', 'five-clicks'],
    ['nightly-report', 'every-night'],
  ] as const) {
    test(`${functionName} runs`, async () => {
      const { error } = await invoke(functionName, await eventOf(`${functionName}/${event}`));
      assert.equal(error, undefined);
    });
  }
});

/** A PNG file with one channel of eight bits. */
function greyPicture(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(data.length, 0);
    frame.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.writeUInt8(8, 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc((width + 1) * height))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
