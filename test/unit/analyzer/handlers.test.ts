import assert from 'node:assert/strict';
import type { KnownHandler } from '../../../src/analyzer/protocol.ts';
import { analyze, filesOf } from './checkPhases.ts';

/** Expects these handlers of the first file, each as `name via`. */
function check(name: string, expected: readonly string[], text: string, handlers?: readonly KnownHandler[]) {
  test(name, () => {
    const [first] = analyze(filesOf(text), handlers);
    assert.deepEqual(
      first?.handlers.map(handler => `${handler.name} ${handler.via}`),
      expected,
    );
  });
}

suite('handlers by a template', () => {
  check('what the template names needs no sign', ['run template'], 'export const run = () => 1;', [
    { file: '/app/handler.ts', exportPath: 'run' },
  ]);
  check('a nested export path', ['api.handler template'], 'export const api = { handler: async () => 1 };', [
    { file: '/app/handler.ts', exportPath: 'api.handler' },
  ]);
});

suite('handlers by a sign of Lambda', () => {
  check(
    "a type of aws-lambda's",
    ['run type'],
    "import type { SQSHandler } from 'aws-lambda';\nexport const run: SQSHandler = async event => {};",
  );
  check(
    'satisfies',
    ['run type'],
    "import type { Handler } from 'aws-lambda';\nexport const run = (async () => 1) satisfies Handler;",
  );
  check(
    'a namespace import of the types',
    ['run type'],
    "import * as lambda from 'aws-lambda';\nexport const run: lambda.Handler = async () => 1;",
  );
  check(
    'a comment of JSDoc',
    ['run type'],
    "/** @type {import('aws-lambda').Handler} */\nexports.run = async () => 1;",
  );
  check(
    'parameters and result',
    ['create type'],
    `import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
export async function create(event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> { return { statusCode: 200, body: '' }; }`,
  );
  check(
    'an alias of a handler type',
    ['run type'],
    "import { Handler } from 'aws-lambda';\ntype Run = Handler<string, void>;\nexport const run: Run = async () => {};",
  );
  check(
    'middy',
    ['run middy'],
    "import middy from '@middy/core';\nimport json from '@middy/http-json-body-parser';\nexport const run = middy(async () => 1).use(json());",
  );
  check(
    'middy in a function of the workspace',
    ['main middy'],
    `import { wrap } from './wrap';
export const main = wrap(async () => 1);
// @file wrap.ts
import middy from '@middy/core';
export const wrap = handler => middy(handler).use({ before: () => {} });`,
  );
  check(
    'middy by require',
    ['handler middy'],
    "const middy = require('@middy/core');\nmodule.exports = { handler: middy(async () => 1) };",
  );
  check(
    'a Powertools class',
    ['handler powertools'],
    `import { Logger } from '@aws-lambda-powertools/logger';
import type { LambdaInterface } from '@aws-lambda-powertools/commons/types';
const logger = new Logger();
class Lambda implements LambdaInterface {
  @logger.injectLambdaContext()
  public async handler(event: unknown, context: unknown) { return 1; }
}
const lambda = new Lambda();
export const handler = lambda.handler.bind(lambda);`,
  );
  check('streaming', ['run streaming'], 'export const run = awslambda.streamifyResponse(async () => {});');
  check(
    'an adapter of a web framework',
    ['handler adapter'],
    "import serverless from 'serverless-http';\nimport express from 'express';\nconst app = express();\nexport const handler = serverless(app);",
  );
  check(
    'name and shape, with the SDK in the file',
    ['handler shape'],
    "import { S3Client } from '@aws-sdk/client-s3';\nconst s3 = new S3Client({});\nexport const handler = async event => s3.send(event);",
  );
  check(
    'name and shape, with what only an event of Lambda has',
    ['handler shape'],
    'exports.handler = async (event, context) => event.Records.length;',
  );
  check(
    'an export of another file',
    ['handler type'],
    "export { handler } from './orders';\n// @file orders.ts\nimport type { Handler } from 'aws-lambda';\nexport const handler: Handler = async () => 1;",
  );
});

suite('no handlers', () => {
  check(
    'a function that is only called so',
    [],
    'export const handler = async (event, context) => event.id;',
  );
  check(
    'Express',
    [],
    "import express from 'express';\nexport const handler = (req, res) => res.json({ statusCode: 1 });",
  );
  check(
    "Express' type of the same name",
    [],
    "import type { Handler } from 'express';\nexport const handler: Handler = (req, res) => res.json({});",
  );
  check(
    'Next.js',
    [],
    "import type { NextApiRequest } from 'next';\nimport { S3Client } from '@aws-sdk/client-s3';\nexport default function handler(event: NextApiRequest, context: unknown) { return 1; }",
  );
  check(
    'an event of the browser',
    [],
    "import { S3Client } from '@aws-sdk/client-s3';\nexport const handler = (event: MouseEvent) => new S3Client({});",
  );
  check(
    'a helper that takes an event',
    [],
    "import type { APIGatewayProxyEvent } from 'aws-lambda';\nexport const tenantOf = (event: APIGatewayProxyEvent) => event.headers['x-tenant'];",
  );
  check(
    'a test',
    [],
    `// @file src/handler.test.ts
import { S3Client } from '@aws-sdk/client-s3';
export const handler = async event => event.Records;`,
  );
});
