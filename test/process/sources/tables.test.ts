// Event source mappings of tables' streams, through the engine as it is built, with DynamoDB Local.
import assert from 'node:assert/strict';
import {
  CreateTableCommand,
  DeleteItemCommand,
  DynamoDBClient,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { CreateEventSourceMappingCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { BatchHandledEvent } from '../../../src/model/engineEvent.ts';
import { watchEvents } from '../../support/engine/watchEvents.ts';
import { until } from '../../support/until.ts';
import { type ServedWorkspace, serveWorkspace } from '../services/support.ts';
import { type DynamoDbLocal, startDynamoDbLocal } from './dynamoDbLocal.ts';

const template = `Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::DynamoDB::Table
    Properties:
      TableName: orders
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]
      KeySchema: [{ AttributeName: id, KeyType: HASH }]
      StreamSpecification: { StreamViewType: NEW_AND_OLD_IMAGES }
  Watcher:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: watcher
      Runtime: nodejs24.x
      CodeUri: .
      Handler: app.handler
      Timeout: 5
      Events:
        Orders:
          Type: DynamoDB
          Properties:
            Stream: !GetAtt Orders.StreamArn
            StartingPosition: TRIM_HORIZON
            FilterCriteria:
              Filters: [{ Pattern: '{"eventName":["INSERT","REMOVE"],"dynamodb":{"Keys":{"id":{"S":[{"prefix":"o"}]}}}}' }]
`;

const handler = `exports.handler = async event => { console.log('EVENT ' + JSON.stringify(event)); };
`;

suite('mappings of tables', () => {
  let dynamo: DynamoDbLocal;
  let served: ServedWorkspace;
  let client: DynamoDBClient;
  let lambda: LambdaClient;
  let watching: ReturnType<typeof watchEvents>;

  suiteSetup(async function () {
    this.timeout(180_000);
    dynamo = await startDynamoDbLocal();
    served = await serveWorkspace({ 'template.yaml': template, 'app.js': handler }, [
      '--service',
      `dynamodb=${dynamo.endpoint}`,
    ]);
    client = new DynamoDBClient(served.client);
    lambda = new LambdaClient(served.client);
    watching = watchEvents(served.serve.line);
    await client.send(
      new CreateTableCommand({
        TableName: 'orders',
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
      }),
    );
  });
  suiteTeardown(async () => {
    watching?.dispose();
    client?.destroy();
    lambda?.destroy();
    await served?.remove();
    await dynamo?.stop();
  });

  const put = (id: string, amount: number) =>
    client.send(
      new PutItemCommand({ TableName: 'orders', Item: { id: { S: id }, amount: { N: String(amount) } } }),
    );
  const batches = (): readonly BatchHandledEvent[] =>
    watching.events.filter(
      (event): event is Extract<typeof event, { type: 'batchHandled' }> => event.type === 'batchHandled',
    );
  const processed = () => batches().flatMap(batch => batch.processed);

  test('a table that is made later is read from then on, and changes of an item come in their order', async () => {
    await put('o1', 1);
    await put('o1', 2);
    await put('x1', 1);
    await client.send(new DeleteItemCommand({ TableName: 'orders', Key: { id: { S: 'o1' } } }));
    await until('the insertion and the removal', () => processed().length === 2, 30_000);
    assert.deepEqual(processed(), processed().toSorted());
    const dropped = watching.events.flatMap(event => (event.type === 'recordsFiltered' ? event.ids : []));
    assert.equal(dropped.length, 2);
  });

  test('the API takes a stream of a table, but no point in time', async () => {
    const EventSourceArn = 'arn:aws:dynamodb:us-east-1:000000000000:table/orders/stream/latest';
    const create = (StartingPosition: 'LATEST' | 'AT_TIMESTAMP') =>
      lambda.send(
        new CreateEventSourceMappingCommand({ FunctionName: 'watcher', EventSourceArn, StartingPosition }),
      );
    await assert.rejects(create('AT_TIMESTAMP'), {
      name: 'InvalidParameterValueException',
      message: `Unsupported starting position for arn type: ${EventSourceArn}`,
    });
    const { State, BatchSize } = await create('LATEST');
    assert.deepEqual([State, BatchSize], ['Creating', 100]);
  });
});
