import assert from 'node:assert/strict';
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
