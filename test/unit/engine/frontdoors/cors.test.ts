import assert from 'node:assert/strict';
import {
  isPreflight,
  preflightReply,
  restPreflightReply,
  withCors,
} from '../../../../src/engine/frontdoors/cors.ts';
import type { HeaderList } from '../../../../src/engine/frontdoors/gatewayRequest.ts';
import type { CorsDefinition } from '../../../../src/model/versions.ts';

const from = (origin?: string): { headers: HeaderList } => ({
  headers: origin === undefined ? [] : [['Origin', origin]],
});

// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
suite('CORS of HTTP APIs and function URLs', () => {
  const shop: CorsDefinition = {
    allowOrigins: ['https://shop.example', 'http://*'],
    allowMethods: ['GET', 'POST'],
    allowHeaders: ['authorization'],
    exposeHeaders: ['x-total'],
    maxAgeSeconds: 300,
    allowCredentials: true,
  };

  test('a preflight names its origin and the method that it asks for', () => {
    const check = (method: string, headers: HeaderList, expected: boolean) =>
      assert.equal(isPreflight({ method, headers }), expected);
    check(
      'OPTIONS',
      [
        ['Origin', 'x'],
        ['Access-Control-Request-Method', 'PUT'],
      ],
      true,
    );
    check('OPTIONS', [['Origin', 'x']], false);
    check(
      'GET',
      [
        ['Origin', 'x'],
        ['Access-Control-Request-Method', 'PUT'],
      ],
      false,
    );
  });

  test('a preflight of an allowed origin is told everything', () => {
    assert.deepEqual(preflightReply(shop, from('https://shop.example'), 204), {
      status: 204,
      headers: [
        ['access-control-allow-origin', 'https://shop.example'],
        ['access-control-allow-credentials', 'true'],
        ['access-control-allow-methods', 'GET,POST'],
        ['access-control-allow-headers', 'authorization'],
        ['access-control-max-age', '300'],
      ],
      body: '',
    });
    assert.equal(preflightReply(shop, from('http://localhost:3000'), 204).headers.length, 5);
  });

  test('another origin is told nothing', () => {
    assert.deepEqual(preflightReply(shop, from('https://evil.example'), 200), {
      status: 200,
      headers: [],
      body: '',
    });
  });

  test('a star stays a star, but not with credentials', () => {
    const origin = (cors: CorsDefinition) =>
      preflightReply(cors, from('https://a.example'), 204).headers[0]?.[1];
    assert.equal(origin({ allowOrigins: ['*'] }), '*');
    assert.equal(origin({ allowOrigins: ['*'], allowCredentials: true }), 'https://a.example');
  });

  test('what the function says of it does not count', () => {
    const reply = {
      status: 200,
      headers: [
        ['Access-Control-Allow-Origin', '*'],
        ['x-total', '3'],
      ] as const,
      body: '',
    };
    assert.deepEqual(withCors(reply, shop, from('https://shop.example')).headers, [
      ['x-total', '3'],
      ['access-control-allow-origin', 'https://shop.example'],
      ['access-control-allow-credentials', 'true'],
      ['access-control-expose-headers', 'x-total'],
    ]);
    assert.deepEqual(withCors(reply, shop, from('https://evil.example')).headers, [['x-total', '3']]);
    assert.deepEqual(withCors(reply, shop, from()).headers, [['x-total', '3']]);
  });
});

// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-api-corsconfiguration.html
suite('CORS of REST APIs', () => {
  test('OPTIONS says what the template says, and the methods that there are', () => {
    assert.deepEqual(restPreflightReply({ allowOrigins: ['https://shop.example'] }, ['POST', 'GET']), {
      status: 200,
      headers: [
        ['Content-Type', 'application/json'],
        ['Access-Control-Allow-Origin', 'https://shop.example'],
        ['Access-Control-Allow-Methods', 'GET,OPTIONS,POST'],
      ],
      body: '{}\n',
    });
  });

  test('ANY stands for every method', () => {
    const { headers } = restPreflightReply({ maxAgeSeconds: 60, allowHeaders: ['a', 'b'] }, ['ANY']);
    assert.deepEqual(headers.slice(1), [
      ['Access-Control-Allow-Origin', '*'],
      ['Access-Control-Allow-Methods', 'DELETE,GET,HEAD,OPTIONS,PATCH,POST,PUT'],
      ['Access-Control-Allow-Headers', 'a,b'],
      ['Access-Control-Max-Age', '60'],
    ]);
  });
});
