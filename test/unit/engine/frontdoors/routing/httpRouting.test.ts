import assert from 'node:assert/strict';
import { createHttpRouter, routeKeyOf } from '../../../../../src/engine/frontdoors/routing/httpRouting.ts';
import { aRoute } from '../../../../support/frontdoors/samples.ts';

// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
suite('routing of HTTP APIs', () => {
  const documented = [
    '$default',
    'ANY /{proxy+}',
    'GET /pets/{proxy+}',
    'GET /pets/dog/{id}',
    'GET /pets/dog/1',
  ];
  const check = (
    routes: readonly string[],
    request: string,
    expected: string | undefined,
    parameters = {},
  ) => {
    const [method = '', path = ''] = request.split(' ');
    const found = createHttpRouter(routes.map(key => aRoute(key)))(method, path);
    assert.equal(found && routeKeyOf(found.route), expected, request);
    if (found) assert.deepEqual({ ...found.pathParameters }, parameters);
  };

  test('the documented priorities hold', () => {
    check(documented, 'GET /pets/dog/1', 'GET /pets/dog/1');
    check(documented, 'GET /pets/dog/2', 'GET /pets/dog/{id}', { id: '2' });
    check(documented, 'GET /pets/cat/1', 'GET /pets/{proxy+}', { proxy: 'cat/1' });
    check(documented, 'POST /test/5', 'ANY /{proxy+}', { proxy: 'test/5' });
  });

  test('$default catches the rest', () => {
    check(documented, 'GET /', '$default');
    check(['GET /a', '$default'], 'POST /a', '$default');
  });

  test('a greedy ANY takes a method that the full match does not have', () => {
    check(['GET /a', 'ANY /{proxy+}'], 'POST /a', 'ANY /{proxy+}', { proxy: 'a' });
  });

  test('a method goes before ANY on one path', () => {
    check(['ANY /a', 'GET /a'], 'GET /a', 'GET /a');
    check(['ANY /a', 'GET /a'], 'PUT /a', 'ANY /a');
  });

  test('a trailing slash makes another path, and the root is none of a greedy variable', () => {
    check(['GET /a'], 'GET /a/', undefined);
    check(['ANY /{proxy+}'], 'GET /', undefined);
    check(['ANY /', 'ANY /{proxy+}'], 'GET /', 'ANY /');
  });

  test('what was decoded once is not decoded again', () => {
    check(['GET /a/{id}'], 'GET /a/100%', 'GET /a/{id}', { id: '100%' });
    check(['GET /a/{id}'], 'GET /a/%2541', 'GET /a/{id}', { id: '%2541' });
  });
});
