import assert from 'node:assert/strict';
import {
  type AuthorizePorts,
  authorize,
  type RouteQuestion,
} from '../../../../../src/engine/frontdoors/authorizers/authorize.ts';
import { AuthorizerCache } from '../../../../../src/engine/frontdoors/authorizers/authorizerCache.ts';
import type { HeaderList } from '../../../../../src/engine/frontdoors/gatewayRequest.ts';
import type { FunctionAnswer } from '../../../../../src/engine/frontdoors/responses/functionAnswer.ts';
import type { AuthorizerDefinition } from '../../../../../src/model/http.ts';
import { createFakeClock } from '../../../../support/fakeClock.ts';
import { aContext, anAuthorizer, aRequest, aRoute, asJson } from '../../../../support/frontdoors/samples.ts';

interface Case {
  readonly api?: 'restApi' | 'httpApi';
  readonly authorizer?: Partial<AuthorizerDefinition>;
  readonly headers?: HeaderList;
  readonly answer?: unknown;
  readonly failure?: FunctionAnswer;
}

/** A guard of one route, and what it was asked. */
function guard({ api = 'restApi', authorizer = {}, answer, failure }: Case) {
  const clock = createFakeClock();
  const asked: Record<string, unknown>[] = [];
  const ports: AuthorizePorts = {
    clock,
    cache: new AuthorizerCache(clock),
    keySet: async () => undefined,
    signer: () => ({ problem: 'unsigned', isUnsigned: true }),
    invoke: async (_target, event) => {
      asked.push(asJson(event));
      return failure ?? { kind: 'payload', payload: Buffer.from(JSON.stringify(answer) ?? '') };
    },
  };
  const request = (headers: HeaderList = [['Authorization', 'secret']], path = '/orders/1') => {
    const question: RouteQuestion = {
      api,
      authorizers: [anAuthorizer(authorizer)],
      routeKey: 'GET /orders/{orderId}',
      path,
      context: aContext({
        route: aRoute('GET /orders/{orderId}', {
          authorization: { kind: 'authorizer', name: 'guard', scopes: [] },
        }),
        request: aRequest({ headers, path }),
      }),
    };
    return authorize(question, ports);
  };
  return { request, asked, clock };
}

async function check(given: Case, expected: 'granted' | readonly [number, string]): Promise<void> {
  const verdict = await guard(given).request(given.headers);
  assert.deepEqual(
    verdict.kind === 'granted' ? 'granted' : [verdict.reply.status, verdict.reply.body],
    expected,
    verdict.kind === 'denied' ? verdict.problem : '',
  );
}

const policy = (Effect: string, Resource: string, more: object = {}) => ({
  principalId: 'ann',
  policyDocument: {
    Version: '2012-10-17',
    Statement: [{ Action: 'execute-api:Invoke', Effect, Resource, ...more }],
  },
  context: { tenant: 'a', level: 3 },
});
const ownArn = 'arn:aws:execute-api:us-east-1:123456789012:shop/Prod/GET/orders/1';

// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html
suite('a Lambda authorizer of a REST API', () => {
  test('lets through what its policy allows', async () => {
    await check({ answer: policy('Allow', ownArn) }, 'granted');
    await check({ answer: policy('Allow', '*') }, 'granted');
    await check({ answer: policy('allow', '*') }, [403, denied]);
    await check({ answer: policy('Allow', 'arn:aws:execute-api:*:*:shop/Prod/GET/orders/?') }, 'granted');
    const two = policy('Allow', '*').policyDocument.Statement;
    await check(
      {
        answer: {
          principalId: 'a',
          policyDocument: { Statement: [...two, ...policy('Deny', ownArn).policyDocument.Statement] },
        },
      },
      [403, explicitlyDenied],
    );
  });

  const denied = '{"Message":"User is not authorized to access this resource"}';
  const explicitlyDenied =
    '{"Message":"User is not authorized to access this resource with an explicit deny"}';

  test('keeps away what its policy denies or does not speak of', async () => {
    await check({ answer: policy('Deny', '*') }, [403, explicitlyDenied]);
    await check({ answer: policy('Allow', ownArn.replace('GET', 'POST')) }, [403, denied]);
    const elsewhere = { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } };
    await check({ answer: policy('Allow', '*', { Condition: elsewhere }) }, [403, denied]);
    const unknown = { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } };
    await check({ answer: policy('Allow', '*', { Condition: unknown }) }, [403, denied]);
    await check({ answer: policy('Deny', '*', { Condition: unknown }) }, [403, explicitlyDenied]);
    await check({ answer: policy('Allow', '*', { Action: 'lambda:*' }) }, [403, denied]);
  });

  test('that fails, or cannot be understood, is an error of the configuration', async () => {
    for (const answer of [
      null,
      'x',
      {},
      { principalId: 'ann' },
      { ...policy('Allow', '*'), principalId: undefined },
      { ...policy('Allow', '*'), context: { nested: {} } },
    ]) {
      await check({ answer }, [500, '{"message":null}']);
    }
    await check({ failure: { kind: 'functionError', payload: Buffer.from('{"errorMessage":"x"}') } }, [
      500,
      '{"message":null}',
    ]);
  });

  test('that throws "Unauthorized" says so', async () => {
    const payload = Buffer.from('{"errorType":"Error","errorMessage":"Unauthorized"}');
    await check({ failure: { kind: 'functionError', payload } }, [401, '{"message":"Unauthorized"}']);
  });

  test('is not asked where what identifies the caller is missing', async () => {
    const sources = ['method.request.header.X-Key', 'method.request.querystring.who'];
    const given = guard({ authorizer: { identitySources: sources } });
    const verdict = await given.request([['x-key', '1']]);
    assert.equal(verdict.kind === 'denied' && verdict.reply.status, 401);
    assert.deepEqual(given.asked, []);
  });

  // https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-input.html
  test('of the kind TOKEN gets the token and the method', async () => {
    const { request, asked } = guard({ authorizer: { kind: 'token' }, answer: policy('Allow', '*') });
    await request();
    assert.deepEqual(asked, [{ type: 'TOKEN', methodArn: ownArn, authorizationToken: 'secret' }]);
  });

  test('of the kind TOKEN is not asked about a token that does not match', async () => {
    const given = guard({ authorizer: { kind: 'token', identityValidation: '[0-9]+' } });
    const verdict = await given.request();
    assert.equal(verdict.kind === 'denied' && verdict.reply.status, 401);
    assert.deepEqual(given.asked, []);
  });

  test('of the kind REQUEST gets the request without its body', async () => {
    const { request, asked } = guard({ answer: policy('Allow', '*') });
    await request();
    const event = asked[0] ?? {};
    assert.deepEqual(
      [event.type, event.methodArn, event.resource, event.path, event.httpMethod],
      ['REQUEST', ownArn, '/orders/{orderId}', '/orders/1', 'GET'],
    );
    assert.deepEqual([event.pathParameters, event.queryStringParameters], [{ orderId: '1' }, {}]);
    assert.deepEqual(['body' in event, 'isBase64Encoded' in event], [false, false]);
  });

  test('hands its context on', async () => {
    const verdict = await guard({ answer: policy('Allow', '*') }).request();
    assert.deepEqual(verdict, {
      kind: 'granted',
      grant: { kind: 'lambda', principalId: 'ann', context: { tenant: 'a', level: 3 }, latencyMs: 0 },
    });
  });

  test('is asked again only after its answer has expired, and for another caller', async () => {
    const authorizer = { kind: 'token', cacheSeconds: 60 } as const;
    const { request, asked, clock } = guard({ authorizer, answer: policy('Allow', ownArn) });
    await request();
    assert.equal((await request()).kind, 'granted');
    assert.equal(asked.length, 1);
    // The remembered policy is read for each method anew.
    assert.equal((await request(undefined, '/orders/2')).kind, 'denied');
    assert.equal(asked.length, 1);
    await request([['authorization', 'other']]);
    assert.equal(asked.length, 2);
    clock.pass(60_000);
    await request();
    assert.equal(asked.length, 3);
  });

  test('without identity sources is asked every time', async () => {
    const { request, asked } = guard({ answer: policy('Allow', '*') });
    await request();
    await request();
    assert.equal(asked.length, 2);
  });
});

// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html
suite('a Lambda authorizer of an HTTP API', () => {
  const simple = { simpleResponses: true, payloadFormat: '2.0' } as const;
  const forbidden = [403, '{"message":"Forbidden"}'] as const;
  const failure = [500, '{"message":"Internal Server Error"}'] as const;

  test('says yes or no', async () => {
    await check({ api: 'httpApi', authorizer: simple, answer: { isAuthorized: true } }, 'granted');
    await check({ api: 'httpApi', authorizer: simple, answer: { isAuthorized: false } }, forbidden);
    await check({ api: 'httpApi', authorizer: simple, answer: { isAuthorized: 'yes' } }, failure);
    await check({ api: 'httpApi', authorizer: simple, answer: policy('Allow', '*') }, failure);
  });

  test('answers a policy where simple responses are not enabled', async () => {
    const context = { list: [1], map: { a: 'b' } };
    await check({ api: 'httpApi', answer: { ...policy('Allow', ownArn), context } }, 'granted');
    await check({ api: 'httpApi', answer: policy('Deny', '*') }, forbidden);
    await check({ api: 'httpApi', answer: { isAuthorized: true } }, failure);
  });

  test('answers errorMessage "Unauthorized" for 401', async () => {
    const unauthorized = [401, '{"message":"Unauthorized"}'] as const;
    await check({ api: 'httpApi', answer: { errorMessage: 'Unauthorized' } }, unauthorized);
    const sources = { identitySources: ['$request.header.Authorization'] };
    await check({ api: 'httpApi', authorizer: sources, headers: [] }, unauthorized);
  });

  test('gets format 2.0 with its identity sources', async () => {
    const identitySources = ['$request.header.Authorization', '$context.routeKey'];
    const authorizer = { ...simple, identitySources };
    const { request, asked } = guard({ api: 'httpApi', authorizer, answer: { isAuthorized: true } });
    await request();
    const event = asked[0] ?? {};
    assert.deepEqual(
      [event.version, event.type, event.routeArn, event.identitySource, event.rawPath, event.routeKey],
      ['2.0', 'REQUEST', ownArn, ['secret', 'GET /orders/{orderId}'], '/orders/1', 'GET /orders/{orderId}'],
    );
    assert.equal('isBase64Encoded' in event, false);
  });

  test('gets format 1.0 where it says so', async () => {
    const authorizer = { payloadFormat: '1.0', identitySources: ['$request.header.Authorization'] } as const;
    const { request, asked } = guard({ api: 'httpApi', authorizer, answer: policy('Allow', '*') });
    await request();
    const event = asked[0] ?? {};
    assert.deepEqual(
      [event.version, event.type, event.methodArn, event.identitySource, event.authorizationToken],
      ['1.0', 'REQUEST', ownArn, 'secret', 'secret'],
    );
  });

  test('is asked every time unless it says how long its answers count', async () => {
    const identitySources = ['$request.header.Authorization'];
    const { request, asked } = guard({
      api: 'httpApi',
      authorizer: { ...simple, identitySources },
      answer: { isAuthorized: true },
    });
    await request();
    await request();
    assert.equal(asked.length, 2);
  });
});
