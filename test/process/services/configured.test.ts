// Services that the user has named an endpoint or a profile for, and those without one.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type ServedWorkspace, serveWorkspace } from './support.ts';

const item = new GetItemCommand({ TableName: 'orders', Key: { id: { S: '1' } } });

suite('a service that is not embedded', () => {
  let server: Server;
  let requests: { message: IncomingMessage; body: string }[];
  let served: ServedWorkspace | undefined;
  let folder: string;
  const before = process.env.AWS_SHARED_CREDENTIALS_FILE;

  setup(async () => {
    requests = [];
    folder = await mkdtemp(join(tmpdir(), 'lambda-lens-profile-'));
    process.env.AWS_SHARED_CREDENTIALS_FILE = join(folder, 'credentials');
    await writeFile(
      join(folder, 'credentials'),
      '[lens]\naws_access_key_id = AKIDPROFILE\naws_secret_access_key = secret\n',
    );
    server = createServer(async (message, response) => {
      requests.push({ message, body: (await buffer(message)).toString() });
      response.setHeader('content-type', 'application/x-amz-json-1.0');
      response.end(JSON.stringify({ Item: { id: { S: 'found' } } }));
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  });
  teardown(async () => {
    await served?.remove();
    served = undefined;
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
    if (before === undefined) delete process.env.AWS_SHARED_CREDENTIALS_FILE;
    else process.env.AWS_SHARED_CREDENTIALS_FILE = before;
    await rm(folder, { recursive: true });
  });
  const endpoint = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const ask = async (...args: readonly string[]) => {
    served = await serveWorkspace({}, args);
    const client = new DynamoDBClient(served.client);
    try {
      return (await client.send(item)).Item?.id?.S;
    } finally {
      client.destroy();
    }
  };

  test('is refused with the setting that would give it an endpoint', async () => {
    await assert.rejects(ask(), {
      name: 'UnsupportedByLambdaLens',
      message:
        /^UnsupportedByLambdaLens: dynamodb GetItem was not called: .*lambdaLens\.services.*--service dynamodb=http/,
    });
  });

  test('is called at the endpoint of the user, with keys that never change', async () => {
    assert.equal(await ask('--service', `dynamodb=${endpoint()}`), 'found');
    const [first] = requests;
    assert.match(
      first?.message.headers.authorization ?? '',
      /^AWS4-HMAC-SHA256 Credential=000000000000\/\d{8}\/us-east-1\/dynamodb\/aws4_request/,
    );
    assert.equal(first?.message.headers.host, new URL(endpoint()).host);
    assert.deepEqual(JSON.parse(first?.body ?? ''), { TableName: 'orders', Key: { id: { S: '1' } } });
  });

  test('is called with the credentials of a profile', async () => {
    assert.equal(await ask('--service', `dynamodb=profile:lens@${endpoint()}/below`), 'found');
    const [first] = requests;
    assert.match(first?.message.headers.authorization ?? '', /Credential=AKIDPROFILE\//);
    assert.equal(first?.message.url, '/below/');
  });

  test('says what is wrong with the endpoint, or with the profile', async () => {
    await assert.rejects(ask('--service', 'dynamodb=http://127.0.0.1:1'), {
      message:
        /http:\/\/127\.0\.0\.1:1, which lambdaLens\.services names for dynamodb, cannot be reached: .*ECONNREFUSED/,
    });
    await served?.remove();
    await assert.rejects(ask('--service', 'dynamodb=profile:nobody'), {
      message: /The AWS profile that lambdaLens\.services names for dynamodb has no credentials: .*nobody/,
    });
  });

  test('can be an embedded one, which then is not started', async () => {
    served = await serveWorkspace({}, ['--service', `sqs=${endpoint()}`]);
    const sqs = new SQSClient(served.client);
    await sqs.send(new ListQueuesCommand({}));
    sqs.destroy();
    assert.equal(requests[0]?.message.headers['x-amz-target'], 'AmazonSQS.ListQueues');
  });

  for (const [option, problem] of [
    ['dynamodb', /--service must be a name and an endpoint/],
    ['dynamodb=8000', /lambdaLens\.services says "8000" for dynamodb/],
    ['lambda=http://127.0.0.1:1', /"lambda", which Lambda Lens itself answers/],
  ] as const) {
    test(`--service ${option} is refused`, async () => {
      await assert.rejects(serveWorkspace({}, ['--service', option]), { message: problem });
    });
  }
});
