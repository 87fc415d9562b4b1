import assert from 'node:assert/strict';
import { event2 } from '../../../../../src/engine/frontdoors/events/event2.ts';
import { withForwarded } from '../../../../../src/engine/frontdoors/events/requestHeaders.ts';
import { aContext, aRequest, asJson } from '../../../../support/frontdoors/samples.ts';

// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
suite('the event of format 2.0', () => {
  const eventOf = (
    context: Parameters<typeof aContext>[0],
    routeKey = 'GET /orders/{orderId}',
    path = '/orders/1',
  ) =>
    asJson<Record<string, unknown> & { requestContext: Record<string, unknown> }>(
      event2(aContext({ stage: '$default', ...context }), routeKey, path),
    );

  test('has every field, and leaves out what is empty', () => {
    assert.deepEqual(eventOf({ pathParameters: {} }), {
      version: '2.0',
      routeKey: 'GET /orders/{orderId}',
      rawPath: '/orders/1',
      rawQueryString: '',
      headers: { host: 'api.example' },
      requestContext: {
        accountId: '123456789012',
        apiId: 'shop',
        domainName: 'shop.execute-api.localhost',
        domainPrefix: 'shop',
        http: {
          method: 'GET',
          path: '/orders/1',
          protocol: 'HTTP/1.1',
          sourceIp: '127.0.0.1',
          userAgent: '',
        },
        requestId: '11111111-2222-4333-8444-555555555555',
        routeKey: 'GET /orders/{orderId}',
        stage: '$default',
        time: '12/Mar/2020:19:03:58 +0000',
        timeEpoch: 1584039838000,
      },
      isBase64Encoded: false,
    });
  });

  test('has names of headers in lower case, values joined by commas, and cookies apart', () => {
    const event = eventOf({
      request: aRequest({
        headers: [
          ['X-Many', 'one'],
          ['x-many', 'two'],
          ['Cookie', 'a=1; b=2'],
          ['Cookie', 'c=3'],
          ['User-Agent', 'browser'],
        ],
      }),
    });
    assert.deepEqual(event.headers, { 'x-many': 'one,two', 'user-agent': 'browser' });
    assert.deepEqual(event.cookies, ['a=1', 'b=2', 'c=3']);
    assert.equal((event.requestContext.http as Record<string, unknown>).userAgent, 'browser');
  });

  test('has the query as it was sent, and its parameters decoded and joined', () => {
    const event = eventOf({ request: aRequest({ query: 'a=1&a=2%203&b=x%2Cy' }) });
    assert.equal(event.rawQueryString, 'a=1&a=2%203&b=x%2Cy');
    assert.deepEqual(event.queryStringParameters, { a: '1,2 3', b: 'x,y' });
  });

  test('has path parameters and stage variables', () => {
    const event = eventOf({ stageVariables: { table: 'orders' } });
    assert.deepEqual(event.pathParameters, { orderId: '1' });
    assert.deepEqual(event.stageVariables, { table: 'orders' });
  });

  test('has as text what says that it is, and everything else as Base64', () => {
    const check = (headers: Parameters<typeof aRequest>[0], expected: boolean) => {
      const event = eventOf({ request: aRequest({ method: 'POST', body: Buffer.from('a=1'), ...headers }) });
      assert.deepEqual(
        [event.isBase64Encoded, event.body],
        expected ? [true, 'YT0x'] : [false, 'a=1'],
        JSON.stringify(headers),
      );
    };
    check({ headers: [['Content-Type', 'application/json; charset=utf-8']] }, false);
    check({ headers: [['Content-Type', 'text/csv']] }, false);
    check({ headers: [['Content-Type', 'application/problem+json']] }, false);
    check({ headers: [['Content-Type', 'application/x-www-form-urlencoded']] }, true);
    check({ headers: [['Content-Type', 'multipart/form-data; boundary=x']] }, true);
    check({ headers: [['Content-Type', 'image/png']] }, true);
    check({ headers: [] }, true);
    const encoded = [
      ['Content-Type', 'application/json'],
      ['Content-Encoding', 'gzip'],
    ] as const;
    check({ headers: encoded }, true);
  });

  test('tells what an authorizer of each kind has found', () => {
    const authorizer = (grant: Parameters<typeof aContext>[0]) => eventOf(grant).requestContext.authorizer;
    assert.deepEqual(
      authorizer({ grant: { kind: 'lambda', principalId: 'ann', context: { list: [1, 2] }, latencyMs: 1 } }),
      { lambda: { list: [1, 2] } },
    );
    assert.deepEqual(authorizer({ grant: { kind: 'jwt', claims: { sub: 'ann' }, scopes: null } }), {
      jwt: { claims: { sub: 'ann' }, scopes: null },
    });
    const caller = { accessKey: 'AKIA1', accountId: '123456789012', userId: 'AIDA1', userArn: 'arn:user' };
    assert.deepEqual(authorizer({ grant: { kind: 'iam', caller } }), {
      iam: {
        accessKey: 'AKIA1',
        accountId: '123456789012',
        callerId: 'AIDA1',
        cognitoIdentity: null,
        principalOrgId: null,
        userArn: 'arn:user',
        userId: 'AIDA1',
      },
    });
    assert.equal(authorizer({}), undefined);
  });
});

suite('what stands before an API', () => {
  test('tells of the client, its port and protocol, and of the trace', () => {
    assert.deepEqual(withForwarded([['Host', '127.0.0.1:4000']], '127.0.0.1', 'Root=1-a'), [
      ['Host', '127.0.0.1:4000'],
      ['X-Amzn-Trace-Id', 'Root=1-a'],
      ['X-Forwarded-For', '127.0.0.1'],
      ['X-Forwarded-Port', '4000'],
      ['X-Forwarded-Proto', 'http'],
    ]);
  });

  test('keeps what another one before it has told', () => {
    const headers = [
      ['x-forwarded-for', '203.0.113.5'],
      ['x-forwarded-proto', 'https'],
      ['host', 'tunnel.example'],
      ['x-amzn-trace-id', 'Root=1-b'],
    ] as const;
    assert.deepEqual(withForwarded(headers, '127.0.0.1', 'Root=1-a').slice(1), [
      ['X-Amzn-Trace-Id', 'Root=1-b'],
      ['X-Forwarded-For', '203.0.113.5, 127.0.0.1'],
      ['X-Forwarded-Port', '443'],
      ['X-Forwarded-Proto', 'https'],
    ]);
  });
});
