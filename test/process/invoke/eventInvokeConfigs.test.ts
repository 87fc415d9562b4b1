// What becomes of asynchronous invocations, as the API has it set.
import assert from 'node:assert/strict';
import {
  DeleteFunctionEventInvokeConfigCommand,
  GetFunctionEventInvokeConfigCommand,
  LambdaClient,
  ListFunctionEventInvokeConfigsCommand,
  PutFunctionEventInvokeConfigCommand,
  UpdateFunctionEventInvokeConfigCommand,
} from '@aws-sdk/client-lambda';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type ServedWorkspace, serveWorkspace } from '../services/support.ts';

const account = '000000000000';
const queueArn = (name: string) => `arn:aws:sqs:us-east-1:${account}:${name}`;
const functionArn = (name: string) => `arn:aws:lambda:us-east-1:${account}:function:${name}`;

const template = `Transform: AWS::Serverless-2016-10-31
Globals: { Function: { Runtime: nodejs24.x, CodeUri: ., Handler: app.handler } }
Resources:
  Failed: { Type: AWS::SQS::Queue, Properties: { QueueName: failed } }
  Topic: { Type: AWS::SNS::Topic, Properties: { TopicName: results } }
  Orders: { Type: AWS::Serverless::Function, Properties: { FunctionName: orders } }
  Teller:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: teller
      EventInvokeConfig:
        MaximumRetryAttempts: 0
        DestinationConfig:
          OnSuccess: { Type: Lambda, Destination: !GetAtt Orders.Arn }
          OnFailure: { Type: SNS, Destination: !Ref Topic }
`;

suite('the configuration of asynchronous invocation', () => {
  let served: ServedWorkspace;
  let lambda: LambdaClient;
  let sqs: SQSClient;
  suiteSetup(async () => {
    served = await serveWorkspace({
      'template.yaml': template,
      'app.js': 'exports.handler = async () => {};\n',
    });
    lambda = new LambdaClient(served.client);
    sqs = new SQSClient(served.client);
  });
  suiteTeardown(async () => {
    lambda?.destroy();
    sqs?.destroy();
    await served?.remove();
  });

  const config = { FunctionName: 'teller' };
  const shape = async () => {
    const {
      $metadata: _metadata,
      LastModified,
      ...rest
    } = await lambda.send(new GetFunctionEventInvokeConfigCommand(config));
    assert.ok(LastModified instanceof Date);
    return rest;
  };
  const refused = (answer: Promise<unknown>, name: string, message: string) =>
    assert.rejects(answer, { name, message });
  const put = (input: ConstructorParameters<typeof PutFunctionEventInvokeConfigCommand>[0]) =>
    lambda.send(new PutFunctionEventInvokeConfigCommand(input));

  test('is what the template says, until it is replaced', async () => {
    assert.deepEqual(await shape(), {
      FunctionArn: `${functionArn('teller')}:$LATEST`,
      MaximumRetryAttempts: 0,
      DestinationConfig: {
        OnSuccess: { Destination: functionArn('orders') },
        OnFailure: { Destination: `arn:aws:sns:us-east-1:${account}:results` },
      },
    });
    await lambda.send(new PutFunctionEventInvokeConfigCommand({ ...config, MaximumEventAgeInSeconds: 60 }));
    assert.deepEqual(await shape(), {
      FunctionArn: `${functionArn('teller')}:$LATEST`,
      MaximumEventAgeInSeconds: 60,
      DestinationConfig: { OnSuccess: {}, OnFailure: {} },
    });
  });

  test('is merged by an update, and an empty destination clears it', async () => {
    const OnFailure = { Destination: queueArn('failed') };
    await lambda.send(
      new UpdateFunctionEventInvokeConfigCommand({ ...config, DestinationConfig: { OnFailure } }),
    );
    const merged = await shape();
    assert.equal(merged.MaximumEventAgeInSeconds, 60);
    assert.deepEqual(merged.DestinationConfig, { OnSuccess: {}, OnFailure });
    const cleared = { OnFailure: { Destination: '' } };
    await lambda.send(new UpdateFunctionEventInvokeConfigCommand({ ...config, DestinationConfig: cleared }));
    assert.deepEqual((await shape()).DestinationConfig, { OnSuccess: {}, OnFailure: {} });
  });

  test('is listed, and gone when it is deleted', async () => {
    const { FunctionEventInvokeConfigs = [] } = await lambda.send(
      new ListFunctionEventInvokeConfigsCommand(config),
    );
    assert.deepEqual(
      FunctionEventInvokeConfigs.map(({ FunctionArn }) => FunctionArn),
      [`${functionArn('teller')}:$LATEST`],
    );
    await lambda.send(new DeleteFunctionEventInvokeConfigCommand(config));
    const message = `The function ${functionArn('teller')}:$LATEST doesn't have an EventInvokeConfig`;
    await refused(
      lambda.send(new GetFunctionEventInvokeConfigCommand(config)),
      'ResourceNotFoundException',
      message,
    );
    await refused(
      lambda.send(new DeleteFunctionEventInvokeConfigCommand(config)),
      'ResourceNotFoundException',
      message,
    );
  });

  const to = (Destination: string) => ({ ...config, DestinationConfig: { OnSuccess: { Destination } } });
  const checkRefusal = (
    title: string,
    input: ConstructorParameters<typeof PutFunctionEventInvokeConfigCommand>[0],
    name: string,
    message: string,
  ) => test(`refuses ${title}`, () => refused(put(input), name, message));

  checkRefusal(
    'a function that does not exist',
    { FunctionName: 'nobody', MaximumRetryAttempts: 0 },
    'ResourceNotFoundException',
    "The function doesn't exist.",
  );
  checkRefusal(
    'nothing',
    config,
    'InvalidParameterValueException',
    'You must specify at least one of error handling or destination setting.',
  );
  checkRefusal(
    'the function as its own destination',
    to(`${functionArn('teller')}:live`),
    'InvalidParameterValueException',
    "You can't specify the function as a destination for itself.",
  );
  for (const arn of [
    queueArn('nowhere'),
    functionArn('nobody'),
    `arn:aws:sns:us-east-1:${account}:nowhere`,
  ]) {
    checkRefusal(
      `a destination that does not exist: ${arn}`,
      to(arn),
      'InvalidParameterValueException',
      `The destination ARN ${arn} is invalid.`,
    );
  }
  const kinesis = `arn:aws:kinesis:us-east-1:${account}:stream/s`;
  checkRefusal(
    'another service',
    to(kinesis),
    'InvalidParameterValueException',
    `The provided destination config DestinationConfig(onSuccess=OnSuccess(destination=${kinesis}), onFailure=null) is invalid.`,
  );

  test('refuses a FIFO queue', async () => {
    const name = 'orders.fifo';
    await sqs.send(new CreateQueueCommand({ QueueName: name, Attributes: { FifoQueue: 'true' } }));
    await refused(
      put(to(queueArn(name))),
      'InvalidParameterValueException',
      `The destination ARN ${queueArn(name)} is invalid.`,
    );
  });
});
