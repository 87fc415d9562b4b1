import { recursiveTrigger } from '../../../../src/analyzer/rules/recursive-trigger.ts';
import { check } from './check.ts';

const reports = (name: string, text: string) => test(name, () => check(recursiveTrigger, text));

suite('recursive-trigger reports', () => {
  reports(
    'objects that go back to the bucket, and messages to the topic, of the event',
    `
// template: handler
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
const s3 = new S3Client({});
const sns = new SNSClient({});
export const handler = async event => {
  for (const record of event.Records) {
    const { bucket, object } = record.s3;
    await s3.send(new PutObjectCommand({ Bucket: bucket.name, Key: object.key, Body: '' }));
    //            ^ goes back to where the event came from
  }
  await sns.send(new PublishCommand({ TopicArn: event.Records[0].Sns.TopicArn, Message: 'again' }));
  //             ^ Write to another topic
};`,
  );

  reports(
    'what the template says invokes the function',
    `
# @file template.yaml
Transform: AWS::Serverless-2016-10-31
Globals: { Function: { Runtime: nodejs24.x, CodeUri: . } }
Resources:
  Uploads: { Type: AWS::S3::Bucket, Properties: { BucketName: uploads } }
  Jobs: { Type: AWS::SQS::Queue, Properties: { QueueName: jobs } }
  Orders:
    Type: AWS::DynamoDB::Table
    Properties:
      TableName: orders
      AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]
      KeySchema: [{ AttributeName: id, KeyType: HASH }]
      StreamSpecification: { StreamViewType: NEW_IMAGE }
  Work:
    Type: AWS::Serverless::Function
    Properties:
      Handler: index.handler
      Environment: { Variables: { BUCKET: !Ref Uploads, QUEUE: !Ref Jobs, TABLE: !Ref Orders } }
      Events:
        A: { Type: S3, Properties: { Bucket: !Ref Uploads, Events: 's3:ObjectCreated:*', Filter: { S3Key: { Rules: [{ Name: prefix, Value: in/ }] } } } }
        B: { Type: SQS, Properties: { Queue: !GetAtt Jobs.Arn } }
        C: { Type: DynamoDB, Properties: { Stream: !GetAtt Orders.StreamArn, StartingPosition: LATEST } }
// @file index.ts
import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs';
const s3 = new S3Client({}), sqs = new SQSClient({}), dynamo = new DynamoDBClient({});
const { QUEUE: QueueUrl, TABLE } = process.env;
export const handler = async event => {
  await s3.send(new PutObjectCommand({ Bucket: process.env.BUCKET, Key: \`in/\${event.name}\` }));
  //            ^ uploads invokes this function
  await s3.send(new PutObjectCommand({ Bucket: process.env.BUCKET, Key: \`out/\${event.name}\` }));
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' }));
  //             ^ jobs invokes this function
  await sqs.send(new SendMessageCommand({ QueueUrl: 'jobs-elsewhere', MessageBody: 'x' }));
  await dynamo.send(new UpdateItemCommand({ TableName: TABLE, Key: {} }));
  //                ^ orders invokes this function
};`,
  );

  reports(
    'functions that invoke themselves',
    `
// template: handler
import { InvokeCommand, Lambda, LambdaClient } from '@aws-sdk/client-lambda';
const lambda = new LambdaClient({});
const older = new Lambda({});
export const handler = async (event, context) => {
  await lambda.send(new InvokeCommand({ FunctionName: context.invokedFunctionArn, InvocationType: 'Event' }));
  //                ^ The function invokes itself
  await older.invoke({ FunctionName: process.env.AWS_LAMBDA_FUNCTION_NAME, InvocationType: 'Event' });
//      ^ The function invokes itself
};`,
  );
});

suite('recursive-trigger is silent about', () => {
  reports(
    'other places, other keys, and what happens under a condition only',
    `
// template: handler
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const s3 = new S3Client({});
const lambda = new LambdaClient({});
const next = (name, page) => lambda.send(new InvokeCommand({ FunctionName: name, Payload: page }));
export const handler = async (event, context) => {
  const { bucket, object } = event.Records[0].s3;
  await s3.send(new PutObjectCommand({ Bucket: process.env.OUT, Key: object.key, Body: '' }));
  await s3.send(new PutObjectCommand({ Bucket: bucket.name, Key: \`thumbnails/\${object.key}\`, Body: '' }));
  if (!object.key.endsWith('.done')) {
    await s3.send(new PutObjectCommand({ Bucket: bucket.name, Key: object.key, Body: '' }));
  }
  if (event.done) return;
  await lambda.send(new InvokeCommand({ FunctionName: context.functionName, Payload: event.next }));
  await next('other', event.next);
};`,
  );

  reports(
    'a bucket that a request names',
    `
// template: handler
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const s3 = new S3Client({});
export const handler = async event => {
  await s3.send(new PutObjectCommand({ Bucket: event.bucket, Key: event.key, Body: '' }));
};`,
  );
});

suite('recursive-trigger and events', () => {
  reports(
    'the same event again is reported, another one is not',
    `
// template: handler
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
const events = new EventBridgeClient({});
export const handler = async event => {
  await events.send(new PutEventsCommand({ Entries: [{ Source: event.source, DetailType: event['detail-type'] }] }));
  //                ^ goes back to where the event came from
  await events.send(new PutEventsCommand({ Entries: [{ Source: event.source, DetailType: 'Done' }] }));
};`,
  );
});
