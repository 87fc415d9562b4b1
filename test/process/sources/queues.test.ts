// Event source mappings of queues, through the engine as it is built, with real queues.
import assert from 'node:assert/strict';
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { BatchHandledEvent } from '../../../src/model/engineEvent.ts';
import { watchEvents } from '../../support/engine/watchEvents.ts';
import { until } from '../../support/until.ts';
import { type ServedWorkspace, serveWorkspace } from '../services/support.ts';

const account = '000000000000';
const queueArn = (name: string) => `arn:aws:sqs:us-east-1:${account}:${name}`;

const template = `Transform: AWS::Serverless-2016-10-31
Globals: { Function: { Runtime: nodejs24.x, CodeUri: ., Timeout: 5 } }
Resources:
  Orders: { Type: AWS::SQS::Queue, Properties: { QueueName: orders, VisibilityTimeout: 30 } }
  Picky: { Type: AWS::SQS::Queue, Properties: { QueueName: picky } }
  Dead: { Type: AWS::SQS::Queue, Properties: { QueueName: dead } }
  Shaky:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: shaky
      VisibilityTimeout: 5
      RedrivePolicy: { deadLetterTargetArn: !GetAtt Dead.Arn, maxReceiveCount: 1 }
  Steps: { Type: AWS::SQS::Queue, Properties: { QueueName: steps.fifo, FifoQueue: true, VisibilityTimeout: 5 } }
  Bulk: { Type: AWS::SQS::Queue, Properties: { QueueName: bulk } }
  Worker:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: worker
      Handler: app.worker
      Events:
        Orders: { Type: SQS, Properties: { Queue: !GetAtt Orders.Arn, BatchSize: 5 } }
        Picky:
          Type: SQS
          Properties:
            Queue: !GetAtt Picky.Arn
            FilterCriteria: { Filters: [{ Pattern: '{"body":{"kind":["order"]}}' }] }
        Bulk:
          Type: SQS
          Properties: { Queue: !GetAtt Bulk.Arn, BatchSize: 25, MaximumBatchingWindowInSeconds: 2 }
  Reporter:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: reporter
      Handler: app.reporter
      Events:
        Shaky:
          Type: SQS
          Properties: { Queue: !GetAtt Shaky.Arn, FunctionResponseTypes: [ReportBatchItemFailures] }
  Stepper:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: stepper
      Handler: app.stepper
      Events:
        Steps:
          Type: SQS
          Properties: { Queue: !GetAtt Steps.Arn, FunctionResponseTypes: [ReportBatchItemFailures] }
  Stream:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: streamed
      Handler: app.worker
      Events:
        Kafka:
          Type: MSK
          Properties: { Stream: 'arn:aws:kafka:us-east-1:000000000000:cluster/c/1', Topics: [t], StartingPosition: LATEST }
`;

const handler = `exports.worker = async event => { console.log(JSON.stringify(event)); };
// What comes after a message that failed would be out of its order.
exports.stepper = async ({ Records }) => {
  const held = new Set();
  return {
    batchItemFailures: Records.filter(({ body, messageId, attributes }) => {
      const attempt = Number(attributes.ApproximateReceiveCount);
      if (body.startsWith('late') && attempt === 1) held.add(attributes.MessageGroupId);
      return held.has(attributes.MessageGroupId);
    }).map(({ messageId }) => ({ itemIdentifier: messageId })),
  };
};
exports.reporter = async event => ({
  batchItemFailures: event.Records.filter(({ body }) => body.startsWith('bad')).map(({ messageId }) => ({
    itemIdentifier: messageId,
  })),
});
`;

