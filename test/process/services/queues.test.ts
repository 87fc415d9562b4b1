// SQS and SNS behind the engine's endpoint, called by the AWS SDK.
import assert from 'node:assert/strict';
import { PublishCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import {
  ChangeMessageVisibilityBatchCommand,
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListDeadLetterSourceQueuesCommand,
  ListQueuesCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { type ServedWorkspace, serveWorkspace } from './support.ts';

const template = `
Resources:
  Work:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: work
      VisibilityTimeout: 77
      RedrivePolicy: { deadLetterTargetArn: !GetAtt Lost.Arn, maxReceiveCount: 1 }
  Lost: { Type: AWS::SQS::Queue }
  Ordered:
    Type: AWS::SQS::Queue
    Properties: { FifoQueue: true, ContentBasedDeduplication: true }
  News: { Type: AWS::SNS::Topic, Properties: { TopicName: news } }
  NewsToLost:
    Type: AWS::SNS::Subscription
    Properties:
      TopicArn: !Ref News
      Protocol: sqs
      Endpoint: !GetAtt Lost.Arn
      RawMessageDelivery: true
      FilterPolicy: { kind: [lost] }
`;

suite('queues and topics', () => {
  let served: ServedWorkspace;
  let sqs: SQSClient;
  let sns: SNSClient;
  suiteSetup(async () => {
    served = await serveWorkspace({ 'template.yaml': template }, ['--account-id', '123456789012']);
    sqs = new SQSClient(served.client);
    sns = new SNSClient(served.client);
  });
  suiteTeardown(async () => {
    sqs?.destroy();
    sns?.destroy();
    await served?.remove();
  });

  const urlOf = async (name: string) =>
    (await sqs.send(new GetQueueUrlCommand({ QueueName: name }))).QueueUrl ?? '';
  const receive = async (url: string, more: object = {}): Promise<readonly Message[]> =>
    (await sqs.send(new ReceiveMessageCommand({ QueueUrl: url, MaxNumberOfMessages: 10, ...more })))
      .Messages ?? [];
  const bodies = (messages: readonly Message[]) => messages.map(({ Body }) => Body);
  const topicArn = 'arn:aws:sns:us-east-1:123456789012:news';

  test('of the template are there, named as CloudFormation names them, with their attributes', async () => {
    const { QueueUrls } = await sqs.send(new ListQueuesCommand({}));
    assert.deepEqual(
      QueueUrls,
      ['Lost', 'Ordered.fifo', 'work'].map(name => `${served.serve.line.endpoint}/123456789012/${name}`),
    );
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: await urlOf('work'), AttributeNames: ['All'] }),
    );
    assert.equal(Attributes?.QueueArn, 'arn:aws:sqs:us-east-1:123456789012:work');
    assert.equal(Attributes?.VisibilityTimeout, '77');
    assert.deepEqual(JSON.parse(Attributes?.RedrivePolicy ?? ''), {
      deadLetterTargetArn: 'arn:aws:sqs:us-east-1:123456789012:Lost',
      maxReceiveCount: 1,
    });
  });

  test('a queue that is called by its URL at AWS is the same queue', async () => {
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'by-url' }));
    const body = 'with "quotes", ümläuts and \u{1f600}';
    const plain = new SQSClient({ ...served.client, useQueueUrlAsEndpoint: false });
    const { MessageId } = await plain.send(
      new SendMessageCommand({
        QueueUrl: 'https://sqs.us-east-1.amazonaws.com/123456789012/by-url',
        MessageBody: body,
      }),
    );
    plain.destroy();
    const [message] = await receive(QueueUrl ?? '');
    assert.deepEqual([message?.MessageId, message?.Body], [MessageId, body]);
  });

  test('a message that was received too often goes to the dead-letter queue', async () => {
    const [work, lost] = [await urlOf('work'), await urlOf('Lost')];
    await sqs.send(new SendMessageCommand({ QueueUrl: work, MessageBody: 'poison' }));
    assert.deepEqual(bodies(await receive(work, { VisibilityTimeout: 0 })), ['poison']);
    assert.deepEqual(bodies(await receive(work)), []);
    assert.deepEqual(bodies(await receive(lost)), ['poison']);
  });

  test('a batch of a FIFO queue holds all messages of a group, in order, also when they come back', async () => {
    const url = await urlOf('Ordered.fifo');
    const groups = ['a', 'a', 'b', 'a', 'b'];
    await sqs.send(
      new SendMessageBatchCommand({
        QueueUrl: url,
        Entries: groups.map((group, index) => ({
          Id: `m${index}`,
          MessageBody: `${group}${index}`,
          MessageGroupId: group,
        })),
      }),
    );
    const first = await receive(url);
    assert.deepEqual(bodies(first), ['a0', 'a1', 'a3', 'b2', 'b4']);
    assert.deepEqual(bodies(await receive(url)), [], 'both groups are under way');
    const { Failed } = await sqs.send(
      new ChangeMessageVisibilityBatchCommand({
        QueueUrl: url,
        Entries: first.map(({ ReceiptHandle }, index) => ({
          Id: `m${index}`,
          ReceiptHandle: ReceiptHandle ?? '',
          VisibilityTimeout: 0,
        })),
      }),
    );
    assert.deepEqual(Failed, []);
    const again = await receive(url, { MaxNumberOfMessages: 2 });
    assert.deepEqual(bodies(again), ['a0', 'a1']);
    for (const { ReceiptHandle } of again) {
      await sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle }));
    }
    assert.deepEqual(bodies(await receive(url)), ['a3', 'b2', 'b4']);
  });

  test('a topic delivers to queues what their filters let through', async () => {
    const lost = await urlOf('Lost');
    const publish = (kind: string) =>
      sns.send(
        new PublishCommand({
          TopicArn: topicArn,
          Message: JSON.stringify({ default: `${kind} for anybody`, sqs: `${kind} for queues` }),
          MessageStructure: 'json',
          MessageAttributes: { kind: { DataType: 'String', StringValue: kind } },
        }),
      );
    await publish('found');
    await publish('lost');
    assert.deepEqual(bodies(await receive(lost)), ['lost for queues']);
  });

  for (const [what, error, ask] of [
    [
      'a subscription of a function',
      /UnsupportedByLambdaLens: sns:Protocol=lambda cannot be honoured/,
      () => sns.send(new SubscribeCommand({ TopicArn: topicArn, Protocol: 'lambda', Endpoint: 'arn:x' })),
    ],
    [
      'a text message',
      /UnsupportedByLambdaLens: sns:PhoneNumber cannot be honoured/,
      () => sns.send(new PublishCommand({ PhoneNumber: '+4912345', Message: 'hello' })),
    ],
    [
      'an operation that the embedded SQS lacks',
      /UnsupportedByLambdaLens: sqs:ListDeadLetterSourceQueues is an operation that/,
      async () => sqs.send(new ListDeadLetterSourceQueuesCommand({ QueueUrl: await urlOf('Lost') })),
    ],
  ] as const) {
    test(`${what} is refused by name`, async () => {
      await assert.rejects(ask, { message: error });
    });
  }

  test('a request that is larger than any is refused with its size', async () => {
    const sending = sqs.send(
      new SendMessageCommand({ QueueUrl: await urlOf('Lost'), MessageBody: 'x'.repeat(17 * 1024 * 1024) }),
    );
    await assert.rejects(sending, {
      name: 'EntityTooLarge',
      message: /^The request has 178\d+ bytes, more than/,
    });
  });

  test('a queue that is not there is named in the words of SQS', async () => {
    await assert.rejects(urlOf('nowhere'), { name: 'QueueDoesNotExist' });
  });
});
