// The client behind the palette, the tree and the command line, against a Lambda that fails.
import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { createLambdaClient, invokeFunction } from '../../../src/client/lambdaInvoke.ts';

suite('the client of an invocation', () => {
  const credentials = { accessKeyId: 'AKIAX', secretAccessKey: 'secret' };
  const home = { region: 'us-east-1', accountId: '000000000000' };
  let server: Server;
  let endpoint: string;
  let runs: number;

  setup(async () => {
    runs = 0;
    server = createServer((request, response) => {
      request.resume();
      request.on('end', () => {
        runs++;
        response.writeHead(500, { 'x-amzn-errortype': 'ServiceException' });
        response.end('{"Type":"Service","Message":"It ran, and failed."}');
      });
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  teardown(() => server.close());

  test('a function runs once for an invocation that fails: whether to try again is the user’s to decide', async () => {
    const client = createLambdaClient({
      ...home,
      ...credentials,
      endpoint,
      pid: 1,
      startedAt: 0,
      buildId: '',
      root: '/',
      stateDirectory: '/',
    });
    const invocation = invokeFunction(client, { functionName: 'fn', payload: '{}' }, async () => []);
    await assert.rejects(invocation, { message: 'It ran, and failed.' });
    client.destroy();
    assert.equal(runs, 1);
  });

  test('where an SDK client with its defaults has it run three times', async () => {
    const client = new LambdaClient({ ...home, credentials, endpoint });
    await assert.rejects(client.send(new InvokeCommand({ FunctionName: 'fn' })), {
      name: 'ServiceException',
    });
    client.destroy();
    assert.equal(runs, 3);
  });
});
