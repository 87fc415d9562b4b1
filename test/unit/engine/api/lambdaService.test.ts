import assert from 'node:assert/strict';
import * as lambda from '@aws-sdk/client-lambda';
import { createLambdaService } from '../../../../src/engine/api/lambdaService.ts';
import type { OperationHandler } from '../../../../src/engine/api/operations/operation.ts';
import { deriveRoutes, httpTrait, operationName } from '../../../../src/engine/api/routes.ts';
import { bodyText, httpRequest } from '../../../support/engine/requests.ts';
import { silentLog } from '../../../support/silentLog.ts';

const handle = async (
  handlers: Readonly<Record<string, OperationHandler>>,
  method: string,
  target: string,
  body = '',
) => {
  const service = createLambdaService(handlers, silentLog);
  const reply = await service.handle(httpRequest({ method, target, body }), 'r-1');
  assert.ok('body' in reply);
  return reply;
};

suite('the Lambda service', () => {
  test('every operation without a handler answers 501 and names itself', async () => {
    for (const operation of deriveRoutes(lambda).operations) {
      const [method, template] = httpTrait(operation);
      const name = operationName(operation);
      const reply = await handle({}, method, template.replaceAll(/\{\w+\}/g, 'label'));
      assert.equal(reply.status, 501);
      assert.equal(reply.headers['x-amzn-errortype'], `UnsupportedByLambdaLens:${name}`);
      assert.match(
        JSON.parse(bodyText(reply)).message,
        new RegExp(`^UnsupportedByLambdaLens: ${name} is an operation of AWS Lambda`),
      );
    }
  });

  test('a path that is none of Lambda is an unknown operation', async () => {
    const reply = await handle({}, 'GET', '/nothing');
    assert.equal(reply.status, 404);
    assert.equal(reply.headers['x-amzn-errortype'], 'UnknownOperationException');
  });

  test('a handler gets its members and answers through the schema', async () => {
    const handler: OperationHandler = async input => ({
      kind: 'answered',
      output: { FunctionName: input.FunctionName, MemorySize: 128 },
    });
    const reply = await handle(
      { GetFunctionConfiguration: handler },
      'GET',
      '/2015-03-31/functions/f/configuration',
    );
    assert.equal(reply.status, 200);
    assert.deepEqual(JSON.parse(bodyText(reply)), { FunctionName: 'f', MemorySize: 128 });
  });

  test('an error of a handler carries its type in a header', async () => {
    const handler: OperationHandler = async () => ({
      kind: 'failed',
      error: {
        name: 'TooManyRequestsException',
        status: 429,
        body: { message: 'Rate Exceeded.' },
        headers: { 'retry-after': '1' },
      },
    });
    const reply = await handle({ ListFunctions: handler }, 'GET', '/2015-03-31/functions');
    assert.deepEqual(
      [reply.status, reply.headers['x-amzn-errortype'], reply.headers['retry-after'], reply.body],
      [429, 'TooManyRequestsException', '1', '{"message":"Rate Exceeded."}'],
    );
  });

  test('a handler that throws is a ServiceException without its text', async () => {
    const handler: OperationHandler = async () => {
      throw new Error('secret');
    };
    const reply = await handle({ ListFunctions: handler }, 'GET', '/2015-03-31/functions');
    assert.equal(reply.status, 500);
    assert.equal(bodyText(reply).includes('secret'), false);
  });

  test('a body that is no JSON is a SerializationException', async () => {
    const handler: OperationHandler = async () => ({ kind: 'answered', output: {} });
    const reply = await handle({ CreateFunction: handler }, 'POST', '/2015-03-31/functions', '{');
    assert.deepEqual([reply.status, reply.headers['x-amzn-errortype']], [400, 'SerializationException']);
  });
});
