// Invocations that nobody waits for, through the engine as it is built, with real queues and topics.
import assert from 'node:assert/strict';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { GetQueueUrlCommand, type Message, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { sendSigned } from '../../support/engine/rawHttp.ts';
import { watchEvents } from '../../support/engine/watchEvents.ts';
import { until } from '../../support/until.ts';
import { type ServedWorkspace, serveWorkspace } from '../services/support.ts';

const account = '000000000000';
const functionArn = (name: string) => `arn:aws:lambda:us-east-1:${account}:function:${name}`;

const template = `Transform: AWS::Serverless-2016-10-31
Globals: { Function: { Runtime: nodejs24.x, CodeUri: ., Handler: app.handler, Timeout: 5 } }
Resources:
  Dead: { Type: AWS::SQS::Queue, Properties: { QueueName: dead } }
  Failed: { Type: AWS::SQS::Queue, Properties: { QueueName: failed } }
  Succeeded: { Type: AWS::SQS::Queue, Properties: { QueueName: succeeded } }
  Topic:
    Type: AWS::SNS::Topic
    Properties:
      TopicName: results
      Subscription: [{ Protocol: sqs, Endpoint: !GetAtt Told.Arn }]
  Told: { Type: AWS::SQS::Queue, Properties: { QueueName: told } }
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: orders
      DeadLetterQueue: { Type: SQS, TargetArn: !GetAtt Dead.Arn }
      EventInvokeConfig:
        MaximumRetryAttempts: 1
        DestinationConfig:
          OnSuccess: { Type: SQS, Destination: !GetAtt Succeeded.Arn }
          OnFailure: { Type: SQS, Destination: !GetAtt Failed.Arn }
  Teller:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: teller
      EventInvokeConfig:
        MaximumRetryAttempts: 0
        DestinationConfig:
          OnSuccess: { Type: Lambda, Destination: !GetAtt Orders.Arn }
          OnFailure: { Type: SNS, Destination: !Ref Topic }
  Bus: { Type: AWS::Events::EventBus, Properties: { Name: shop } }
  Results:
    Type: AWS::Events::Rule
    Properties:
      EventBusName: !Ref Bus
      EventPattern: { source: [lambda], detail: { responsePayload: { id: [6] } } }
      Targets: [{ Id: told, Arn: !GetAtt Told.Arn }]
  Publisher:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: publisher
      EventInvokeConfig:
        DestinationConfig: { OnSuccess: { Type: EventBridge, Destination: !GetAtt Bus.Arn } }
  Letters: { Type: AWS::SNS::Topic, Properties: { TopicName: letters } }
  Listener:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: listener
      Events:
        Letter: { Type: SNS, Properties: { Topic: !Ref Letters, FilterPolicy: { kind: [love] } } }
      EventInvokeConfig:
        DestinationConfig: { OnSuccess: { Type: SQS, Destination: !GetAtt Told.Arn } }
  Resting:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: resting
      ReservedConcurrentExecutions: 0
      DeadLetterQueue: { Type: SQS, TargetArn: !GetAtt Dead.Arn }
`;

const handler = `exports.handler = async (event, context) => {
  if (event.fails) throw new RangeError('no order ' + event.id);
  return { id: event.id, requestId: context.awsRequestId };
};
`;

suite('asynchronous invocation', () => {
  let served: ServedWorkspace;
  let lambda: LambdaClient;
  let sqs: SQSClient;

  suiteSetup(async () => {
    served = await serveWorkspace({ 'template.yaml': template, 'app.js': handler });
    lambda = new LambdaClient(served.client);
    sqs = new SQSClient(served.client);
  });
  suiteTeardown(async () => {
    lambda?.destroy();
    sqs?.destroy();
    await served?.remove();
  });

  const send = async (functionName: string, event: unknown) => {
    const { StatusCode, Payload, $metadata, ExecutedVersion } = await lambda.send(
      new InvokeCommand({
        FunctionName: functionName,
        InvocationType: 'Event',
        Payload: Buffer.from(JSON.stringify(event)),
      }),
    );
    assert.deepEqual(
      [StatusCode, Buffer.from(Payload ?? []).toString(), ExecutedVersion],
      [202, '', undefined],
    );
    return $metadata.requestId ?? '';
  };

  /** The next message of a queue, which is gone then. */
  const receive = async (QueueName: string): Promise<Message> => {
    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName }));
    let message: Message | undefined;
    await until(`a message in ${QueueName}`, async () => {
      const { Messages } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl, MessageAttributeNames: ['All'], VisibilityTimeout: 600 }),
      );
      message = Messages?.[0];
      return message !== undefined;
    });
    assert.ok(message);
    return message;
  };

  /** Lets an event wait no longer, once it does. */
  const skipWait = (requestId: string) =>
    until(`${requestId} to wait`, async () => {
      const { endpoint } = served.serve.line;
      const { body } = await sendSigned(endpoint, served.serve.line, {
        method: 'POST',
        target: `/_lens/skip-waits?request=${requestId}`,
      });
      return (JSON.parse(body) as { skipped: number }).skipped === 1;
    });

  test('an event that succeeds goes to its destination, as on AWS', async () => {
    const requestId = await send('orders', { id: 1 });
    const { Body = '', MessageAttributes } = await receive('succeeded');
    const { timestamp, ...record } = JSON.parse(Body);
    assert.match(timestamp, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    assert.deepEqual(record, {
      version: '1.0',
      requestContext: {
        requestId,
        functionArn: `${functionArn('orders')}:$LATEST`,
        condition: 'Success',
        approximateInvokeCount: 1,
      },
      requestPayload: { id: 1 },
      responseContext: { statusCode: 200, executedVersion: '$LATEST' },
      responsePayload: { id: 1, requestId },
    });
    assert.deepEqual(MessageAttributes, undefined);
  });

  test('an event that fails is run again with the same request id, and goes to the dead letters and the destination', async () => {
    const watching = watchEvents(served.serve.line);
    const requestId = await send('orders', { id: 2, fails: true });
    await skipWait(requestId);
    const letter = await receive('dead');
    assert.equal(letter.Body, '{"id":2,"fails":true}');
    const attributes = Object.entries(letter.MessageAttributes ?? {}).map(
      ([name, { DataType, StringValue }]) => [name, DataType, StringValue],
    );
    assert.deepEqual(attributes.sort(), [
      ['ErrorCode', 'Number', '200'],
      ['ErrorMessage', 'String', 'no order 2'],
      ['RequestID', 'String', requestId],
    ]);
    const record = JSON.parse((await receive('failed')).Body ?? '');
    assert.deepEqual(record.requestContext, {
      requestId,
      functionArn: `${functionArn('orders')}:$LATEST`,
      condition: 'RetriesExhausted',
      approximateInvokeCount: 2,
    });
    assert.deepEqual(record.responseContext, {
      statusCode: 200,
      executedVersion: '$LATEST',
      functionError: 'Unhandled',
    });
    assert.equal(record.responsePayload.errorType, 'RangeError');
    const life = watching.events.flatMap(event =>
      event.type === 'asyncEventChanged' && event.requestId === requestId
        ? [event.change.kind]
        : event.type === 'invocationEnded' && event.requestId === requestId
          ? [event.status]
          : [],
    );
    watching.dispose();
    assert.deepEqual(life, ['queued', 'error', 'waits', 'error', 'ended', 'delivered', 'delivered']);
  });

  test('another function and a topic can be destinations, too', async () => {
    const requestId = await send('teller', { id: 3 });
    const record = JSON.parse((await receive('succeeded')).Body ?? '');
    assert.equal(record.requestPayload.requestContext.requestId, requestId);
    assert.deepEqual(record.requestPayload.responsePayload, { id: 3, requestId });

    await send('teller', { id: 4, fails: true });
    const { Message = '' } = JSON.parse((await receive('told')).Body ?? '');
    const told = JSON.parse(Message);
    assert.deepEqual(told.requestPayload, { id: 4, fails: true });
    assert.equal(told.requestContext.condition, 'RetriesExhausted');
  });

  test('an event bus can be a destination, whose rules tell others', async () => {
    const requestId = await send('publisher', { id: 6 });
    const { id, time, detail, ...event } = JSON.parse((await receive('told')).Body ?? '');
    assert.match(`${id} ${time}`, /^[0-9a-f-]{36} \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    const bus = `arn:aws:events:us-east-1:${account}:event-bus/shop`;
    assert.deepEqual(event, {
      version: '0',
      'detail-type': 'Lambda Function Invocation Result - Success',
      source: 'lambda',
      account,
      region: 'us-east-1',
      resources: [bus, `${functionArn('publisher')}:$LATEST`],
    });
    assert.deepEqual([detail.requestContext.requestId, detail.requestPayload], [requestId, { id: 6 }]);
  });

  test('a message of a topic is an event for the functions that are subscribed and want it', async () => {
    const sns = new SNSClient(served.client);
    const publish = (Message: string, kind: string) =>
      sns.send(
        new PublishCommand({
          TopicArn: `arn:aws:sns:us-east-1:${account}:letters`,
          Message,
          MessageAttributes: { kind: { DataType: 'String', StringValue: kind } },
        }),
      );
    await publish('an invoice', 'business');
    const { MessageId } = await publish('a poem', 'love');
    sns.destroy();
    const { requestPayload } = JSON.parse((await receive('told')).Body ?? '');
    const [{ Sns }] = requestPayload.Records;
    assert.deepEqual([Sns.Message, Sns.MessageId], ['a poem', MessageId]);
  });

  test('an event for a function that reserves no concurrency goes to the dead letters at once', async () => {
    const requestId = await send('resting', {});
    const { Body, MessageAttributes } = await receive('dead');
    assert.deepEqual([Body, MessageAttributes?.RequestID?.StringValue], ['{}', requestId]);
  });

  test('an event that was accepted is run by the next engine, however this one ends', async () => {
    const requestId = await send('orders', { id: 5, fails: true });
    await until('the first attempt', async () =>
      (await queued()).some(event => event.progress.invokeCount === 1),
    );
    await served.restart('SIGKILL');
    lambda = new LambdaClient(served.client);
    sqs = new SQSClient(served.client);
    const [left] = await queued();
    assert.deepEqual([left?.requestId, left?.progress.invokeCount], [requestId, 1]);
    await skipWait(requestId);
    assert.equal((await receive('dead')).MessageAttributes?.RequestID?.StringValue, requestId);
  });

  const queued = async () => {
    const { endpoint } = served.serve.line;
    const { body } = await sendSigned(endpoint, served.serve.line, { target: '/_lens/async-events' });
    const { events } = JSON.parse(body) as {
      events: { event: { requestId: string; progress: { invokeCount: number } } }[];
    };
    return events.map(({ event }) => event);
  };
});
