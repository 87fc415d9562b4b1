// What every request to the engine passes, over real sockets.
import assert from 'node:assert/strict';
import type { Credentials } from '../../../src/engine/ports.ts';
import type { EngineEvent } from '../../../src/model/engineEvent.ts';
import { fakeEngineBundles } from '../../support/engine/bundles.ts';
import { type ServeProcess, startServe } from '../../support/engine/cli.ts';
import { type RawResponse, send, sendBytes, sendSigned } from '../../support/engine/rawHttp.ts';
import type { RequestParts, Signing } from '../../support/engine/requests.ts';
import { watchEvents } from '../../support/engine/watchEvents.ts';
import { createWorkspace, type TestWorkspace } from '../../support/engine/workspace.ts';
import { until } from '../../support/until.ts';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const invocation = (functionName: string, body = '{}'): RequestParts => ({
  method: 'POST',
  target: `/2015-03-31/functions/${functionName}/invocations`,
  body,
});

suite('the front of the engine', () => {
  let workspace: TestWorkspace;
  let serve: ServeProcess;

  suiteSetup(async () => {
    workspace = await createWorkspace();
    serve = await startServe(['--ephemeral'], { distDirectory: await fakeEngineBundles(), workspace });
  });
  suiteTeardown(async () => {
    await serve?.stop();
    await workspace?.remove();
  });

  const ask = (parts: RequestParts, signing?: Partial<Signing>): Promise<RawResponse> =>
    sendSigned(serve.line.endpoint, serve.line, parts, signing);

  function checkRefusal(response: RawResponse, status: number, name: string, message: RegExp) {
    assert.equal(response.status, status);
    assert.equal(response.headers['x-amzn-errortype'], name);
    assert.match(response.headers['x-amzn-requestid']?.toString() ?? '', uuid);
    const body = JSON.parse(response.body);
    assert.match(body.message ?? body.Message, message);
  }

  test('an answered invocation carries its request id, which the function saw', async () => {
    const response = await ask(invocation('context'));
    assert.equal(response.status, 200);
    assert.match(String(response.headers['x-amzn-requestid']), uuid);
    assert.equal(JSON.parse(response.body).requestId, response.headers['x-amzn-requestid']);
  });

  test('without a signature nothing is answered', async () =>
    checkRefusal(
      await send(serve.line.endpoint, invocation('echo')),
      403,
      'MissingAuthenticationTokenException',
      /^Missing Authentication Token$/,
    ));

  test('with a wrong signature nothing is answered', async () => {
    const credentials = { ...serve.line, secretAccessKey: 'wrong' };
    checkRefusal(
      await sendSigned(serve.line.endpoint, credentials, invocation('echo')),
      403,
      'InvalidSignatureException',
      /does not match the signature you provided/,
    );
  });

  test('a web page is refused, however well it signs', async () =>
    checkRefusal(
      await ask({ ...invocation('echo'), headers: { origin: 'http://evil.example' } }),
      403,
      'AccessDeniedException',
      /Origin header/,
    ));

  test('a foreign host is refused, however well it is signed', async () =>
    checkRefusal(
      await ask({ ...invocation('echo'), headers: { host: 'evil.example' } }),
      403,
      'AccessDeniedException',
      /Host header must be 127\.0\.0\.1:\d+ or localhost:\d+/,
    ));

  test('localhost is no foreign host', async () => {
    const { port } = new URL(serve.line.endpoint);
    assert.equal((await ask({ ...invocation('echo'), headers: { host: `localhost:${port}` } })).status, 200);
  });

  test('an operation without behaviour answers 501 by name', async () =>
    checkRefusal(
      await ask({ method: 'POST', target: '/2020-04-22/code-signing-configs', body: '{}' }),
      501,
      'UnsupportedByLambdaLens:CreateCodeSigningConfig',
      /^UnsupportedByLambdaLens: CreateCodeSigningConfig is an operation of AWS Lambda/,
    ));

  test('an asynchronous invocation answers 202 without a body', async () => {
    const response = await ask({ ...invocation('echo'), headers: { 'x-amz-invocation-type': 'Event' } });
    assert.deepEqual([response.status, response.body], [202, '']);
    assert.match(String(response.headers['x-amzn-requestid']), uuid);
  });

  test('a dry run answers 204 without a body', async () => {
    const response = await ask({ ...invocation('echo'), headers: { 'x-amz-invocation-type': 'DryRun' } });
    assert.deepEqual([response.status, response.body], [204, '']);
    assert.equal(response.headers['x-amz-executed-version'], undefined);
  });

  test('another service answers 501 by name', async () =>
    checkRefusal(
      await ask(
        { method: 'POST', headers: { 'x-amz-target': 'DynamoDB_20120810.PutItem' }, body: '{}' },
        { service: 'dynamodb' },
      ),
      501,
      'UnsupportedByLambdaLens:dynamodb',
      /dynamodb PutItem was not called: no endpoint is configured for the service "dynamodb"\. Name one in the setting lambdaLens\.services/,
    ));

  test('the largest payload is taken', async () => {
    const payload = `"${'x'.repeat(6_291_554)}"`;
    const response = await ask(invocation('echo', payload));
    assert.deepEqual([response.status, response.body.length], [200, 6_291_556]);
  });

  test('one byte more is too large', async () =>
    checkRefusal(
      await ask(invocation('echo', `"${'x'.repeat(6_291_555)}"`)),
      413,
      'RequestTooLargeException',
      /^6291557 byte payload is too large for the RequestResponse invocation type \(limit 6291556 bytes\)$/,
    ));

  test('an upload of code may be larger than an event, and has a limit of its own', async () => {
    const upload = (bytes: number) =>
      ask({
        method: 'POST',
        target: '/2015-03-31/functions',
        body: JSON.stringify({ FunctionName: 'f', Code: { ZipFile: 'A'.repeat(bytes) } }),
      });
    const taken = await upload(8_000_000);
    assert.deepEqual([taken.status, taken.headers['x-amzn-errortype']], [400, 'ValidationException']);
    checkRefusal(
      await upload(70_167_211),
      413,
      'RequestEntityTooLargeException',
      /^Request must be smaller than 70167211 bytes for the CreateFunction operation$/,
    );
  });

  test('a client that waits for 100 Continue gets it', async () => {
    const response = await ask({ ...invocation('echo', '{"a":1}'), headers: { expect: '100-continue' } });
    assert.deepEqual([response.status, response.body], [200, '{"a":1}']);
  });

  for (const [what, bytes, status] of [
    ['garbage', 'this is no HTTP\r\n\r\n', 400],
    ['a proxy request', 'GET http://example.com/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', 400],
    ['headers without end', `GET / HTTP/1.1\r\nX: ${'x'.repeat(70_000)}\r\n\r\n`, 431],
  ] as const) {
    test(`${what} is refused with a request id`, async () => {
      const [head = '', body = ''] = (await sendBytes(serve.line.endpoint, bytes)).split('\r\n\r\n');
      assert.match(head, new RegExp(`^HTTP/1\\.1 ${status} `));
      assert.match(head, /\r\nx-amzn-requestid: [0-9a-f-]{36}(\r\n|$)/);
      assert.equal(typeof JSON.parse(body).message, 'string');
    });
  }

  suite('for an execution environment', () => {
    let credentials: Credentials & { readonly environmentId: string };
    let watching: ReturnType<typeof watchEvents>;

    suiteSetup(async () => {
      credentials = JSON.parse((await ask(invocation('credentials'))).body);
      watching = watchEvents(serve.line);
      await until('the first events', () => watching.events.length > 0);
    });
    suiteTeardown(() => watching?.dispose());

    const call = async (parts: RequestParts, service: string) => {
      const { events } = watching;
      const before = events.length;
      const response = await sendSigned(serve.line.endpoint, credentials, parts, { service });
      const isCall = (event: EngineEvent) => event.type === 'awsCall';
      await until('the call to be told', () => events.slice(before).some(isCall));
      return { response, event: events.slice(before).find(isCall) };
    };

    test('a call to another service is told with its action and its function', async () => {
      const { response, event } = await call(
        { method: 'PUT', target: '/bucket/key?tagging&x-id=PutObjectTagging', body: 'x' },
        's3',
      );
      assert.equal(response.status, 501);
      assert.match(response.body, /<Code>UnsupportedByLambdaLens<\/Code>/);
      assert.ok(event?.type === 'awsCall');
      const { id: _id, at: _at, durationMs, ...told } = event;
      assert.ok(durationMs >= 0);
      assert.deepEqual(told, {
        type: 'awsCall',
        service: 's3',
        action: 'PutObjectTagging',
        environmentId: credentials.environmentId,
        functionName: 'credentials',
        requestId: event.requestId,
        statusCode: 501,
      });
      assert.match(event.requestId ?? '', uuid);
    });

    test('a call to another function is told as well', async () => {
      const { response, event } = await call(invocation('echo', '[]'), 'lambda');
      assert.deepEqual([response.status, response.body], [200, '[]']);
      assert.ok(event?.type === 'awsCall');
      assert.deepEqual([event.service, event.action, event.statusCode], ['lambda', 'Invoke', 200]);
    });

    test('control of the engine is refused', async () => {
      const response = await sendSigned(serve.line.endpoint, credentials, { target: '/_lens/events' });
      checkRefusal(response, 403, 'AccessDeniedException', /Only the user of this engine/);
    });
  });
});
