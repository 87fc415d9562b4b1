import assert from 'node:assert/strict';
import { accessLine } from '../../../../src/engine/frontdoors/accessLog.ts';
import { withPrefix } from '../../../../src/engine/frontdoors/prefixed.ts';

suite('an API behind a path', () => {
  const check = (name: string, value: string, expected: string) =>
    assert.deepEqual(
      withPrefix({ status: 200, headers: [[name, value]], body: '' }, '/execute-api/shop').headers,
      [[name, expected]],
    );

  test('sends redirects to paths of its own', () => {
    check('Location', '/login?next=/', '/execute-api/shop/login?next=/');
    check('location', 'https://elsewhere.example/', 'https://elsewhere.example/');
    check('location', '//elsewhere.example/', '//elsewhere.example/');
    check('location', 'relative', 'relative');
  });

  test('has cookies of its own', () => {
    check('Set-Cookie', 'a=1; Path=/; HttpOnly', 'a=1; Path=/execute-api/shop; HttpOnly');
    check('set-cookie', 'a=1;path=/cart', 'a=1;path=/execute-api/shop/cart');
    check('set-cookie', 'a=1', 'a=1');
  });
});

// https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html#apigateway-cloudwatch-log-formats
test('a line of the access log is in the Common Log Format', () => {
  const entry = {
    sourceIp: '127.0.0.1',
    receivedAt: Date.parse('2020-03-12T19:03:58Z'),
    method: 'GET',
    resourcePath: '/orders/{orderId}',
    protocol: 'HTTP/1.1',
    status: 200,
    responseLength: 12,
    requestId: 'id',
  };
  assert.equal(
    accessLine(entry),
    '127.0.0.1 - - [12/Mar/2020:19:03:58 +0000] "GET /orders/{orderId} HTTP/1.1" 200 12 id',
  );
  assert.match(accessLine({ ...entry, caller: 'ann' }), /^127\.0\.0\.1 ann ann \[/);
  assert.equal(accessLine({ ...entry, caller: 'a\nb', resourcePath: '/\r\nx' }).includes('\n'), false);
});
