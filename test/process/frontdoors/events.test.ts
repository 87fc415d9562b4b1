// What functions see of requests that real clients send.
import assert from 'node:assert/strict';
import { aFunctionUrl, anApi, aRoute } from '../../support/frontdoors/samples.ts';
import { removeDist } from '../runtime/support.ts';
import { curl, type OpenDoors, withDoors } from './support.ts';

const echo = `export const handler = async (event: unknown) => ({
  statusCode: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(event),
});`;

const shop = { apis: [anApi()], routes: [aRoute('POST /orders/{orderId}'), aRoute('$default')] };
const legacy = {
  apis: [
    anApi({
      protocol: 'REST',
      stages: ['Prod'],
      stageVariables: { table: 'orders' },
      binaryMediaTypes: ['image/png'],
    }),
  ],
  routes: [aRoute('ANY /orders/{proxy+}', { payloadFormat: '1.0' })],
};

interface Event1 extends Record<string, unknown> {
  readonly headers: Record<string, string>;
  readonly requestContext: Record<string, unknown> & { readonly identity: Record<string, unknown> };
}
interface Event2 extends Record<string, unknown> {
  readonly headers: Record<string, string>;
  readonly requestContext: Record<string, unknown> & { readonly http: Record<string, unknown> };
}

suite('an event behind a front door', () => {
  suiteTeardown(removeDist);

  const withEcho = (resources: Parameters<typeof withDoors>[2], test: (open: OpenDoors) => Promise<void>) =>
    withDoors([{}], { 'app.ts': echo }, resources, test);

  test('of an HTTP API has what fetch sends', () =>
    withEcho(shop, async ({ at, port }) => {
      const response = await fetch(at('/execute-api/shop/orders/a%20b?x=1&x=2&y=%C3%A9'), {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Cookie: 'a=1; b=2', 'X-One': 'one' },
        body: '{"prints":3}',
      });
      assert.equal(response.status, 200);
      assert.match(response.headers.get('apigw-requestid') ?? '', /^[\w-]{15}=$/);
      const event = (await response.json()) as Event2;
      assert.deepEqual(
        [event.version, event.routeKey, event.rawPath, event.rawQueryString],
        ['2.0', 'POST /orders/{orderId}', '/orders/a b', 'x=1&x=2&y=%C3%A9'],
      );
      assert.deepEqual(
        [event.cookies, event.queryStringParameters, event.pathParameters],
        [['a=1', 'b=2'], { x: '1,2', y: 'é' }, { orderId: 'a b' }],
      );
      assert.deepEqual([event.body, event.isBase64Encoded], ['{"prints":3}', false]);
      const { headers, requestContext } = event;
      assert.deepEqual(
        [headers.host, headers['x-one'], headers['x-forwarded-for'], headers['x-forwarded-port']],
        [`127.0.0.1:${port}`, 'one', '127.0.0.1', String(port)],
      );
      assert.match(headers['x-amzn-trace-id'] ?? '', /^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/);
      assert.deepEqual(
        [requestContext.accountId, requestContext.apiId, requestContext.stage, requestContext.domainPrefix],
        ['123456789012', 'shop', '$default', 'shop'],
      );
      assert.deepEqual(requestContext.http, {
        method: 'POST',
        path: '/orders/a b',
        protocol: 'HTTP/1.1',
        sourceIp: '127.0.0.1',
        userAgent: 'node',
      });
      assert.ok(Math.abs(Number(requestContext.timeEpoch) - Date.now()) < 60_000);
    }));

  test('of an HTTP API is the same by host name', () =>
    withEcho(shop, async ({ port }) => {
      const answer = await curl(`http://shop.execute-api.localhost:${port}/cart?a=b`);
      const event = JSON.parse(answer) as Event2;
      assert.deepEqual(
        [event.routeKey, event.rawPath, event.headers.host],
        ['$default', '/cart', `shop.execute-api.localhost:${port}`],
      );
    }));

  test('of an HTTP API has bytes and forms as Base64', () =>
    withEcho(shop, async ({ at }) => {
      const check = async (body: string | Uint8Array<ArrayBuffer>, type: string) => {
        const response = await fetch(at('/execute-api/shop/x'), {
          method: 'POST',
          headers: { 'content-type': type },
          body,
        });
        const event = (await response.json()) as Event2;
        assert.equal(event.isBase64Encoded, true);
        assert.deepEqual(Buffer.from(String(event.body), 'base64'), Buffer.from(body as string));
      };
      await check('a=1&b=2', 'application/x-www-form-urlencoded');
      await check(new Uint8Array([0, 255, 1, 254]), 'application/octet-stream');
    }));

  test('of a REST API has what curl sends', () =>
    withEcho(legacy, async ({ at, port }) => {
      const answer = await curl(
        '--include',
        '--header',
        'X-MiXeD: one',
        '--header',
        'X-MiXeD: two',
        '--data',
        'a=1',
        at('/execute-api/shop/Prod/orders/user%2Fa/b/?q=1&q=2'),
      );
      const [head = '', body = ''] = answer.split('\r\n\r\n');
      assert.match(head, /^HTTP\/1\.1 200 OK/);
      assert.match(head, /^x-amzn-RequestId: [0-9a-f-]{36}\r$/m);
      assert.match(head, /^x-amz-apigw-id: /m);
      assert.match(head, /^X-Amzn-Trace-Id: Root=1-/m);
      const event = JSON.parse(body) as Event1;
      assert.deepEqual(
        [event.resource, event.path, event.httpMethod, event.pathParameters],
        ['/orders/{proxy+}', '/orders/user%2Fa/b/', 'POST', { proxy: 'user/a/b' }],
      );
      assert.deepEqual(
        [event.headers['X-MiXeD'], (event.multiValueHeaders as Record<string, unknown>)['X-MiXeD']],
        ['two', ['one', 'two']],
      );
      assert.deepEqual(
        [event.queryStringParameters, event.multiValueQueryStringParameters, event.stageVariables],
        [{ q: '2' }, { q: ['1', '2'] }, { table: 'orders' }],
      );
      assert.deepEqual([event.body, event.isBase64Encoded], ['a=1', false]);
      assert.deepEqual(
        [event.headers.Host, event.headers['X-Forwarded-Proto']],
        [`127.0.0.1:${port}`, 'http'],
      );
      const { requestContext } = event;
      assert.deepEqual(
        [requestContext.path, requestContext.resourcePath, requestContext.stage],
        ['/Prod/orders/user%2Fa/b/', '/orders/{proxy+}', 'Prod'],
      );
      assert.match(String(requestContext.identity.userAgent), /^curl\//);
    }));

  test('of a function URL has the path as it was sent', () =>
    withEcho({ functionUrls: [aFunctionUrl()] }, async ({ at, port }) => {
      const response = await fetch(at('/lambda-url/fn/a%20b?x=1'));
      const event = (await response.json()) as Event2;
      assert.deepEqual(
        [event.routeKey, event.rawPath, event.requestContext.stage, event.requestContext.apiId],
        ['$default', '/a%20b', '$default', 'fn'],
      );
      assert.match(response.headers.get('x-amzn-requestid') ?? '', /^[0-9a-f-]{36}$/);
      const byHost = JSON.parse(await curl(`http://fn.lambda-url.localhost:${port}/`)) as Event2;
      assert.equal(byHost.rawPath, '/');
    }));

  test('of an invocation belongs to the trace of the request', () =>
    withDoors(
      [{}],
      { 'app.ts': 'export const handler = async () => process.env._X_AMZN_TRACE_ID;' },
      shop,
      async ({ at }) => {
        const root = 'Root=1-5759e988-bd862e3fe1be46a994272793';
        const response = await fetch(at('/execute-api/shop/x'), { headers: { 'x-amzn-trace-id': root } });
        assert.ok((await response.text()).startsWith(root));
      },
    ));
});
