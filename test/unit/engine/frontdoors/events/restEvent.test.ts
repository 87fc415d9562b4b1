import assert from 'node:assert/strict';
import { httpEvent1, restEvent } from '../../../../../src/engine/frontdoors/events/proxyEvent1.ts';
import { aContext, aRequest, aRoute, asJson } from '../../../../support/frontdoors/samples.ts';

// https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html#api-gateway-simple-proxy-for-lambda-input-format
suite('the event of a REST API', () => {
  test('has every field, null where there is nothing', () => {
    const { requestContext, ...event } = asJson(restEvent(aContext({ pathParameters: {} })));
    assert.deepEqual(event, {
      resource: '/orders/{orderId}',
      path: '/orders/1',
      httpMethod: 'GET',
      headers: { Host: 'api.example' },
      multiValueHeaders: { Host: ['api.example'] },
      queryStringParameters: null,
      multiValueQueryStringParameters: null,
      pathParameters: null,
      stageVariables: null,
      body: null,
      isBase64Encoded: false,
    });
    const { resourceId, deploymentId, ...context } = asJson(requestContext);
    assert.match(String(resourceId), /^[0-9a-z]{6}$/);
    assert.match(String(deploymentId), /^[0-9a-z]{6}$/);
    assert.deepEqual(context, {
      resourcePath: '/orders/{orderId}',
      accountId: '123456789012',
      apiId: 'shop',
      domainName: 'shop.execute-api.localhost',
      domainPrefix: 'shop',
      extendedRequestId: 'AbCdEfGhIjKlMn0=',
      httpMethod: 'GET',
      identity: {
        accessKey: null,
        accountId: null,
        caller: null,
        cognitoAuthenticationProvider: null,
        cognitoAuthenticationType: null,
        cognitoIdentityId: null,
        cognitoIdentityPoolId: null,
        principalOrgId: null,
        sourceIp: '127.0.0.1',
        user: null,
        userAgent: null,
        userArn: null,
      },
      path: '/Prod/orders/1',
      protocol: 'HTTP/1.1',
      requestId: '11111111-2222-4333-8444-555555555555',
      requestTime: '12/Mar/2020:19:03:58 +0000',
      requestTimeEpoch: 1584039838000,
      stage: 'Prod',
    });
  });

  test('has headers as they are spelled, and of several values the last one', () => {
    const headers = [
      ['X-Many', 'one'],
      ['tEsT-HEADeR', 'aValUE'],
      ['X-Many', 'two'],
    ] as const;
    const event = asJson(restEvent(aContext({ request: aRequest({ headers }) })));
    assert.deepEqual(event.headers, { 'X-Many': 'two', 'tEsT-HEADeR': 'aValUE' });
    assert.deepEqual(event.multiValueHeaders, { 'X-Many': ['one', 'two'], 'tEsT-HEADeR': ['aValUE'] });
  });

  test('has no headers of the connection, and no signature', () => {
    const headers = [
      ['Connection', 'keep-alive'],
      ['Content-Length', '3'],
      ['Expect', '100-continue'],
      ['TE', 'trailers'],
      ['Authorization', 'AWS4-HMAC-SHA256 Credential=x'],
      ['Accept', '*/*'],
    ] as const;
    assert.deepEqual(asJson(restEvent(aContext({ request: aRequest({ headers }) }))).headers, {
      Accept: '*/*',
    });
    const bearer = [['Authorization', 'Bearer x']] as const;
    assert.deepEqual(asJson(restEvent(aContext({ request: aRequest({ headers: bearer }) }))).headers, {
      Authorization: 'Bearer x',
    });
  });

  // Recorded on AWS in LocalStack's test_lambda_aws_proxy_integration (July 2024).
  test('has parameters of the query decoded, with all of their values', () => {
    const query = 'price=10&price=20&plus=test+alias%40x&email=test%2Balias%40x&flag&whitespace=foo%20bar';
    const event = asJson(restEvent(aContext({ request: aRequest({ query }) })));
    assert.deepEqual(event.queryStringParameters, {
      price: '20',
      plus: 'test alias@x',
      email: 'test+alias@x',
      flag: '',
      whitespace: 'foo bar',
    });
    assert.deepEqual((event.multiValueQueryStringParameters as Record<string, unknown>).price, ['10', '20']);
  });

  test('has the path as it was sent', () => {
    const path = '/user/test%2Balias@example.com';
    const event = asJson<{ path: string; requestContext: { path: string } }>(
      restEvent(aContext({ request: aRequest({ path }) })),
    );
    assert.equal(event.path, path);
    assert.equal(event.requestContext.path, `/Prod${path}`);
  });

  test('has a body as Base64 where its type is a binary media type', () => {
    const check = (type: string, binaryMediaTypes: readonly string[], expected: boolean) => {
      const request = aRequest({
        method: 'POST',
        headers: [['Content-Type', type]],
        body: Buffer.from('héllo'),
      });
      const event = asJson(restEvent(aContext({ request, binaryMediaTypes })));
      assert.deepEqual(
        [event.isBase64Encoded, event.body],
        [expected, expected ? Buffer.from('héllo').toString('base64') : 'héllo'],
        `${type} of ${binaryMediaTypes}`,
      );
    };
    check('text/plain', [], false);
    check('application/x-www-form-urlencoded', [], false);
    check('image/png', ['image/png'], true);
    check('image/png; charset=x', ['image/*'], true);
    check('application/json', ['*/*'], true);
    check('image/png', ['image/gif', 'application/pdf'], false);
  });

  test('tells what an authorizer has said', () => {
    const authorizer = (grant: Parameters<typeof aContext>[0]) =>
      asJson<{ requestContext: { authorizer?: unknown } }>(restEvent(aContext(grant))).requestContext
        .authorizer;
    assert.deepEqual(
      authorizer({
        grant: {
          kind: 'lambda',
          principalId: 'ann',
          context: { number: 1, flag: true, text: 'x' },
          latencyMs: 12.4,
        },
      }),
      { number: '1', flag: 'true', text: 'x', principalId: 'ann', integrationLatency: 12 },
    );
    assert.deepEqual(authorizer({ grant: { kind: 'cognito', claims: { sub: 'ann' } } }), {
      claims: { sub: 'ann' },
    });
  });

  test('tells who has signed, and which key was sent', () => {
    const caller = { accessKey: 'AKIA1', accountId: '123456789012', userId: 'AIDA1', userArn: 'arn:user' };
    const { identity } = asJson<{ requestContext: { identity: Record<string, unknown> } }>(
      restEvent(
        aContext({
          grant: { kind: 'iam', caller },
          route: aRoute('GET /orders/{orderId}', { apiKeyRequired: true }),
          request: aRequest({
            headers: [
              ['x-api-key', 'secret'],
              ['User-Agent', 'curl'],
            ],
          }),
        }),
      ),
    ).requestContext;
    assert.deepEqual(
      [
        identity.accessKey,
        identity.caller,
        identity.user,
        identity.userArn,
        identity.apiKey,
        identity.userAgent,
      ],
      ['AKIA1', 'AIDA1', 'AIDA1', 'arn:user', 'secret', 'curl'],
    );
    assert.match(String(identity.apiKeyId), /^[0-9a-f]{10}$/);
  });
});

// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
suite('the event of an HTTP API in format 1.0', () => {
  test('has a version, header names in lower case, and the stage in its path', () => {
    const headers = [
      ['X-One', '1'],
      ['X-Many', 'a'],
      ['x-many', 'b'],
      ['Connection', 'close'],
    ] as const;
    const context = aContext({ stage: 'dev', request: aRequest({ headers }) });
    const event = asJson<Record<string, unknown> & { requestContext: Record<string, unknown> }>(
      httpEvent1(context, '/dev/orders/1'),
    );
    assert.equal(event.version, '1.0');
    assert.deepEqual(event.headers, { 'x-one': '1', 'x-many': 'b' });
    assert.deepEqual(event.multiValueHeaders, { 'x-one': ['1'], 'x-many': ['a', 'b'] });
    assert.deepEqual([event.path, event.requestContext.path], ['/dev/orders/1', '/dev/orders/1']);
    assert.deepEqual(
      [event.resource, event.requestContext.resourceId, 'deploymentId' in event.requestContext],
      ['/orders/{orderId}', null, false],
    );
  });

  test('has the claims of a token beside its scopes', () => {
    const grant = { kind: 'jwt', claims: { sub: 'ann' }, scopes: ['read'] } as const;
    const { requestContext } = asJson<{ requestContext: { authorizer: unknown } }>(
      httpEvent1(aContext({ grant }), '/orders/1'),
    );
    assert.deepEqual(requestContext.authorizer, { claims: { sub: 'ann' }, scopes: ['read'] });
  });
});
