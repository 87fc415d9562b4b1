import assert from 'node:assert/strict';
import * as lambda from '@aws-sdk/client-lambda';
import { NormalizedSchema } from '@smithy/core/schema';
import type { StaticOperationSchema } from '@smithy/types';
import { bindOperation, type Members } from '../../../../src/engine/api/binding.ts';
import { deriveRoutes } from '../../../../src/engine/api/routes.ts';
import { bodyText, httpRequest, type RequestParts } from '../../../support/engine/requests.ts';

const routes = deriveRoutes(lambda);

async function read(parts: RequestParts): Promise<Members> {
  const request = httpRequest(parts);
  const match = routes.match(request);
  assert.equal(match.kind, 'matched');
  return match.kind === 'matched' ? bindOperation(match.operation).readInput(request, match.labels) : {};
}

suite('members of an operation on the wire', () => {
  test('an invocation comes from label, query, headers and body', async () => {
    const input = await read({
      method: 'POST',
      target: '/2015-03-31/functions/orders%3Alive/invocations?Qualifier=live',
      headers: { 'x-amz-invocation-type': 'DryRun', 'x-amz-log-type': 'Tail' },
      body: '{"a":1}',
    });
    assert.deepEqual(input, {
      FunctionName: 'orders:live',
      Qualifier: 'live',
      InvocationType: 'DryRun',
      LogType: 'Tail',
      Payload: Buffer.from('{"a":1}'),
    });
  });

  test('an absent body is an absent payload', async () =>
    assert.deepEqual(await read({ method: 'POST', target: '/2015-03-31/functions/f/invocations' }), {
      FunctionName: 'f',
    }));

  test('query parameters take the type of their member', async () => {
    assert.deepEqual(await read({ target: '/2015-03-31/functions?MaxItems=5&Marker=m' }), {
      MaxItems: 5,
      Marker: 'm',
    });
    assert.deepEqual(
      await read({ method: 'DELETE', target: '/2017-03-31/tags/arn%3Ax?tagKeys=a&tagKeys=b' }),
      { Resource: 'arn:x', TagKeys: ['a', 'b'] },
    );
  });

  test('a JSON body takes the types of its members', async () => {
    const input = await read({
      method: 'POST',
      target: '/2015-03-31/event-source-mappings',
      body: '{"FunctionName":"f","BatchSize":3,"StartingPositionTimestamp":1700000000.5,"unknown":1}',
    });
    assert.deepEqual(input, {
      FunctionName: 'f',
      BatchSize: 3,
      StartingPositionTimestamp: new Date(1_700_000_000_500),
    });
    const code = await read({
      method: 'PUT',
      target: '/2015-03-31/functions/f/code',
      body: '{"ZipFile":"AAEC"}',
    });
    assert.deepEqual(Buffer.from(code.ZipFile as Uint8Array), Buffer.from([0, 1, 2]));
  });

  test('a body that is no JSON is a SyntaxError', async () =>
    assert.rejects(
      read({ method: 'POST', target: '/2015-03-31/event-source-mappings', body: '{' }),
      SyntaxError,
    ));

  test('an output is written to status, headers and payload', () => {
    const reply = bindOperation(lambda.Invoke$).writeOutput({
      StatusCode: 200,
      FunctionError: 'Unhandled',
      ExecutedVersion: '$LATEST',
      Payload: Buffer.from('null'),
    });
    assert.deepEqual(reply, {
      status: 200,
      headers: {
        'x-amz-function-error': 'Unhandled',
        'x-amz-executed-version': '$LATEST',
        'content-type': 'application/json',
      },
      body: Buffer.from('null'),
    });
  });

  test('an output without payload has neither body nor content type', () =>
    assert.deepEqual(bindOperation(lambda.Invoke$).writeOutput({ StatusCode: 204 }), {
      status: 204,
      headers: {},
      body: '',
    }));

  test('other members go into a JSON body, with the status of the schema', () => {
    const reply = bindOperation(lambda.CreateEventSourceMapping$).writeOutput({
      UUID: 'u',
      LastModified: new Date(1_700_000_000_000),
    });
    assert.equal(reply.status, 202);
    assert.deepEqual(JSON.parse(bodyText(reply)), {
      UUID: 'u',
      LastModified: 1_700_000_000,
    });
  });

  test('no operation carries a member in a place that is not read or written', () => {
    const known = ['httpLabel', 'httpQuery', 'httpHeader', 'httpPayload', 'httpResponseCode'];
    const places = (schema: StaticOperationSchema[4]) =>
      [...NormalizedSchema.of(schema).structIterator()].flatMap(([, member]) =>
        Object.keys(member.getMergedTraits()).filter(trait => trait.startsWith('http')),
      );
    const used = new Set(
      routes.operations.flatMap(operation =>
        [operation[4], operation[5]]
          .filter(schema => !NormalizedSchema.of(schema).isUnitSchema())
          .flatMap(places),
      ),
    );
    assert.deepEqual([...used].sort(), [...known].sort());
  });
});
