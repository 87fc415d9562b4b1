import { sequentialAwaits } from '../../../../src/analyzer/rules/sequential-awaits.ts';
import { check } from './check.ts';

const reports = (name: string, text: string) => test(name, () => check(sequentialAwaits, text));

suite('sequential-awaits reports', () => {
  reports(
    'requests of the SDK, over HTTP and of a pool of connections',
    `
// template: handler
import { SQS } from '@aws-sdk/client-sqs';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import AWS from 'aws-sdk';
import got from 'got';
import { Pool } from 'pg';
const sqs = new SQSClient({});
const all = new SQS({});
const older = new AWS.S3();
const pool = new Pool();
export const handler = async event => {
  for (const order of event.orders) {
    await sqs.send(new SendMessageCommand({ MessageBody: order.id }));
//  ^ waits for the one before
  }
  for (const order of event.orders) await all.sendMessage({ MessageBody: order.id });
  //                                ^ waits for the one before
  for (const key in event.keys) await older.deleteObject({ Bucket: 'b', Key: key }).promise();
  //                            ^ waits for the one before
  for (let i = 0; i < event.urls.length; i++) {
    const page = await got(event.urls[i]);
    //           ^ waits for the one before
    console.log(page.body);
  }
  for (const id of event.ids) await pool.query('select 1 where id = $1', [id]);
  //                          ^ waits for the one before
};`,
  );

  reports(
    'functions and methods of the project, in whichever file the request is',
    `
// template: handler
import { Orders } from './orders';
const orders = new Orders();
export const handler = async event => {
  const results = [];
  let total = 0;
  for (const id of event.ids) {
    if (!id) continue;
    try {
      const order = await orders.load(id);
      //            ^ waits for the one before
      results.push(order);
      total += order.amount;
    } catch (error) {
      console.error(id, error);
    }
  }
  return { results, total };
};
// @file orders.ts
export class Orders {
  async load(id: string) { return (await this.request(id)).json(); }
  private request(id: string) { return fetch(\`https://example.com/\${id}\`); }
}`,
  );

  reports(
    'one loop of two that are nested',
    `
// template: handler
export const handler = async event => {
  for (const customer of event.customers) {
    await fetch(customer.url);
//  ^ waits for the one before
    for (const order of customer.orders) await fetch(order.url);
  }
  for (const customer of event.customers) {
    for (const order of customer.orders) await fetch(order.url);
    //                                   ^ waits for the one before
  }
};`,
  );
});

suite('sequential-awaits is silent about', () => {
  reports(
    'turns that need an earlier one, or that may be the last',
    `
// template: handler
export const handler = async event => {
  let token;
  for (const id of event.ids) {
    const response = await fetch(\`https://example.com/\${id}?after=\${token}\`);
    token = await response.text();
  }
  const seen = new Set();
  for (const id of event.ids) {
    if (seen.has(id)) continue;
    seen.add(id);
    await fetch(\`https://example.com/\${id}\`);
  }
  const queue = [event.first];
  for (const id of queue) queue.push(...(await (await fetch(id)).json()));
  for (const url of event.mirrors) {
    const response = await fetch(url);
    if (response.ok) return response.status;
  }
  for (const url of event.mirrors) {
    if (!(await fetch(url)).ok) break;
  }
  do { token = await (await fetch(event.url)).text(); } while (token);
};`,
  );

  reports(
    'retries, groups, pauses and what a comment gives a reason for',
    `
// template: handler
import { setTimeout as sleep } from 'node:timers/promises';
export const handler = async event => {
  for (let attempt = 0; attempt < 3; attempt++) await fetch(event.url + attempt);
  for (const attempt of [1, 2, 3]) await fetch(event.url);
  for (const chunk of event.chunks) await fetch(event.url, { body: chunk });
  for (const ids of event.lists) {
    await Promise.all(ids.map(id => fetch(id)));
    await fetch(ids[0]);
  }
  for (const id of event.ids) {
    await fetch(id);
    await sleep(100);
  }
  // In the order of the steps: each builds on the one before.
  for (const step of event.steps) await fetch(step);
};`,
  );

  reports(
    'records of streams, of FIFO queues and of SNS',
    `
# @file template.yaml
Transform: AWS::Serverless-2016-10-31
Globals: { Function: { Runtime: nodejs24.x, CodeUri: . } }
Resources:
  Queue: { Type: AWS::SQS::Queue, Properties: { FifoQueue: true, QueueName: orders.fifo } }
  Fifo:
    Type: AWS::Serverless::Function
    Properties:
      Handler: index.fifo
      Events: { Q: { Type: SQS, Properties: { Queue: !GetAtt Queue.Arn } } }
// @file index.ts
import type { DynamoDBStreamEvent, SNSHandler } from 'aws-lambda';
export const fifo = async event => {
  for (const { body } of event.Records) await fetch(body);
};
export const stream = async (event: DynamoDBStreamEvent) => {
  for (const record of event.Records) await fetch(record.eventID);
};
export const topic: SNSHandler = async event => {
  for (const { Sns } of event.Records) await fetch(Sns.Message);
};`,
  );

  reports(
    'a transaction, one connection, and functions that send nothing',
    `
// template: handler
import { PrismaClient } from '@prisma/client';
import { Client } from 'pg';
const prisma = new PrismaClient();
const client = new Client();
const half = async n => n / 2;
export const handler = async event => {
  await prisma.$transaction(async tx => {
    for (const id of event.ids) await tx.order.delete({ where: { id } });
  });
  for (const id of event.ids) await client.query('select $1', [id]);
  for (const id of event.ids) await half(id);
  for await (const page of event.pages) await fetch(page);
};`,
  );
});
