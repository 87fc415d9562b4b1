// docs/lambda-api.md against the operations that the engine answers.
import assert from 'node:assert/strict';
import * as lambda from '@aws-sdk/client-lambda';
import { operationNames } from '../../src/engine/api/operations/deploymentOperations.ts';
import { deriveRoutes, operationName } from '../../src/engine/api/routes.ts';
import { readText } from '../support/repository.ts';

/** Answered by files of their own. */
const invoking = [
  'CreateEventSourceMapping',
  'DeleteEventSourceMapping',
  'DeleteFunctionEventInvokeConfig',
  'GetEventSourceMapping',
  'GetFunctionEventInvokeConfig',
  'Invoke',
  'InvokeWithResponseStream',
  'ListEventSourceMappings',
  'ListFunctionEventInvokeConfigs',
  'PutFunctionEventInvokeConfig',
  'UpdateEventSourceMapping',
  'UpdateFunctionEventInvokeConfig',
];

suite('the page about the Lambda API', () => {
  test('names every operation that is answered, and no other', async () => {
    const page = await readText('docs/lambda-api.md');
    const [, answered = ''] = /\n## What is answered\n([\s\S]*?)\n## /.exec(page) ?? [];
    const named = [...answered.matchAll(/`(\w+)`/g)].map(([, name]) => name ?? '');
    assert.deepEqual(named.toSorted(), [...invoking, ...operationNames].toSorted());
  });

  test('every operation that is answered is one of Lambda', () => {
    const known = new Set(deriveRoutes(lambda).operations.map(operationName));
    assert.deepEqual(
      operationNames.filter(name => !known.has(name)),
      [],
    );
  });
});
