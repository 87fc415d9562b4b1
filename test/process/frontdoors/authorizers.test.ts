// Requests that functions and tokens decide about.
import assert from 'node:assert/strict';
import { createSign, generateKeyPairSync } from 'node:crypto';
import { join } from 'node:path';
import type { AuthorizerDefinition } from '../../../src/model/http.ts';
import { signedRequest } from '../../support/engine/requests.ts';
import { aFunctionUrl, anApi, anAuthorizer, aRoute } from '../../support/frontdoors/samples.ts';
import { removeDist } from '../runtime/support.ts';
import { type DoorsOptions, type OpenDoors, withDoors } from './support.ts';

const files = {
  'app.ts': `export const handler = async (event: { requestContext: { authorizer?: unknown; identity?: unknown } }) => ({
    statusCode: 200,
    body: JSON.stringify({ authorizer: event.requestContext.authorizer, identity: event.requestContext.identity }),
  });`,
  'guard.ts': `let asked = 0;
  export const handler = async (event: { authorizationToken?: string; methodArn?: string; headers?: Record<string, string> }) => {
    asked++;
    const token = event.authorizationToken ?? event.headers?.authorization ?? '';
    if (token === 'error') throw new Error('broken');
    if (token === 'unauthorized') throw new Error('Unauthorized');
    if (event.methodArn === undefined) return { isAuthorized: token === 'good', context: { asked, list: [1] } };
    return {
      principalId: 'ann',
      policyDocument: {
        Version: '2012-10-17',
        Statement: [{ Action: 'execute-api:Invoke', Effect: token === 'good' ? 'Allow' : 'Deny', Resource: event.methodArn }],
      },
      context: { asked },
    };
  };`,
};
const functions = [{}, { name: 'guard', handler: 'guard.handler', entryFile: 'guard.ts' }];
const guarded = { kind: 'authorizer', name: 'guard', scopes: [] } as const;