suite('mappings of queues', () => {
  let served: ServedWorkspace;
  let sqs: SQSClient;
  let watching: ReturnType<typeof watchEvents>;

  suiteSetup(async () => {
    served = await serveWorkspace({ 'template.yaml': template, 'app.js': handler });
    sqs = new SQSClient(served.client);
    watching = watchEvents(served.serve.line);
  });
  suiteTeardown(async () => {
    watching?.dispose();
    sqs?.destroy();
    await served?.remove();
  });

  const urlOf = async (QueueName: string) =>
    (await sqs.send(new GetQueueUrlCommand({ QueueName }))).QueueUrl ?? '';
  const send = async (queue: string, bodies: readonly string[]) => {
    const { Successful = [] } = await sqs.send(
      new SendMessageBatchCommand({
        QueueUrl: await urlOf(queue),
        Entries: bodies.map((MessageBody, index) => ({
          Id: String(index),
          MessageBody,
          ...(queue.endsWith('.fifo')
            ? {
                MessageGroupId: MessageBody.slice(-1),
                MessageDeduplicationId: `${MessageBody}-${Date.now()}`,
              }
            : {}),
        })),
      }),
    );
    return Successful.map(({ MessageId = '' }) => MessageId);
  };
  const batchesOf = (queue: string): readonly BatchHandledEvent[] =>
    watching.events.filter(
      (event): event is Extract<typeof event, { type: 'batchHandled' }> =>
        event.type === 'batchHandled' && event.sourceArn === queueArn(queue),
    );
  const processed = (queue: string) => batchesOf(queue).flatMap(batch => batch.processed);
  const left = async (queue: string) => {
    const { Attributes = {} } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: await urlOf(queue), AttributeNames: ['All'] }),
    );
    return (
      Number(Attributes.ApproximateNumberOfMessages) +
      Number(Attributes.ApproximateNumberOfMessagesNotVisible)
    );
  };

  test('a function gets messages in batches, as on AWS, and they are gone', async () => {
    const ids = await send('orders', ['1', '2', '3', '4', '5', '6', '7']);
    await until('all to be processed', () => processed('orders').length === ids.length);
    assert.deepEqual(processed('orders').toSorted(), ids.toSorted());
    assert.ok(batchesOf('orders').every(batch => batch.processed.length <= 5));
    await until('the queue to be empty', async () => (await left('orders')) === 0);
  });

  test('messages that no filter wants are deleted, and the function does not get them', async () => {
    const [order, text, other] = await send('picky', ['{"kind":"order"}', 'order', '{"kind":"other"}']);
    await until('the order to be processed', () => processed('picky').length === 1);
    assert.deepEqual(processed('picky'), [order]);
    await until('the queue to be empty', async () => (await left('picky')) === 0);
    const filtered = watching.events.flatMap(event => (event.type === 'recordsFiltered' ? event.ids : []));
    assert.deepEqual(filtered.toSorted(), [text, other].toSorted());
  });

  test('a window gathers more than a request brings', async () => {
    for (let request = 0; request < 3; request++) {
      await send(
        'bulk',
        Array.from({ length: 10 }, (_, index) => `${request}${index}`),
      );
    }
    await until('all to be processed', () => processed('bulk').length === 30);
    assert.deepEqual(
      batchesOf('bulk').map(({ closed, processed }) => [closed, processed.length]),
      [
        ['size', 25],
        ['window', 5],
      ],
    );
  });

  test('messages that the function reports come back, and in the end go to the dead letters', async () => {
    const [good, bad] = await send('shaky', ['good', 'bad']);
    await until('both to be handled', () => batchesOf('shaky').flatMap(({ failed }) => failed).length >= 1);
    assert.deepEqual(processed('shaky'), [good]);
    assert.deepEqual([...new Set(batchesOf('shaky').flatMap(({ failed }) => failed))], [bad]);
    await until('the dead letter', async () => (await left('dead')) === 1, 20_000);
    assert.equal(await left('shaky'), 0);
  });

  test('a group that fails holds up no other group, and keeps its order', async () => {
    const [lateA, nextA, onlyB] = await send('steps.fifo', ['late a', 'next a', 'only b']);
    await until('all to be processed', () => processed('steps.fifo').length === 3, 20_000);
    assert.deepEqual(processed('steps.fifo'), [onlyB, lateA, nextA]);
  });

  test('a queue that is made later is read from then on', async () => {
    await served.write(
      'template.yaml',
      `${template}  Late:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: late
      Handler: app.worker
      Events: { Late: { Type: SQS, Properties: { Queue: 'arn:aws:sqs:us-east-1:${account}:made-later' } } }
`,
    );
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'made-later' }));
    const { MessageId } = await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'hello' }));
    await until('it to be processed', () => processed('made-later').length === 1, 30_000);
    assert.deepEqual(processed('made-later'), [MessageId]);
  });
});
