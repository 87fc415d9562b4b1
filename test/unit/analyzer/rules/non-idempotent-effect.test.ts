import { nonIdempotentEffect } from '../../../../src/analyzer/rules/non-idempotent-effect.ts';
import { check } from './check.ts';

const reports = (name: string, text: string) => test(name, () => check(nonIdempotentEffect, text));

suite('non-idempotent-effect reports', () => {
  reports(
    'counters, additions and items with new keys in DynamoDB',
    `
// template: handler
import { randomUUID } from 'node:crypto';
import { DynamoDBClient, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocument, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { SQSEvent } from 'aws-lambda';
import { v4 } from 'uuid';
const dynamo = new DynamoDBClient({});
const documents = DynamoDBDocument.from(dynamo);
const UpdateExpression = 'SET #n = #n + :one';
export const handler = async (event: SQSEvent) => {
  await dynamo.send(new UpdateItemCommand({ UpdateExpression: 'ADD visits :one' }));
  //                ^ counts the same event twice
  await documents.send(new UpdateCommand({ UpdateExpression }));
  //                   ^ counts the same event twice
  await documents.update({ UpdateExpression: 'SET lines = list_append(lines, :line)' });
//      ^ adds the same thing twice
  await dynamo.send(new PutItemCommand({ Item: { id: { S: randomUUID() }, body: { S: 'x' } } }));
  //                ^ inserts one more
  const item = { orderId: v4(), text: event.Records[0].body };
  await dynamo.send(new PutItemCommand({ Item: marshall(item) }));
  //                ^ inserts one more
  await documents.put({ Item: { pk: \`order#\${Date.now()}\` } });
//      ^ inserts one more
};`,
  );

  reports(
    'new keys in S3, and messages that no deduplication can tell',
    `
// template: handler
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
const s3 = new S3Client({});
const sqs = new SQSClient({});
export const handler = async event => {
  const at = new Date().toISOString();
  for (const record of event.Records) {
    await s3.send(new PutObjectCommand({ Key: \`\${at}.json\`, Body: record.body }));
    //            ^ writes under another key
    await sqs.send(new SendMessageCommand({ MessageGroupId: 'a', MessageBody: JSON.stringify({ at }) }));
    //             ^ the message is another one each time
    await sqs.send(new SendMessageCommand({ MessageDeduplicationId: String(Math.random()), MessageBody: record.body }));
    //             ^ the message is another one each time
  }
};`,
  );

  reports(
    'SQL, MongoDB, Redis and Prisma',
    `
// template: handler
import { PrismaClient } from '@prisma/client';
import type { EventBridgeHandler } from 'aws-lambda';
import Redis from 'ioredis';
import { MongoClient } from 'mongodb';
import { Pool } from 'pg';
const pool = new Pool();
const redis = new Redis();
const prisma = new PrismaClient();
const orders = new MongoClient('').db('shop').collection('orders');
export const handler: EventBridgeHandler<'x', { id: string }, void> = async ({ detail }) => {
  await pool.query('insert into orders (id) values ($1)', [detail.id]);
  //               ^ inserts one more
  await pool.query(\`UPDATE stock SET amount = amount - 1 WHERE sku = $1\`, [detail.id]);
  //               ^ counts the same event twice
  await orders.updateOne({ _id: detail.id }, { $inc: { seen: 1 } });
//      ^ counts the same event twice
  await orders.insertOne({ order: detail.id });
//      ^ inserts one more
  await redis.incr('orders');
//      ^ counts the same event twice
  await prisma.order.create({ data: { order: detail.id } });
//      ^ inserts one more
};`,
  );

  reports(
    'what a schedule or a topic invokes, as the template says',
    `
# @file template.yaml
Transform: AWS::Serverless-2016-10-31
Globals: { Function: { Runtime: nodejs24.x, CodeUri: . } }
Resources:
  Nightly:
    Type: AWS::Serverless::Function
    Properties:
      Handler: index.nightly
      Events: { Night: { Type: Schedule, Properties: { Schedule: rate(1 day) } } }
  Http:
    Type: AWS::Serverless::Function
    Properties:
      Handler: index.http
      Events: { Get: { Type: HttpApi, Properties: { Method: GET, Path: / } } }
// @file index.ts
import { createClient } from 'redis';
const redis = createClient();
export const nightly = async () => redis.incr('runs');
//                                 ^ counts the same event twice
export const http = async () => redis.incr('calls');`,
  );
});

suite('non-idempotent-effect is silent about', () => {
  reports(
    'what a second run does not change',
    `
// template: handler
import { DynamoDBClient, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { SQSEvent } from 'aws-lambda';
import { Pool } from 'pg';
const dynamo = new DynamoDBClient({}), s3 = new S3Client({}), sqs = new SQSClient({}), pool = new Pool();
export const handler = async (event: SQSEvent) => {
  const [{ messageId, body }] = event.Records;
  await dynamo.send(new PutItemCommand({ Item: { id: { S: messageId }, at: { N: String(Date.now()) } } }));
  await dynamo.send(new UpdateItemCommand({ UpdateExpression: 'SET seen = :at' }));
  await dynamo.send(new UpdateItemCommand({ UpdateExpression: 'ADD n :one', ConditionExpression: 'latest < :id' }));
  await dynamo.send(new UpdateItemCommand({
    UpdateExpression: 'ADD tags :tags', ExpressionAttributeValues: { ':tags': { SS: ['a'] } },
  }));
  await s3.send(new PutObjectCommand({ Key: messageId, Body: String(Date.now()) }));
  await sqs.send(new SendMessageCommand({ MessageBody: body }));
  await sqs.send(new SendMessageCommand({ MessageGroupId: 'a', MessageBody: body }));
  await sqs.send(new SendMessageCommand({ MessageDeduplicationId: messageId, MessageBody: body }));
  await pool.query('insert into orders (id) values ($1) on conflict do nothing', [messageId]);
  await pool.query('update orders set state = $1', ['done']);
};`,
  );

  reports(
    'functions that look whether an event is done, in whichever file',
    `
// template: handler
import { Pool } from 'pg';
import { isDuplicate } from './done';
const pool = new Pool();
export const handler = async event => {
  for (const record of event.Records) {
    if (await isDuplicate(record.messageId)) continue;
    await pool.query('insert into orders (body) values ($1)', [record.body]);
  }
};
// @file done.ts
export const isDuplicate = async id => id === undefined;`,
  );

  reports(
    'what people invoke',
    `
// template: handler
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { Pool } from 'pg';
const pool = new Pool();
export const handler = async (event: APIGatewayProxyEventV2) =>
  pool.query('insert into orders (body) values ($1)', [event.body]);`,
  );
});