suite('an authorizer of a front door', () => {
  suiteTeardown(removeDist);

  const withGuard = (
    protocol: 'REST' | 'HTTP',
    authorizer: Partial<AuthorizerDefinition>,
    test: (get: (token?: string) => Promise<readonly [number, unknown]>, open: OpenDoors) => Promise<void>,
    options: DoorsOptions & { readonly scopes?: readonly string[] } = {},
  ) => {
    const rest = protocol === 'REST';
    const authorization = { ...guarded, scopes: options.scopes ?? [] };
    return withDoors(
      functions,
      files,
      {
        apis: [anApi({ protocol, stages: [rest ? 'Prod' : '$default'] })],
        routes: [aRoute('GET /orders', { payloadFormat: rest ? '1.0' : '2.0', authorization })],
        authorizers: [anAuthorizer(authorizer)],
      },
      open =>
        test(async token => {
          const response = await fetch(open.at(`/execute-api/shop${rest ? '/Prod' : ''}/orders`), {
            headers: token === undefined ? {} : { authorization: token },
          });
          return [response.status, await response.json()];
        }, open),
      options,
    );
  };

  test('of a REST API decides by a policy, which counts for a while', () =>
    withGuard(
      'REST',
      { kind: 'token', identitySources: ['method.request.header.Authorization'] },
      async (get, { warnings }) => {
        const good = await get('good');
        assert.equal(good[0], 200);
        const { authorizer } = good[1] as { authorizer: Record<string, unknown> };
        assert.deepEqual([authorizer.principalId, authorizer.asked], ['ann', '1']);
        assert.equal(typeof authorizer.integrationLatency, 'number');
        assert.deepEqual(await get(), [401, { message: 'Unauthorized' }]);
        assert.deepEqual(await get('unauthorized'), [401, { message: 'Unauthorized' }]);
        assert.deepEqual(await get('bad'), [
          403,
          { Message: 'User is not authorized to access this resource with an explicit deny' },
        ]);
        assert.deepEqual(await get('error'), [500, { message: null }]);
        assert.match(
          warnings.join('\n'),
          /was answered with 500: of the authorizer guard: the function failed with Error\./,
        );
        const again = (await get('good'))[1] as { authorizer: Record<string, unknown> };
        assert.equal(again.authorizer.asked, '1');
      },
    ));

  test('of an HTTP API says yes or no', () =>
    withGuard(
      'HTTP',
      {
        kind: 'request',
        identitySources: ['$request.header.Authorization'],
        payloadFormat: '2.0',
        simpleResponses: true,
      },
      async get => {
        const [status, body] = await get('good');
        assert.equal(status, 200);
        assert.deepEqual((body as { authorizer: unknown }).authorizer, { lambda: { asked: 1, list: [1] } });
        assert.deepEqual(await get(), [401, { message: 'Unauthorized' }]);
        assert.deepEqual(await get('bad'), [403, { message: 'Forbidden' }]);
        assert.deepEqual(await get('error'), [500, { message: 'Internal Server Error' }]);
      },
    ));

  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const token = (claims: object) => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const exp = Math.floor(Date.now() / 1000) + 600;
    const signed = `${part({ alg: 'RS256', kid: 'one' })}.${part({ exp, ...claims })}`;
    return `${signed}.${createSign('sha256').update(signed).sign(privateKey).toString('base64url')}`;
  };

  test('for tokens takes their claims, and checks their signature against a local key set', () =>
    withGuard(
      'HTTP',
      {
        kind: 'jwt',
        identitySources: ['$request.header.Authorization'],
        issuer: 'https://i',
        audiences: ['app'],
      },
      async (get, { runtime, warnings }) => {
        const good = { iss: 'https://i', aud: 'app', sub: 'ann', scope: 'read' };
        assert.deepEqual(await get(`Bearer ${token(good)}`), [401, { message: 'Unauthorized' }]);
        assert.match(
          warnings.join('\n'),
          /No token is believed, because the key set \S+jwks\.json cannot be read/,
        );
        const key = { ...publicKey.export({ format: 'jwk' }), kid: 'one' };
        await runtime.write({ 'jwks.json': JSON.stringify({ keys: [key] }) });
        const [status, body] = await get(`Bearer ${token(good)}`);
        assert.equal(status, 200);
        const { jwt } = (body as { authorizer: { jwt: { claims: Record<string, string>; scopes: unknown } } })
          .authorizer;
        assert.deepEqual([jwt.claims.sub, jwt.scopes], ['ann', ['read']]);
        assert.deepEqual(await get(`Bearer ${token({ ...good, scope: 'write' })}`), [
          403,
          { message: 'Forbidden' },
        ]);
        assert.deepEqual(await get(`${token(good).slice(0, -8)}AAAAAAAA`), [
          401,
          { message: 'Unauthorized' },
        ]);
      },
      { jwksFile: workspace => join(workspace, 'jwks.json'), scopes: ['read'] },
    ));

  test('of Cognito hands claims on', () =>
    withGuard(
      'REST',
      { kind: 'cognito', identitySources: ['method.request.header.Authorization'] },
      async get => {
        const [status, body] = await get(token({ sub: 'ann', token_use: 'id' }));
        assert.equal(status, 200);
        const { claims } = (body as { authorizer: { claims: Record<string, string> } }).authorizer;
        assert.deepEqual([claims.sub, claims.token_use], ['ann', 'id']);
        assert.deepEqual(await get('no token'), [401, { message: 'Unauthorized' }]);
      },
    ));

  test('by signatures takes the keys of the engine', () =>
    withDoors(
      functions,
      files,
      {
        apis: [anApi({ protocol: 'REST', stages: ['Prod'] }), anApi({ apiId: 'new' })],
        routes: [
          aRoute('GET /orders', { payloadFormat: '1.0', authorization: { kind: 'iam' } }),
          aRoute('GET /orders', { apiId: 'new', authorization: { kind: 'iam' } }),
        ],
        functionUrls: [aFunctionUrl({ authType: 'AWS_IAM' })],
      },
      async ({ at, credentials, port }) => {
        const get = async (path: string, service?: string) => {
          const signed = service
            ? await signedRequest(
                { target: path, headers: { host: `127.0.0.1:${port}` } },
                { credentials, service, region: 'eu-west-1', at: Date.now() },
              )
            : undefined;
          const response = await fetch(at(path), { headers: { ...signed?.headers } });
          return [response.status, await response.json()] as const;
        };
        const rest = '/execute-api/shop/Prod/orders';
        assert.deepEqual(await get(rest), [403, { message: 'Missing Authentication Token' }]);
        assert.deepEqual(await get('/execute-api/new/orders'), [403, { message: 'Forbidden' }]);
        const [status, { Message }] = (await get('/lambda-url/fn/')) as [number, { Message: string }];
        assert.equal(status, 403);
        assert.match(Message, /^Forbidden\. For troubleshooting Function URL authorization issues/);
        const userArn = 'arn:aws:iam::123456789012:user/lambda-lens';
        const [, byRest] = (await get(rest, 'execute-api')) as [
          number,
          { identity: Record<string, unknown> },
        ];
        assert.deepEqual(
          [byRest.identity.userArn, byRest.identity.accessKey],
          [userArn, credentials.accessKeyId],
        );
        const [, byHttp] = (await get('/execute-api/new/orders', 'execute-api')) as [
          number,
          { authorizer: { iam: Record<string, unknown> } },
        ];
        assert.equal(byHttp.authorizer.iam.userArn, userArn);
        assert.equal((await get('/lambda-url/fn/', 'lambda'))[0], 200);
        assert.equal((await get('/lambda-url/fn/', 'execute-api'))[0], 403);
      },
    ));

  test('of keys wants one, whichever it is', () =>
    withDoors(
      functions,
      files,
      {
        apis: [anApi({ protocol: 'REST', stages: ['Prod'] })],
        routes: [aRoute('GET /orders', { payloadFormat: '1.0', apiKeyRequired: true })],
      },
      async ({ at }) => {
        const status = async (headers: Record<string, string>) =>
          (await fetch(at('/execute-api/shop/Prod/orders'), { headers })).status;
        assert.equal(await status({}), 403);
        assert.equal(await status({ 'x-api-key': 'anything' }), 200);
      },
    ));

  test('stands before OPTIONS too where SAM puts it there, and preflight requests fail as on AWS', async () => {
    const api = anApi({
      protocol: 'REST',
      stages: ['Prod'],
      cors: { allowOrigins: ['*'] },
      corsAuthorization: guarded,
      accessLogFormat: '$context.stage $context.routeKey $context.status $context.error.message',
    });
    const routes = [aRoute('GET /orders', { payloadFormat: '1.0', authorization: guarded })];
    const authorizer = anAuthorizer({ kind: 'token' });
    await withDoors(functions, files, { apis: [api], routes, authorizers: [authorizer] }, async open => {
      const preflight = async (headers: Readonly<Record<string, string>>) => {
        const response = await fetch(open.at('/execute-api/shop/Prod/orders'), {
          method: 'OPTIONS',
          headers,
        });
        return [response.status, response.headers.get('access-control-allow-origin')];
      };
      const asked = { origin: 'https://a.example', 'access-control-request-method': 'GET' };
      assert.deepEqual(await preflight(asked), [401, null]);
      assert.match(
        open.accessLines[0] ?? '',
        /^Prod OPTIONS \/orders 401 .*AddDefaultAuthorizerToCorsPreflight: false/,
      );
      assert.deepEqual(await preflight({ ...asked, authorization: 'good' }), [200, '*']);
    });
  });
});
