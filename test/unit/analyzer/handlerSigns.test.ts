import assert from 'node:assert/strict';
import { analyze, filesOf } from './checkPhases.ts';

function check(name: string, expected: readonly string[], text: string) {
  test(name, () => {
    const [first] = analyze(filesOf(text));
    assert.deepEqual(
      first?.handlers.map(handler => `${handler.name} ${handler.via}`),
      expected,
    );
  });
}
suite('signs of Lambda and of others', () => {
  check(
    'any export that takes an event and answers as API Gateway wants it',
    ['hello shape'],
    `'use strict';
module.exports.hello = async (event) => {
  return { statusCode: 200, body: JSON.stringify({ message: 'Go', input: event }, null, 2) };
};`,
  );
  check(
    'an alias of a handler type in another file',
    ['main type'],
    `import type { ApiHandler } from './types';
export const main: ApiHandler = async event => ({ statusCode: 200 });
// @file types.ts
import type { Handler } from 'aws-lambda';
export type ApiHandler = Handler<unknown, { statusCode: number }>;`,
  );
  check(
    'a type from a path of the package',
    ['run type'],
    `import type { S3Handler } from 'aws-lambda/trigger/s3';
export const run: S3Handler = async () => {};`,
  );
  check(
    'a default export that takes a typed event',
    ['default type'],
    `import type { SQSEvent } from 'aws-lambda';
export default async (event: SQSEvent) => { console.log(event); };`,
  );
  check(
    'a typed variable in an export list',
    ['handler type'],
    `import type { Handler } from 'aws-lambda';
const handler: Handler = async () => 1;
export { handler };`,
  );
  check(
    'an assertion of the type',
    ['run type'],
    `import type { Handler } from 'aws-lambda';
export const run = (async () => 1) as Handler;`,
  );
  check(
    'a field of a class whose type is a handler',
    ['run type'],
    `import type { Handler } from 'aws-lambda';
abstract class Base { readonly handle: Handler = async () => this.answer(); abstract answer(): number; }
class Orders extends Base { override answer() { return 1; } }
export const run = new Orders().handle;`,
  );
  check(
    'an event and a context by their types',
    ['processOrder type'],
    `import { Context, SQSEvent } from 'aws-lambda';
export async function processOrder(event: SQSEvent, context: Context) { return 1; }`,
  );
  check(
    'a helper that takes one record',
    [],
    `import { SQSRecord } from 'aws-lambda';
export async function processRecord(record: SQSRecord) { return 1; }`,
  );
  check(
    'a helper that makes a response',
    [],
    `import type { APIGatewayProxyResult } from 'aws-lambda';
export const ok = (body: unknown): APIGatewayProxyResult => ({ statusCode: 200, body: JSON.stringify(body) });`,
  );
  check(
    "Sentry's wrapper",
    ['handler adapter'],
    `import * as Sentry from '@sentry/aws-serverless';
export const handler = Sentry.wrapHandler(async (event, context) => 1);`,
  );
  check(
    "Datadog's wrapper by require",
    ['handler adapter'],
    `const { datadog } = require('datadog-lambda-js');
async function main(event) { return 1; }
module.exports.handler = datadog(main);`,
  );
  check(
    'a middleware of Powertools',
    ['handler middy'],
    `import { Tracer } from '@aws-lambda-powertools/tracer';
import { captureLambdaHandler } from '@aws-lambda-powertools/tracer/middleware';
import middy from '@middy/core';
export const handler = middy(async () => 1).use(captureLambdaHandler(new Tracer()));`,
  );
  check(
    'a listener of the DOM',
    [],
    `export const handler = (event) => { document.body.append(event.target.value); };`,
  );
  check('a reducer', [], `export const handler = (state, action) => state;`);
  check(
    "Netlify's type of the same name",
    [],
    `import type { Handler } from '@netlify/functions';
export const handler: Handler = async (event, context) => ({ statusCode: 200 });`,
  );
  check('a command of yargs', [], `exports.handler = async argv => { console.log(argv); };`);
  check(
    'a function of Vercel',
    [],
    `import type { VercelRequest, VercelResponse } from '@vercel/node';
export default function handler(req: VercelRequest, res: VercelResponse) { res.json({}); }`,
  );
  check(
    'an event of CloudFront',
    ['handler shape'],
    `exports.handler = async (event) => { const request = event.Records[0].cf.request; return request; };`,
  );
  check('a loader of webpack', [], `module.exports = function handler(source, map) { return source; };`);
  check(
    'a message of a web worker',
    [],
    `export const handler = async (event: MessageEvent) => { postMessage(event.data); };`,
  );
  check(
    'a server that is made first',
    ['default adapter'],
    `import { ApolloServer } from 'apollo-server-lambda';
const server = new ApolloServer({});
export default server.createHandler();`,
  );
  check(
    'middlewares and utilities that are exported are none',
    [],
    `import middy from '@middy/core';
import jsonBodyParser from '@middy/http-json-body-parser';
import { Logger } from '@aws-lambda-powertools/logger';
import { createServer } from 'aws-serverless-express';
export const logger = new Logger();
export const json = jsonBodyParser();
export const empty = middy();
export const server = createServer({});`,
  );
  check(
    'an event, a context and a callback under any name',
    ['create shape'],
    `module.exports.create = (event, context, callback) => { callback(null, 1); };`,
  );
  check(
    'an event and a context under any name, with the SDK in the file',
    ['run shape'],
    `const AWS = require('aws-sdk');
module.exports.run = async (event, context) => new AWS.S3().listBuckets().promise();`,
  );
  check(
    "another cloud's context and request",
    [],
    `module.exports = async function (context, req) { context.res = { body: req.query.name }; };
exports.handler = async (context, req) => { context.res = {}; };`,
  );
});
