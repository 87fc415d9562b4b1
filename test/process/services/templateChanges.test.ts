// What a template says later reaches the services that run already.
import assert from 'node:assert/strict';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import {
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { until } from '../../support/until.ts';
import { type ServedWorkspace, serveWorkspace } from './support.ts';

const template = (timeout: number, kind: string, more = '') => `
Resources:
  Work: { Type: AWS::SQS::Queue, Properties: { QueueName: work, VisibilityTimeout: ${timeout} } }
  News: { Type: AWS::SNS::Topic, Properties: { TopicName: news } }
  Subscription:
    Type: AWS::SNS::Subscription
    Properties:
      TopicArn: !Ref News
      Protocol: sqs
      Endpoint: !GetAtt Work.Arn
      RawMessageDelivery: true
      FilterPolicy: { kind: [${kind}] }
${more}`;

suite('a template that changes', () => {
  let served: ServedWorkspace;
  let sqs: SQSClient;
  let sns: SNSClient;
  suiteSetup(async () => {
    served = await serveWorkspace({ 'template.yaml': template(30, 'first') });
    sqs = new SQSClient(served.client);
    sns = new SNSClient(served.client);
  });
  suiteTeardown(async () => {
    sqs?.destroy();
    sns?.destroy();
    await served?.remove();
  });

  test('adds queues, and changes attributes and filters, of a service that runs', async () => {
    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: 'work' }));
    await served.write(
      'template.yaml',
      template(45, 'second', '  Later: { Type: AWS::SQS::Queue, Properties: { QueueName: later } }\n'),
    );
    const names = async () =>
      (await sqs.send(new ListQueuesCommand({}))).QueueUrls?.map(url => url.slice(url.lastIndexOf('/') + 1));
    await until('the queue', async () => (await names())?.includes('later') === true);
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['VisibilityTimeout'] }),
    );
    assert.equal(Attributes?.VisibilityTimeout, '45');
    for (const kind of ['first', 'second']) {
      await sns.send(
        new PublishCommand({
          TopicArn: 'arn:aws:sns:us-east-1:000000000000:news',
          Message: kind,
          MessageAttributes: { kind: { DataType: 'String', StringValue: kind } },
        }),
      );
    }
    const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
    assert.deepEqual(
      Messages?.map(({ Body }) => Body),
      ['second'],
    );
  });

  test('that names what is not possible is told at its place, and the rest is made', async () => {
    await served.write(
      'template.yaml',
      template(
        45,
        'second',
        `  Wrong: { Type: AWS::S3::Bucket, Properties: { BucketName: Not_A_Bucket } }
  Right: { Type: AWS::SQS::Queue, Properties: { QueueName: right } }
`,
      ),
    );
    await until('the queue', async () => {
      const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({}));
      return QueueUrls.some(url => url.endsWith('/right'));
    });
    assert.match(
      served.serve.output().stderr,
      /template\.yaml:\d+: the bucket Not_A_Bucket could not be made: .*not valid/s,
    );
  });
});
