// What real clients get of what functions answer.
import assert from 'node:assert/strict';
import type { ApiDefinition, RouteDefinition } from '../../../src/model/http.ts';
import { createFakeClock } from '../../support/fakeClock.ts';
import { aFunctionUrl, anApi, aRoute } from '../../support/frontdoors/samples.ts';
import { until } from '../../support/until.ts';
import { removeDist } from '../runtime/support.ts';
import { curl, type OpenDoors, withDoors } from './support.ts';

const handler = `export const handler = async (event: { rawPath?: string; path?: string }) => {
  const path = (event.rawPath ?? event.path ?? '').replace('/Prod', '');
  switch (path) {
    case '/throw': throw new TypeError('no');
    case '/hang': return new Promise(resolve => setTimeout(resolve, 60_000));
    case '/malformed': return { statusCode: 'many' };
    case '/redirect': return { statusCode: 302, headers: { location: '/target' } };
    case '/target': return { statusCode: 200, body: 'arrived' };
    case '/cookies': return { statusCode: 200, headers: { 'set-cookie': 'a=1; Path=/' }, body: 'set' };
    case '/bytes': return {
      statusCode: 200,
      headers: { 'content-type': 'image/png' },
      body: Buffer.from([137, 80, 78, 71, 0, 255]).toString('base64'),
      isBase64Encoded: true,
    };
    case '/nothing': return { statusCode: 204 };
    default: return { statusCode: 404, headers: { 'x-path': path }, body: 'not here' };
  }
};`;

const http: Partial<ApiDefinition> = {};
const rest: Partial<ApiDefinition> = { protocol: 'REST', stages: ['Prod'], binaryMediaTypes: ['image/png'] };
const route = (key: string, more: Partial<RouteDefinition> = {}) =>
  aRoute(key, { payloadFormat: '1.0', ...more });
const restRoutes = [route('ANY /{proxy+}')];
const httpRoutes = [aRoute('$default')];

