import assert from 'node:assert/strict';
import { type AccessEntry, accessLines } from '../../../../src/engine/frontdoors/accessLog.ts';

const accessLine = (entry: AccessEntry, format?: string) => accessLines(format)(entry);

const entry: AccessEntry = {
  sourceIp: '127.0.0.1',
  receivedAt: Date.parse('2020-03-12T19:03:58Z'),
  durationMs: 12.4,
  method: 'GET',
  path: '/v1/orders/7',
  resourcePath: '/orders/{orderId}',
  protocol: 'HTTP/1.1',
  status: 200,
  responseLength: 12,
  requestId: 'id',
  accountId: '123456789012',
};

// https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html#apigateway-cloudwatch-log-formats
suite('a line of the access log', () => {
  test('is in the Common Log Format where the template says nothing', () => {
    assert.equal(
      accessLine(entry),
      '127.0.0.1 - - [12/Mar/2020:19:03:58 +0000] "GET /orders/{orderId} HTTP/1.1" 200 12 id',
    );
    assert.match(accessLine({ ...entry, caller: 'ann' }), /^127\.0\.0\.1 ann ann \[/);
  });

  test('stays one line whatever it tells', () => {
    const given = { ...entry, caller: 'a\nb', resourcePath: '/\r\nx' };
    assert.equal(accessLine(given).includes('\n'), false);
    assert.equal(accessLine(given, '$context.identity.caller\n$context.status').includes('\n'), false);
  });

  const formats: readonly (readonly [string, Partial<AccessEntry>, string])[] = [
    [
      '{"requestId":"$context.requestId","status":$context.status,"ms":$context.responseLatency}',
      {},
      '{"requestId":"id","status":200,"ms":12}',
    ],
    ['$context.routeKey', {}, 'GET /orders/{orderId}'],
    ['$context.routeKey', { resourcePath: '$default' }, '$default'],
    ['$context.path.', {}, '/v1/orders/7.'],
    ['$context.stage $context.apiId', { stage: 'v1', apiId: 'shop' }, 'v1 shop'],
    ['$context.domainPrefix', { domainName: 'shop.execute-api.localhost' }, 'shop'],
    ['$context.requestTimeEpoch', {}, '1584039838000'],
    ['$context.identity.userAgent', { userAgent: 'curl/8' }, 'curl/8'],
    ['$context.error.messageString', { problem: 'it "failed"' }, '"it \\"failed\\""'],
    ['$context.integration.requestId', { invocationId: 'i-1' }, 'i-1'],
    ['$context.stage $context.nothing $context.constructor $else', {}, '- - - $else'],
  ];
  for (const [format, more, expected] of formats) {
    test(`in the format ${format} is ${expected}`, () =>
      assert.equal(accessLine({ ...entry, ...more }, format), expected));
  }
});
