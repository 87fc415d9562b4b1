import assert from 'node:assert/strict';
import { samplesForFunction } from '../../../src/events/samples/ofProject.ts';
import type { ProjectModel } from '../../../src/model/functionDefinition.ts';
import { readProject } from '../../../src/project/readProject.ts';
import { memoryFiles } from '../project/support/memoryFiles.ts';

const template = `
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders: { Type: AWS::SQS::Queue, Properties: { QueueName: orders } }
  Urgent: { Type: AWS::SQS::Queue, Properties: { QueueName: urgent.fifo, FifoQueue: true } }
  Uploads: { Type: AWS::S3::Bucket, Properties: { BucketName: uploads } }
  Users:
    Type: AWS::DynamoDB::Table
    Properties:
      TableName: users
      AttributeDefinitions: [{ AttributeName: email, AttributeType: S }]
      KeySchema: [{ AttributeName: email, KeyType: HASH }]
      StreamSpecification: { StreamViewType: NEW_IMAGE }
  queue:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs24.x
      Handler: index.handler
      Events:
        Orders: { Type: SQS, Properties: { Queue: !GetAtt Orders.Arn } }
  fifo:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs24.x
      Handler: index.handler
      Events:
        Urgent: { Type: SQS, Properties: { Queue: !GetAtt Urgent.Arn } }
  bucket:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs24.x
      Handler: index.handler
      Events:
        Upload:
          Type: S3
          Properties:
            Bucket: !Ref Uploads
            Events: s3:ObjectCreated:*
            Filter: { S3Key: { Rules: [{ Name: prefix, Value: in/ }, { Name: suffix, Value: .png }] } }
  table:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs24.x
      Handler: index.handler
      Events:
        Users: { Type: DynamoDB, Properties: { Stream: !GetAtt Users.StreamArn, StartingPosition: LATEST } }
  api:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs24.x
      Handler: index.handler
      Events:
        Get: { Type: HttpApi, Properties: { Method: GET, Path: '/users/{email}' } }
        Put: { Type: HttpApi, Properties: { Method: POST, Path: /users } }
  bus:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs24.x
      Handler: index.handler
      Events:
        Placed:
          Type: EventBridgeRule
          Properties: { Pattern: { source: [shop], detail-type: [Placed, Cancelled] } }
        Night: { Type: Schedule, Properties: { Schedule: rate(1 day), Name: nightly } }
  alone:
    Type: AWS::Serverless::Function
    Properties: { Runtime: nodejs24.x, Handler: index.handler }
`;

suite('the samples for a function', () => {
  let model: ProjectModel;
  suiteSetup(async () => {
    const files = new Map([
      ['template.yaml', template],
      ['index.ts', 'export const handler = async () => {};\n'],
    ]);
    model = await readProject('/project', memoryFiles(files));
  });
  /** Each sample with those of its parameters that are not as usual. */
  const check = (name: string, expected: Readonly<Record<string, Readonly<Record<string, string>>>>) =>
    test(`of ${name}`, () => {
      const samples = samplesForFunction({ name }, model).map(({ sample, parameters }) => {
        const changed = Object.entries(parameters).filter(([key, value]) => sample.parameters[key] !== value);
        return [sample.id, Object.fromEntries(changed)];
      });
      assert.deepEqual(Object.fromEntries(samples), expected);
    });

  check('queue', { 'sqs:message': { queue: 'orders' }, 'sqs:fifo': {} });
  check('fifo', { 'sqs:message': {}, 'sqs:fifo': { queue: 'urgent.fifo' } });
  const object = { bucket: 'uploads', key: 'in/example.png' };
  check('bucket', { 's3:put': object, 's3:delete': object });
  const item = { table: 'users', keyName: 'email' };
  check('table', { 'dynamodb:insert': item, 'dynamodb:modify': item, 'dynamodb:expire': item });
  check('api', {
    'http-api:get': { route: '/users/{email}', path: '/users/example' },
    'http-api:post': { route: '/users', path: '/users' },
  });
  check('bus', {
    'eventbridge:event': { source: 'shop', detailType: 'Placed' },
    'schedule:event': { rule: 'nightly' },
    's3-eventbridge:created': {},
    'guardduty:malware-scan': {},
    'codebuild:state': {},
  });
  check('alone', {});
});