suite('a reply of a front door', () => {
  suiteTeardown(removeDist);

  const withApi = (api: Partial<ApiDefinition>, test: (open: OpenDoors) => Promise<void>) =>
    withDoors(
      [{ timeoutSeconds: 60 }],
      { 'app.ts': handler },
      { apis: [anApi(api)], routes: api.protocol === 'REST' ? restRoutes : httpRoutes },
      test,
    );
  const answer = async (url: string, init?: RequestInit) => {
    const response = await fetch(url, init);
    return [response.status, await response.text(), response.headers.get('content-type')];
  };

  test('of a REST API: what the function answers, or 502', () =>
    withApi(rest, async ({ at, warnings }) => {
      const base = at('/execute-api/shop/Prod');
      const malformed = [502, '{"message":"Internal server error"}', 'application/json'];
      assert.deepEqual(await answer(`${base}/x`), [404, 'not here', 'application/json']);
      assert.deepEqual(await answer(`${base}/throw`), malformed);
      assert.deepEqual(await answer(`${base}/malformed`), malformed);
      assert.match(
        warnings.join('\n'),
        /GET \S+\/throw was answered with 502: the function failed with TypeError\./,
      );
      assert.match(
        warnings.join('\n'),
        /\/malformed was answered with 502: .* statusCode is the string "many"/,
      );
      const forbidden = '{"message":"Missing Authentication Token"}';
      assert.deepEqual(await answer(base), [403, forbidden, 'application/json']);
      assert.deepEqual(await answer(at('/execute-api/shop/test/x')), [
        403,
        '{"message":"Forbidden"}',
        'application/json',
      ]);
    }));

  test('of an HTTP API: what the function answers, or 500', () =>
    withApi(http, async ({ at }) => {
      const base = at('/execute-api/shop');
      const failed = [500, '{"message":"Internal Server Error"}', 'application/json'];
      assert.deepEqual(await answer(`${base}/x`), [404, 'not here', 'text/plain;charset=UTF-8']);
      assert.deepEqual(await answer(`${base}/throw`), failed);
      assert.deepEqual(await answer(`${base}/malformed`), failed);
      assert.deepEqual(await answer(`${base}/nothing`), [204, '', null]);
      assert.deepEqual(await answer(`${base}/%E0%A4%A`), [
        400,
        '{"message":"Bad Request"}',
        'application/json',
      ]);
    }));

  test('of an HTTP API without such a route: 404', () =>
    withDoors(
      [{}],
      { 'app.ts': handler },
      { apis: [anApi()], routes: [aRoute('GET /a')] },
      async ({ at }) => {
        const none = [404, '{"message":"Not Found"}', 'application/json'];
        assert.deepEqual(await answer(at('/execute-api/shop/b')), none);
        assert.deepEqual(await answer(at('/execute-api/shop/a'), { method: 'POST' }), none);
      },
    ));

  test('of a function URL: what the function answers, or 502 in plain text', () =>
    withDoors([{}], { 'app.ts': handler }, { functionUrls: [aFunctionUrl()] }, async ({ at }) => {
      assert.deepEqual(await answer(at('/lambda-url/fn/throw')), [
        502,
        'Internal Server Error',
        'text/plain',
      ]);
      assert.deepEqual(await answer(at('/lambda-url/fn/x')), [404, 'not here', 'application/json']);
      assert.deepEqual(await answer(at('/lambda-url/nobody/')), [
        403,
        '{"Message":null}',
        'application/json',
      ]);
    }));

  test('is bytes where the function says so', () =>
    withApi(rest, async ({ at }) => {
      const png = Buffer.from([137, 80, 78, 71, 0, 255]);
      const bytes = async (url: string, accept: string) =>
        Buffer.from(await (await fetch(url, { headers: { accept } })).arrayBuffer());
      assert.deepEqual(await bytes(at('/execute-api/shop/Prod/bytes'), 'image/png'), png);
      assert.equal(
        (await bytes(at('/execute-api/shop/Prod/bytes'), '*/*')).toString(),
        png.toString('base64'),
      );
    }));

  test('keeps redirects and cookies within the API that is behind a path', () =>
    withApi(http, async ({ at, port }) => {
      assert.deepEqual((await answer(at('/execute-api/shop/redirect'))).slice(0, 2), [200, 'arrived']);
      const response = await fetch(at('/execute-api/shop/cookies'));
      assert.deepEqual(response.headers.getSetCookie(), ['a=1; Path=/execute-api/shop']);
      const byHost = await curl('--include', `http://shop.execute-api.localhost:${port}/cookies`);
      assert.match(byHost, /^set-cookie: a=1; Path=\/\r$/m);
    }));

  test('to HEAD has no body', () =>
    withApi(http, async ({ at }) => {
      assert.deepEqual((await answer(at('/execute-api/shop/x'), { method: 'HEAD' })).slice(0, 2), [404, '']);
    }));

  for (const [api, base, ms, expected] of [
    [rest, '/execute-api/shop/Prod', 29_000, [504, '{"message":"Endpoint request timed out"}']],
    [http, '/execute-api/shop', 30_000, [503, '{"message":"Service Unavailable"}']],
  ] as const) {
    test(`of ${api.protocol === 'REST' ? 'a REST' : 'an HTTP'} API comes after ${ms / 1000} s, with or without the function`, () => {
      const clock = createFakeClock();
      return withDoors(
        [{ timeoutSeconds: 60 }],
        { 'app.ts': handler },
        { apis: [anApi(api)], routes: api.protocol === 'REST' ? restRoutes : httpRoutes },
        async ({ at, runtime }) => {
          const waiting = answer(at(`${base}/hang`));
          await until('the invocation', () =>
            runtime.events.some(({ type }) => type === 'invocationStarted'),
          );
          clock.pass(ms - 1);
          assert.equal(clock.pending(), 1);
          clock.pass(1);
          assert.deepEqual((await waiting).slice(0, 2), expected);
        },
        { clock },
      );
    });
  }

  test('passes throttling on', () =>
    withDoors(
      [{ reservedConcurrency: 0 }],
      { 'app.ts': handler },
      {
        apis: [anApi(), anApi({ ...rest, apiId: 'legacy' })],
        routes: [aRoute('$default'), route('ANY /{proxy+}', { apiId: 'legacy' })],
        functionUrls: [aFunctionUrl()],
      },
      async ({ at }) => {
        const throttled = '{"message":"Too Many Requests"}';
        assert.deepEqual((await answer(at('/execute-api/shop/'))).slice(0, 2), [429, throttled]);
        assert.deepEqual((await answer(at('/execute-api/legacy/Prod/x'))).slice(0, 2), [429, throttled]);
        assert.equal((await fetch(at('/lambda-url/fn/'))).status, 429);
      },
    ));

  test('is written to the access log, and told to the views', () =>
    withApi(http, async ({ at, accessLines, events }) => {
      const response = await fetch(at('/execute-api/shop/x?secret=1'));
      const id = events.find(event => event.type === 'httpRequest');
      assert.match(
        accessLines[0] ?? '',
        /^127\.0\.0\.1 - - \[\d\d\/\w{3}\/\d{4}:\d\d:\d\d:\d\d \+0000\] "GET \$default HTTP\/1\.1" 404 8 [0-9a-f-]{36}$/,
      );
      assert.equal(response.status, 404);
      assert.deepEqual(
        [id?.kind, id?.name, id?.path, id?.resourcePath, id?.statusCode, id?.functionName],
        ['httpApi', 'shop', '/execute-api/shop/x', '$default', 404, 'fn'],
      );
    }));

  test('to a request that is too large is 413', () =>
    withApi(http, async ({ at }) => {
      const send = (bytes: number) =>
        answer(at('/execute-api/shop/x'), { method: 'POST', body: 'x'.repeat(bytes) });
      assert.deepEqual((await send(6_500_000)).slice(0, 2), [413, '{"message":"Request Entity Too Large"}']);
      assert.equal((await send(11_000_000))[0], 413);
    }));

  test('of a route to an alias that does not exist here comes from the code as it is, which is said once', () =>
    withDoors(
      [{}],
      { 'app.ts': handler },
      { apis: [anApi()], routes: [aRoute('$default', { qualifier: 'live' })] },
      async ({ at, warnings }) => {
        for (let count = 0; count < 2; count++) {
          assert.equal((await answer(at('/execute-api/shop/target')))[1], 'arrived');
        }
        assert.deepEqual(warnings, [
          'fn:live does not exist here yet: its API or function URL runs $LATEST of fn.',
        ]);
      },
    ));

  test('of a REST API needs no function where the method is a mock, and none is pretended for mapping templates', () =>
    withDoors(
      [{}],
      { 'app.ts': handler },
      {
        apis: [
          anApi({
            ...rest,
            mocks: [
              { method: 'OPTIONS', path: '/a', status: 204, headers: { 'Access-Control-Allow-Origin': '*' } },
            ],
          }),
        ],
        routes: [route('GET /a', { integration: 'AWS' })],
      },
      async ({ at }) => {
        const mock = await fetch(at('/execute-api/shop/Prod/a'), { method: 'OPTIONS' });
        assert.deepEqual([mock.status, mock.headers.get('access-control-allow-origin')], [204, '*']);
        const [status, text] = await answer(at('/execute-api/shop/Prod/a'));
        assert.equal(status, 501);
        assert.match(String(text), /UnsupportedByLambdaLens: GET \/a has mapping templates/);
      },
    ));

  test('at the root lists the addresses, and elsewhere says where they are', () =>
    withApi(http, async ({ at }) => {
      assert.equal((await answer(at('/')))[1], `$default\tfn\t${at('/execute-api/shop/')}\n`);
      const [status, text] = await answer(at('/orders'));
      assert.equal(status, 404);
      assert.match(String(text), /There is no API at this address/);
    }));
});
