// A function that calls itself by the SDK, until it is stopped.
import assert from 'node:assert/strict';
import { readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import {
  GetFunctionRecursionConfigCommand,
  InvokeCommand,
  LambdaClient,
  PutFunctionRecursionConfigCommand,
} from '@aws-sdk/client-lambda';
import { until } from '../../support/until.ts';
import { type ServedWorkspace, serveWorkspace } from '../services/support.ts';

const template = `Transform: AWS::Serverless-2016-10-31
Resources:
  Circle:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: circle
      Runtime: nodejs24.x
      CodeUri: .
      Handler: app.handler
      Timeout: 20
      EventInvokeConfig: { DestinationConfig: { OnFailure: { Type: Lambda, Destination: !GetAtt Told.Arn } } }
  Told:
    Type: AWS::Serverless::Function
    Properties: { FunctionName: told, Runtime: nodejs24.x, CodeUri: ., Handler: app.told }
`;

const code = `const { appendFileSync } = require('node:fs');
const { InvokeCommand, LambdaClient } = require('@aws-sdk/client-lambda');
const lambda = new LambdaClient({ maxAttempts: 1 });
exports.handler = async event => {
  appendFileSync(event.file, event.left + '\\n');
  if (event.left === 0) return;
  const Payload = JSON.stringify({ ...event, left: event.left - 1 });
  await lambda.send(new InvokeCommand({ FunctionName: 'circle', InvocationType: event.type, Payload }));
};
exports.told = async record =>
  appendFileSync(record.requestPayload.file, record.requestContext.condition + '\\n');
`;

suite('a function that calls itself', () => {
  let served: ServedWorkspace;
  let lambda: LambdaClient;
  suiteSetup(async () => {
    served = await serveWorkspace({ 'template.yaml': template, 'app.js': code });
    const modules = join(import.meta.dirname, '..', '..', '..', 'node_modules');
    await symlink(modules, join(served.workspace.root, 'node_modules'));
    lambda = new LambdaClient(served.client);
  });
  suiteTeardown(async () => {
    lambda?.destroy();
    await served?.remove();
  });

  const run = async (name: string, type: 'Event' | 'RequestResponse', left: number) => {
    const file = join(served.workspace.root, name);
    const Payload = Buffer.from(JSON.stringify({ file, type, left }));
    await lambda.send(new InvokeCommand({ FunctionName: 'circle', InvocationType: type, Payload }));
    return async () => (await readFile(file, 'utf8').catch(() => '')).split('\n').slice(0, -1);
  };

  test('by events is stopped after 16 runs, and the destination is told', async () => {
    const lines = await run('events.txt', 'Event', 40);
    await until('the destination to be told', async () => (await lines()).includes('RetriesExhausted'));
    assert.deepEqual(await lines(), [
      ...Array.from({ length: 16 }, (_, index) => String(40 - index)),
      'RetriesExhausted',
    ]);
  });

  test('goes on where it may', async () => {
    const FunctionName = 'circle';
    const get = async () =>
      (await lambda.send(new GetFunctionRecursionConfigCommand({ FunctionName }))).RecursiveLoop;
    assert.equal(await get(), 'Terminate');
    await lambda.send(new PutFunctionRecursionConfigCommand({ FunctionName, RecursiveLoop: 'Allow' }));
    assert.equal(await get(), 'Allow');
    const lines = await run('allowed.txt', 'Event', 20);
    await until('the last run', async () => (await lines()).length === 21);
  });

  test('refuses what is no such choice, and a function that does not exist', async () => {
    const put = (input: { FunctionName: string; RecursiveLoop: string }) =>
      lambda.send(new PutFunctionRecursionConfigCommand(input as never));
    await assert.rejects(put({ FunctionName: 'circle', RecursiveLoop: 'Perhaps' }), {
      name: 'ValidationException',
    });
    await assert.rejects(put({ FunctionName: 'nobody', RecursiveLoop: 'Allow' }), {
      name: 'ResourceNotFoundException',
    });
  });
});
