// The operations on event source mappings by SDK, in both directions.
import assert from 'node:assert/strict';
import {
  CreateEventSourceMappingCommand,
  type CreateEventSourceMappingCommandInput,
  DeleteEventSourceMappingCommand,
  GetEventSourceMappingCommand,
  LambdaClient,
  ListEventSourceMappingsCommand,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda';
import { CreateQueueCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { watchEvents } from '../../support/engine/watchEvents.ts';
import { until } from '../../support/until.ts';
import { type ServedWorkspace, serveWorkspace } from '../services/support.ts';

const account = '000000000000';
const queueArn = (name: string) => `arn:aws:sqs:us-east-1:${account}:${name}`;

const template = `Transform: AWS::Serverless-2016-10-31
Resources:
  Worker:
    Type: AWS::Serverless::Function
    Properties: { FunctionName: worker, Runtime: nodejs24.x, CodeUri: ., Handler: app.handler, Timeout: 5 }
`;

suite('the API of event source mappings', () => {
  let served: ServedWorkspace;
  let lambda: LambdaClient;
  let sqs: SQSClient;

  suiteSetup(async () => {
    served = await serveWorkspace({
      'template.yaml': template,
      'app.js': 'exports.handler = async () => {};',
    });
    open();
    for (const QueueName of ['orders', 'other', 'third', 'steps.fifo', 'hasty']) {
      await sqs.send(
        new CreateQueueCommand({
          QueueName,
          Attributes: {
            ...(QueueName.endsWith('.fifo') ? { FifoQueue: 'true' } : {}),
            ...(QueueName === 'hasty' ? { VisibilityTimeout: '3' } : {}),
          },
        }),
      );
    }
  });
  suiteTeardown(async () => {
    close();
    await served?.remove();
  });

  const open = () => {
    lambda = new LambdaClient(served.client);
    sqs = new SQSClient(served.client);
  };
  const close = () => {
    lambda?.destroy();
    sqs?.destroy();
  };
  const create = (input: Partial<CreateEventSourceMappingCommandInput> = {}) =>
    lambda.send(
      new CreateEventSourceMappingCommand({
        FunctionName: 'worker',
        EventSourceArn: queueArn('orders'),
        ...input,
      }),
    );
  const get = (UUID: string | undefined) => lambda.send(new GetEventSourceMappingCommand({ UUID }));
  const becomes = (UUID: string | undefined, state: string) =>
    until(`the state ${state}`, async () => (await get(UUID)).State === state);
  const remove = async (UUID: string | undefined) => {
    assert.equal((await lambda.send(new DeleteEventSourceMappingCommand({ UUID }))).State, 'Deleting');
    await until('it to be gone', () =>
      get(UUID).then(
        () => false,
        ({ name }) => name === 'ResourceNotFoundException',
      ),
    );
  };

  test('a mapping goes from Creating to Enabled, and says what it is, as on AWS', async () => {
    const { $metadata, LastModified, UUID = '', ...created } = await create();
    assert.equal($metadata.httpStatusCode, 202);
    assert.ok(LastModified instanceof Date);
    assert.match(UUID, /^[0-9a-f-]{36}$/);
    assert.deepEqual(created, {
      EventSourceMappingArn: `arn:aws:lambda:us-east-1:${account}:event-source-mapping:${UUID}`,
      EventSourceArn: queueArn('orders'),
      FunctionArn: `arn:aws:lambda:us-east-1:${account}:function:worker`,
      State: 'Creating',
      StateTransitionReason: 'USER_INITIATED',
      BatchSize: 10,
      MaximumBatchingWindowInSeconds: 0,
      FunctionResponseTypes: [],
    });
    await becomes(UUID, 'Enabled');
    await remove(UUID);
  });

  test('one that is disabled reads nothing until it is enabled', async () => {
    const { UUID, State } = await create({ EventSourceArn: queueArn('third'), Enabled: false });
    assert.equal(State, 'Disabled');
    const watching = watchEvents(served.serve.line);
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'third' }));
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'waits' }));
    const handled = () => watching.events.filter(({ type }) => type === 'batchHandled').length;
    const enabled = await lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: true }));
    assert.deepEqual([enabled.State, handled()], ['Enabling', 0]);
    await until('the message to be handled', () => handled() === 1);
    const disabled = await lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: false }));
    assert.equal(disabled.State, 'Disabling');
    await becomes(UUID, 'Disabled');
    watching.dispose();
    await remove(UUID);
  });

  test('parameters are set, kept and changed, over a restart of the service', async () => {
    const { UUID } = await create({
      EventSourceArn: queueArn('other'),
      BatchSize: 50,
      MaximumBatchingWindowInSeconds: 1,
      FilterCriteria: { Filters: [{ Pattern: '{"body":{"a":[1]}}' }] },
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 3 },
    });
    await becomes(UUID, 'Enabled');
    await lambda.send(new UpdateEventSourceMappingCommand({ UUID, BatchSize: 7, ScalingConfig: {} }));
    await becomes(UUID, 'Enabled');
    close();
    await served.restart('SIGKILL');
    open();
    const { EventSourceMappings: [kept] = [] } = await lambda.send(
      new ListEventSourceMappingsCommand({ FunctionName: 'worker', EventSourceArn: queueArn('other') }),
    );
    assert.deepEqual(
      [
        kept?.UUID,
        kept?.BatchSize,
        kept?.MaximumBatchingWindowInSeconds,
        kept?.FilterCriteria,
        kept?.FunctionResponseTypes,
        kept?.ScalingConfig,
      ],
      [UUID, 7, 1, { Filters: [{ Pattern: '{"body":{"a":[1]}}' }] }, ['ReportBatchItemFailures'], undefined],
    );
    await becomes(UUID, 'Enabled');
    await remove(UUID);
  });

  test('a second mapping of the same queue and function is refused', async () => {
    const { UUID } = await create();
    await assert.rejects(create(), {
      name: 'ResourceConflictException',
      message: `An event source mapping with SQS arn (" ${queueArn('orders')} ") and function (" worker ") already exists. Please update or delete the existing mapping with UUID ${UUID}`,
    });
    await becomes(UUID, 'Enabled');
    await remove(UUID);
  });

  const missing = {
    name: 'ResourceNotFoundException',
    message: 'The resource you requested does not exist.',
  };
  test('one that is not there is not found', async () => {
    const UUID = '00000000-0000-0000-0000-000000000000';
    await assert.rejects(get(UUID), missing);
    await assert.rejects(lambda.send(new UpdateEventSourceMappingCommand({ UUID })), missing);
    await assert.rejects(lambda.send(new DeleteEventSourceMappingCommand({ UUID })), missing);
  });

  const refusals: readonly (readonly [
    title: string,
    input: Partial<CreateEventSourceMappingCommandInput>,
    message: string | RegExp,
    name?: string,
  ])[] = [
    ['no source', { EventSourceArn: undefined }, 'Unrecognized event source.'],
    ['a source that is none', { EventSourceArn: 'arn:aws:s3:::bucket' }, 'Unrecognized event source.'],
    ['a function that is not there', { FunctionName: 'nobody' }, 'Function does not exist'],
    [
      'a queue that is not there',
      { EventSourceArn: queueArn('nowhere') },
      'Error occurred while ReceiveMessage. SQS Error Code: AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The specified queue does not exist.',
    ],
    [
      'a visibility timeout below that of the function',
      { EventSourceArn: queueArn('hasty') },
      'Queue visibility timeout: 3 seconds is less than Function timeout: 5 seconds',
    ],
    [
      'a destination',
      { DestinationConfig: { OnFailure: { Destination: queueArn('other') } } },
      'Unsupported DestinationConfig parameter for given event source mapping type.',
    ],
    [
      'a large batch without a window',
      { BatchSize: 11 },
      'Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10',
    ],
    [
      'a pattern that is none',
      { FilterCriteria: { Filters: [{ Pattern: '{"body":{"a":[{"near":1}]}}' }] } },
      'Invalid filter pattern definition.',
    ],
    [
      'a window of a FIFO queue',
      { EventSourceArn: queueArn('steps.fifo'), MaximumBatchingWindowInSeconds: 1 },
      'Batching window is not supported for FIFO queues.',
    ],
    [
      'a batch size of none',
      { BatchSize: 0 },
      /Member must have value greater than or equal to 1/,
      'ValidationException',
    ],
    [
      'a window of ten minutes',
      { MaximumBatchingWindowInSeconds: 600 },
      /Member must have value less than or equal to 300/,
      'ValidationException',
    ],
    [
      'a broker',
      { EventSourceArn: 'arn:aws:kafka:us-east-1:000000000000:cluster/c/1' },
      /^UnsupportedByLambdaLens: EventSourceArn=arn:aws:kafka\S+ cannot be honoured: this version/,
      'UnsupportedByLambdaLens',
    ],
    [
      'provisioned pollers',
      { ProvisionedPollerConfig: { MinimumPollers: 2 } },
      /^UnsupportedByLambdaLens: ProvisionedPollerConfig /,
      'UnsupportedByLambdaLens',
    ],
  ];
  for (const [title, input, message, name = 'InvalidParameterValueException'] of refusals) {
    test(`refuses ${title}`, () => assert.rejects(create(input), { name, message }));
  }
});
