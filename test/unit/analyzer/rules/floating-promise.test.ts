import { floatingPromise } from '../../../../src/analyzer/rules/floating-promise.ts';
import { check } from './check.ts';

const reports = (name: string, text: string) => test(name, () => check(floatingPromise, text));

suite('floating-promise reports', () => {
  reports(
    'a call of an async function',
    `
// template: handler
import { audit } from './audit';
export const handler = async event => {
    audit(event);
//  ^ Nothing waits
    if (event.more) void audit(event);
//                       ^ Nothing waits
};
// @file audit.ts
export async function audit(event) {
  await save(event);
}
const save = async event => { fetch('https://example.com'); };
//                            ^ Nothing waits`,
  );

  reports(
    'a command that is sent, and chains of a promise',
    `
// template: handler
import { PutItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
const db = new DynamoDBClient({});
export const handler = async event => {
    db.send(new PutItemCommand(event)).catch(console.error);
//  ^ Nothing waits
    db.send(new PutItemCommand(event));
//  ^ Nothing waits
    fetch('https://example.com').then(() => {}).finally(() => {});
//  ^ Nothing waits
    Promise.all([event]);
//  ^ Nothing waits
    (async () => { await event; })();
//  ^ Nothing waits
};`,
  );

  reports(
    'forEach with an async callback',
    `
// template: handler
export const handler = async event => {
    event.Records.forEach(async record => { await fetch(record.body); });
//  ^ forEach does not wait
};`,
  );
});

suite('floating-promise is silent about', () => {
  reports(
    'promises that are awaited, returned, collected or passed on',
    `
// template: handler
const work = async event => { await event; };
export const handler = async (event, context) => {
  await work(event);
  const later = work(event);
  const all = [work(event)];
  all.push(work(event));
  context.waitUntil(work(event));
  await Promise.all([...all, later]);
  return work(event);
};`,
  );

  reports(
    'work that init starts',
    `
// template: handler
const warm = async () => { await fetch('https://example.com'); };
warm();
export const handler = async event => event;`,
  );

  reports(
    'async functions that have nothing to wait for',
    `
// template: handler
const log = async event => { console.log(event); };
export const handler = async event => { log(event); };`,
  );

  reports(
    'handlers with a callback: Lambda waits for the event loop',
    `
// template: handler
const work = async event => { await event; };
exports.handler = (event, context, callback) => {
  work(event).then(() => callback(null), callback);
};`,
  );

  reports(
    'handlers that return nothing at once',
    `
// template: handler
const work = async event => { await event; };
exports.handler = event => { work(event); };`,
  );

  reports(
    'routes of an adapter, which ends with the response',
    `
import express from 'express';
import serverless from 'serverless-http';
const app = express();
const answer = async res => { await 1; res.end(); };
app.get('/', (req, res) => { answer(res); });
export const handler = serverless(app);`,
  );

  reports(
    'promises within the executor of another and within listeners',
    `
// template: handler
const work = async () => { await 1; };
export const handler = async event => {
  await new Promise((resolve, reject) => { work().then(resolve, reject); });
  event.stream.on('data', () => { work(); });
};`,
  );

  reports(
    'what has the name of something else',
    `
// template: handler
import { fetch } from './store';
const client = { send: () => 1 };
class Mail {}
export const handler = async event => {
  fetch(event);
  client.send(new Mail());
  event.items.forEach(item => { console.log(item); });
};
// @file store.ts
export const fetch = event => event;`,
  );
});

suite('floating-promise and what nobody looks at', () => {
  reports(
    'promises of map and of names that are never used are reported',
    `
// template: handler
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
const sqs = new SQSClient({});
export const handler = async event => {
  const sent = sqs.send(new SendMessageCommand({ MessageBody: 'x' }));
  //           ^ Nothing waits for this promise
  event.items.map(async item => { await fetch(item); });
//^ Nothing waits for this promise
  event.items.forEach(item => sqs.send(new SendMessageCommand({ MessageBody: item })));
//^ forEach does not wait
};`,
  );

  reports(
    'those that are collected, looped over or awaited later are not',
    `
// template: handler
const load = async id => (await fetch(id)).json();
export const handler = async event => {
  const first = load(event.id);
  const rest = event.ids.map(load);
  const all = [];
  event.ids.forEach(id => all.push(load(id)));
  event.ids.map(id => id.trim());
  return [await first, ...(await Promise.all(rest)), ...(await Promise.all(all))];
};`,
  );
});
