import assert from 'node:assert/strict';
import { createRestRouter } from '../../../../../src/engine/frontdoors/routing/restRouting.ts';
import { aRoute } from '../../../../support/frontdoors/samples.ts';

// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-settings-method-request.html
suite('routing of REST APIs', () => {
  const match = createRestRouter(
    [
      'GET /',
      'GET /pets',
      'ANY /pets',
      'GET /pets/{petId}',
      'GET /pets/dog',
      'ANY /{proxy+}',
      'GET /files/{path+}',
      'GET /pets/{petId}/owners/{ownerId}',
    ].map(key => aRoute(key)),
  );

  const check = (request: string, expected: string, parameters: Readonly<Record<string, string>> = {}) => {
    const [method = '', path = ''] = request.split(' ');
    const found = match(method, path);
    assert.equal(
      found.kind === 'method' ? `${found.route.method} ${found.route.path}` : found.kind,
      expected,
      request,
    );
    if (found.kind === 'method') assert.deepEqual({ ...found.pathParameters }, parameters);
  };

  test('a path leads to its resource, and a method goes before ANY', () => {
    check('GET /', 'GET /');
    check('GET /pets', 'GET /pets');
    check('POST /pets', 'ANY /pets');
  });

  test('literals go before parameters, and those before the greedy rest', () => {
    check('GET /pets/dog', 'GET /pets/dog');
    check('GET /pets/7', 'GET /pets/{petId}', { petId: '7' });
    check('GET /pets/7/owners/9', 'GET /pets/{petId}/owners/{ownerId}', { petId: '7', ownerId: '9' });
    check('GET /files/a/b.txt', 'GET /files/{path+}', { path: 'a/b.txt' });
    check('DELETE /anything/else', 'ANY /{proxy+}', { proxy: 'anything/else' });
  });

  test('a resource without the method is not passed over for a greedier one', () => {
    check('DELETE /pets/7', 'noMethod');
    check('POST /', 'noMethod');
  });

  test('a trailing slash makes no difference, and is no part of a greedy parameter', () => {
    check('GET /pets/', 'GET /pets');
    check('GET /files/a/', 'GET /files/{path+}', { path: 'a' });
  });

  test('path parameters are decoded, and an encoded slash divides nothing', () => {
    check('GET /pets/a%20b%2Fc', 'GET /pets/{petId}', { petId: 'a b/c' });
    check('PUT /user/test%2Balias@example.com', 'ANY /{proxy+}', { proxy: 'user/test+alias@example.com' });
  });

  test('without a greedy resource a path may lead nowhere', () => {
    assert.equal(createRestRouter([aRoute('GET /a')])('GET', '/b').kind, 'noResource');
  });
});
