import assert from 'node:assert/strict';
import { addressesOf } from '../../../../../src/engine/frontdoors/routing/addresses.ts';
import { doorsOf, refusedTriggers } from '../../../../../src/engine/frontdoors/routing/doors.ts';
import { locate } from '../../../../../src/engine/frontdoors/routing/locate.ts';
import { stageOf, variablesOf } from '../../../../../src/engine/frontdoors/routing/stage.ts';
import { aFunctionUrl, anApi, aRoute } from '../../../../support/frontdoors/samples.ts';

const resources = {
  apis: [
    anApi(),
    anApi({ apiId: 'legacy', name: 'legacy', protocol: 'REST', stages: ['Stage', 'Prod'] }),
    anApi({ apiId: 'chat', name: 'chat', protocol: 'WEBSOCKET' }),
  ],
  routes: [
    aRoute('GET /orders/{orderId}'),
    aRoute('$default'),
    aRoute('ANY /{proxy+}', { apiId: 'legacy', functionName: 'old' }),
    aRoute('$connect', { apiId: 'chat' }),
  ],
  authorizers: [],
  functionUrls: [aFunctionUrl(), aFunctionUrl({ functionName: 'My_Fn', qualifier: 'live' })],
};

suite('the doors of a project', () => {
  const { doors, refused } = doorsOf(resources);

  test('are its APIs and function URLs; a WebSocket API is refused by name', () => {
    assert.deepEqual(
      doors.map(({ kind, id }) => [kind, id]),
      [
        ['httpApi', 'shop'],
        ['restApi', 'legacy'],
        ['functionUrl', 'fn'],
        ['functionUrl', 'my-fn-live'],
      ],
    );
    assert.deepEqual(
      refused.map(({ name }) => name),
      ['chat'],
    );
    assert.match(refused[0]?.reason ?? '', /^UnsupportedByLambdaLens: the WebSocket API chat is not served/);
  });

  test('are none for a load balancer, which is refused by name', () => {
    const { definedAt, stackId, logicalId } = aRoute('GET /');
    const trigger = {
      kind: 'loadBalancer',
      functionName: 'fn',
      label: 'group',
      definedAt,
      stackId,
      logicalId,
    } as const;
    assert.deepEqual(
      refusedTriggers([trigger, { ...trigger, kind: 'sqs' }]).map(({ name }) => name),
      ['group of fn'],
    );
  });

  test('of one name in two stacks have ids and routes of their own', () => {
    const other = { stackId: 'admin/template.yaml' };
    const found = doorsOf({
      ...resources,
      apis: [anApi(), anApi(other)],
      routes: [aRoute('GET /shop'), aRoute('GET /admin', other)],
    }).doors.filter(({ kind }) => kind === 'httpApi');
    assert.deepEqual(
      found.map(door => [door.id, door.kind === 'httpApi' && door.routes.map(({ path }) => path)]),
      [
        ['shop', ['/shop']],
        ['shop-admin-template-yaml', ['/admin']],
      ],
    );
  });

  test('have an address by path and one by host name, with the stage that is meant', () => {
    assert.deepEqual(
      addressesOf(doors, 4000).map(({ label, functionName, url, hostUrl }) => [
        label,
        functionName,
        url,
        hostUrl,
      ]),
      [
        [
          'GET /orders/{orderId}',
          'fn',
          'http://127.0.0.1:4000/execute-api/shop/orders/{orderId}',
          'http://shop.execute-api.localhost:4000/orders/{orderId}',
        ],
        [
          '$default',
          'fn',
          'http://127.0.0.1:4000/execute-api/shop/',
          'http://shop.execute-api.localhost:4000/',
        ],
        [
          'ANY /{proxy+}',
          'old',
          'http://127.0.0.1:4000/execute-api/legacy/Prod/{proxy+}',
          'http://legacy.execute-api.localhost:4000/Prod/{proxy+}',
        ],
        [
          'Function URL',
          'fn',
          'http://127.0.0.1:4000/lambda-url/fn/',
          'http://fn.lambda-url.localhost:4000/',
        ],
        [
          'Function URL',
          'My_Fn',
          'http://127.0.0.1:4000/lambda-url/my-fn-live/',
          'http://my-fn-live.lambda-url.localhost:4000/',
        ],
      ],
    );
  });

  const check = (host: string, path: string, expected: readonly [string, string, string] | string) => {
    const found = locate(doors, host, path);
    assert.deepEqual(typeof found === 'string' ? found : [found.door.id, found.path, found.prefix], expected);
  };

  test('are found by path', () => {
    check('127.0.0.1:4000', '/execute-api/shop/orders/1', ['shop', '/orders/1', '/execute-api/shop']);
    check('127.0.0.1:4000', '/execute-api/SHOP', ['shop', '/', '/execute-api/SHOP']);
    check('tunnel.example', '/lambda-url/fn/a', ['fn', '/a', '/lambda-url/fn']);
    check('127.0.0.1:4000', '/', 'index');
    check('127.0.0.1:4000', '/execute-api/fn/', 'unknown');
    check('127.0.0.1:4000', '/orders', 'unknown');
  });

  test('are found by host name, and then see the whole path', () => {
    check('shop.execute-api.localhost:4000', '/execute-api/shop', ['shop', '/execute-api/shop', '']);
    check('FN.lambda-url.localhost:4000', '/', ['fn', '/', '']);
    check('fn.execute-api.localhost', '/', 'unknown');
  });
});

// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html#http-api-develop-routes.evaluation
suite('the stage of a path', () => {
  const check = (
    stages: readonly string[],
    path: string,
    expected: readonly [string, string] | undefined,
  ) => {
    const found = stageOf({ stages }, path);
    assert.deepEqual(found && [found.stage, found.path], expected);
  };

  test('is its first segment where a stage is called so', () => {
    check(['dev', '$default'], '/dev/orders', ['dev', '/orders']);
    check(['dev'], '/dev', ['dev', '/']);
  });

  test('is $default otherwise, or none', () => {
    check(['dev', '$default'], '/orders', ['$default', '/orders']);
    check(['$default'], '/$default/x', ['$default', '/$default/x']);
    check(['dev'], '/orders', undefined);
  });

  test('has the variables of its own, where stages have variables', () => {
    const stageVariables = { a: 'p', b: 'd' };
    const variablesOfStages = { dev: { a: 'd', b: 'd' }, prod: { a: 'p' } };
    const of = (stage: string) => variablesOf({ stageVariables, variablesOfStages }, stage);
    assert.deepEqual([of('dev'), of('prod'), of('plain')], [{ a: 'd', b: 'd' }, { a: 'p' }, {}]);
    assert.deepEqual(variablesOf({ stageVariables }, 'any'), stageVariables);
  });
});
