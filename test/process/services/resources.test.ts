// What the Resources view shows and does, through the engine as it is built.
import assert from 'node:assert/strict';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import {
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { sendSigned } from '../../support/engine/rawHttp.ts';
import { until } from '../../support/until.ts';
import { type ServedWorkspace, serveWorkspace } from './support.ts';

const template = `Transform: AWS::Serverless-2016-10-31
Resources:
  Jobs: { Type: AWS::SQS::Queue, Properties: { QueueName: jobs } }
  Seen: { Type: AWS::SQS::Queue, Properties: { QueueName: seen } }
  Uploads:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: uploads
      NotificationConfiguration:
        QueueConfigurations: [{ Event: s3:ObjectCreated:*, Queue: !GetAtt Seen.Arn }]
`;

suite('resources of an engine', () => {
  let served: ServedWorkspace;
  let sqs: SQSClient;
  suiteSetup(async () => {
    served = await serveWorkspace({ 'template.yaml': template, 'a note.txt': 'hello' });
    sqs = new SQSClient(served.client);
  });
  suiteTeardown(async () => {
    sqs?.destroy();
    await served?.remove();
  });
  const lens = async (method: 'GET' | 'POST', target: string) => {
    const { status, body } = await sendSigned(served.serve.line.endpoint, served.serve.line, {
      method,
      target,
    });
    return { status, ...JSON.parse(body) };
  };

  test('messages are looked at without being received', async () => {
    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: 'jobs' }));
    const MessageAttributes = { kind: { DataType: 'String', StringValue: 'small' } };
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: '{"n":1}', MessageAttributes }));
    const look = async () => (await lens('GET', '/_lens/messages?queue=jobs')).messages;
    await look();
    const [{ id: _id, sentAt: _at, ...message }] = await look();
    assert.deepEqual(message, {
      state: 'visible',
      body: '{"n":1}',
      attributes: { kind: 'small' },
      receiveCount: 0,
    });
    await sqs.send(new ReceiveMessageCommand({ QueueUrl, VisibilityTimeout: 600 }));
    assert.deepEqual((await look())[0].state, 'inFlight');
    const { queues } = await lens('GET', '/_lens/queues');
    assert.deepEqual(
      queues.find(({ name }: { readonly name: string }) => name === 'jobs'),
      { name: 'jobs', visible: 0, inFlight: 1, delayed: 0 },
    );
  });

  test('a queue is purged', async () => {
    assert.equal((await lens('POST', '/_lens/purge?queue=jobs')).status, 200);
    assert.deepEqual((await lens('GET', '/_lens/messages?queue=jobs')).messages, []);
  });

  test('a file is uploaded, and its bucket tells of it', async () => {
    const file = encodeURIComponent(`${served.workspace.root}/a note.txt`);
    const uploaded = await lens('POST', `/_lens/upload?bucket=uploads&key=a%20note.txt&file=${file}`);
    assert.equal(uploaded.status, 200);
    const s3 = new S3Client({ ...served.client, forcePathStyle: true });
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'uploads', Key: 'a note.txt' }));
    assert.equal(await Body?.transformToString(), 'hello');
    s3.destroy();
    await until('the notification', async () =>
      (await lens('GET', '/_lens/messages?queue=seen')).messages.some(({ body }: { readonly body: string }) =>
        body.includes('a+note.txt'),
      ),
    );
  });

  for (const [method, target, status, message] of [
    ['GET', '/_lens/messages?queue=none', 404, /There is no queue none/],
    ['POST', '/_lens/purge?queue=none', 404, /There is no queue none/],
    ['POST', '/_lens/upload?bucket=uploads&key=a', 400, /Give "bucket", "key" and "file"/],
    ['POST', '/_lens/upload?bucket=uploads&key=a&file=%2Fnowhere%2Fa', 400, /ENOENT/],
  ] as const) {
    test(`${method} ${target} is refused`, async () => {
      const reply = await lens(method, target);
      assert.equal(reply.status, status);
      assert.match(reply.message ?? reply.Message, message);
    });
  }
});
