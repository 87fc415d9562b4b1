import assert from 'node:assert/strict';
import type { GatewayReply } from '../../../../../src/engine/frontdoors/gatewayRequest.ts';
import type {
  FunctionAnswer,
  ReadAnswer,
} from '../../../../../src/engine/frontdoors/responses/functionAnswer.ts';
import { httpReply } from '../../../../../src/engine/frontdoors/responses/httpReply.ts';
import { restReply } from '../../../../../src/engine/frontdoors/responses/restReply.ts';
import { urlReply } from '../../../../../src/engine/frontdoors/responses/urlReply.ts';

type Read = (answer: FunctionAnswer) => ReadAnswer;
const rest: Read = answer => restReply(answer, { binaryMediaTypes: [], accept: '*/*' });
const http1: Read = answer => httpReply(answer, '1.0');
const http2: Read = answer => httpReply(answer, '2.0');
const url: Read = answer => urlReply(answer);

const returned = (value: unknown): FunctionAnswer => ({
  kind: 'payload',
  payload: Buffer.from(JSON.stringify(value)),
});
const text = ({ body }: GatewayReply) => (typeof body === 'string' ? body : Buffer.from(body).toString());
const header = ({ headers }: GatewayReply, name: string) =>
  headers.filter(([given]) => given.toLowerCase() === name).map(([, value]) => value);

const check = (read: Read, value: unknown, status: number, body?: string, type?: string) => {
  const { reply, problem } = read(returned(value));
  assert.equal(reply.status, status, JSON.stringify(value));
  if (body !== undefined) assert.equal(text(reply), body);
  if (type !== undefined) assert.deepEqual(header(reply, 'content-type'), type === '' ? [] : [type]);
  assert.equal(problem !== undefined, status >= 500, problem);
};

// https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
// and AWS's answers recorded in LocalStack's test_aws_proxy_response_payload_format_validation.
suite('the response of a REST API', () => {
  const malformed = '{"message":"Internal server error"}';

  test('is what the function says, as JSON where it says no type', () => {
    check(rest, { statusCode: 200 }, 200, '', 'application/json');
    check(rest, { statusCode: '201', body: 'x' }, 201, 'x');
    check(rest, { statusCode: 200, headers: null, body: null }, 200, '');
    check(
      rest,
      { statusCode: 200, headers: { 'content-type': 'text/html' }, body: '<p>' },
      200,
      '<p>',
      'text/html',
    );
  });

  test('has values of headers as text', () => {
    const { reply } = rest(returned({ statusCode: 200, headers: { 'x-bool': true, 'x-number': 1 } }));
    assert.deepEqual([header(reply, 'x-bool'), header(reply, 'x-number')], [['true'], ['1']]);
  });

  test('has the values of both kinds of headers, whatever their case', () => {
    const { reply } = rest(
      returned({
        statusCode: 200,
        multiValueHeaders: { 'tesT-Multi': ['value-multi'], 'set-cookie': ['a=1', 'b=2'] },
        headers: { 'test-multi': 'value-solo' },
      }),
    );
    assert.deepEqual(header(reply, 'test-multi'), ['value-multi', 'value-solo']);
    assert.deepEqual(header(reply, 'set-cookie'), ['a=1', 'b=2']);
  });

  test('is 502 for whatever is malformed', () => {
    for (const value of [
      { statusCode: 200, wrongValue: 'value' },
      {},
      { body: 'x' },
      { statusCode: 'test' },
      { statusCode: 20 },
      'justAString',
      null,
      [1],
      { statusCode: 200, body: { an: 'object' } },
      { statusCode: 200, headers: { 'x-list': ['a'] } },
      { statusCode: 200, multiValueHeaders: { 'test-multi-invalid': 'value1' } },
    ]) {
      check(rest, value, 502, malformed, 'application/json');
    }
  });

  test('says in the log what is malformed', () => {
    assert.match(
      rest(returned({ statusCode: 200, body: {} })).problem ?? '',
      /its body is an object, not a text/,
    );
    assert.match(rest(returned({ message: 'x' })).problem ?? '', /the function's response has message/);
  });

  test('is what API Gateway says where the function says nothing', () => {
    const reply = (answer: FunctionAnswer) => {
      const { reply } = rest(answer);
      return [reply.status, text(reply)];
    };
    assert.deepEqual(reply({ kind: 'functionError', payload: Buffer.from('{}') }), [502, malformed]);
    assert.deepEqual(reply({ kind: 'timedOut', afterMs: 29_000 }), [
      504,
      '{"message":"Endpoint request timed out"}',
    ]);
    assert.deepEqual(reply({ kind: 'throttled' }), [429, '{"message":"Too Many Requests"}']);
    assert.deepEqual(reply({ kind: 'rejected', message: 'x' }), [500, malformed]);
    assert.deepEqual(reply({ kind: 'tooLarge' }), [413, '{"message":"Request Too Long"}']);
  });

  test('is bytes where the client takes the first of its types as one of the binary media types', () => {
    const answer = returned({
      statusCode: 200,
      headers: { 'content-type': 'image/png' },
      body: Buffer.from('png').toString('base64'),
      isBase64Encoded: true,
    });
    const body = (binaryMediaTypes: readonly string[], accept?: string) =>
      text(restReply(answer, { binaryMediaTypes, accept }).reply);
    assert.equal(body(['image/png'], 'image/png,*/*'), 'png');
    assert.equal(body(['image/png'], '*/*'), 'cG5n');
    assert.equal(body(['*/*'], 'text/html'), 'png');
    assert.equal(body(['image/png']), 'png');
    assert.equal(body([], 'image/png'), 'cG5n');
  });

  // https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
  test('has some headers under another name, and none of the connection', () => {
    const { reply } = rest(
      returned({
        statusCode: 401,
        headers: {
          'WWW-Authenticate': 'Basic',
          Server: 'x',
          Date: 'y',
          'transfer-encoding': 'chunked',
          via: 'z',
        },
      }),
    );
    assert.deepEqual(
      reply.headers.map(([name]) => name),
      [
        'x-amzn-Remapped-WWW-Authenticate',
        'x-amzn-Remapped-Server',
        'x-amzn-Remapped-Date',
        'x-amzn-Remapped-via',
        'Content-Type',
      ],
    );
  });
});

const internal = '{"message":"Internal Server Error"}';

// AWS's answers to LocalStack's test_aws_proxy_response_payload_format_validation_v1.
suite('the response of an HTTP API in format 1.0', () => {
  test('needs a status code, and ignores what it does not know', () => {
    check(http1, { statusCode: 200 }, 200, '');
    check(http1, { statusCode: 200, wrongValue: 'value' }, 200);
    check(http1, { statusCode: '201' }, 201);
    for (const value of [
      {},
      'justAString',
      { headers: { 'test-header': 'value' } },
      { statusCode: 'test' },
      { statusCode: 200, multiValueHeaders: { a: 'b' } },
    ]) {
      check(http1, value, 500, internal);
    }
  });

  test('turns Base64 into bytes', () => {
    check(http1, { statusCode: 200, body: 'dGVzdC1kYXRh', isBase64Encoded: true }, 200, 'test-data');
    check(http1, { statusCode: 200, body: 'dGVzdC1kYXRh' }, 200, 'dGVzdC1kYXRh');
  });
});

// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
// and AWS's answers to LocalStack's test_aws_proxy_response_payload_format_validation_v2.
suite('the response of an HTTP API in format 2.0', () => {
  test('is what the function returns where that has no status code', () => {
    check(http2, 'Hello from Lambda!', 200, 'Hello from Lambda!', 'application/json');
    check(http2, { message: 'Hello' }, 200, '{"message":"Hello"}', 'application/json');
    check(http2, {}, 200, '{}');
    check(http2, null, 200, 'null');
    check(http2, [1, 2], 200, '[1,2]');
    check(http2, 3, 200, '3');
    check(http2, { headers: { 'test-header': 'value' } }, 200, '{"headers":{"test-header":"value"}}');
  });

  test('is what it says where it has one', () => {
    check(http2, { statusCode: 200 }, 200, '', '');
    check(http2, { statusCode: 200, body: 'x' }, 200, 'x', 'text/plain;charset=UTF-8');
    check(http2, { statusCode: '201', wrongValue: 1 }, 201);
    check(http2, { statusCode: 404, body: 'eA==', isBase64Encoded: true }, 404, 'x');
  });

  test('has a header for each cookie', () => {
    const { reply } = http2(
      returned({
        statusCode: 200,
        cookies: ['a=1', 'b=2'],
        headers: { 'Set-Cookie': 'c=3', connection: 'close' },
      }),
    );
    assert.deepEqual(header(reply, 'set-cookie'), ['a=1', 'b=2', 'c=3']);
    assert.deepEqual(header(reply, 'connection'), []);
  });

  test('is 500 for what is malformed, and for what looks like an error', () => {
    for (const value of [
      { statusCode: 200, cookies: { a: 'b' } },
      { statusCode: 'test' },
      { statusCode: 200, body: { an: 'object' } },
      { errorMessage: 'test fake error message' },
    ]) {
      check(http2, value, 500, internal, 'application/json');
    }
    assert.equal(http2({ kind: 'payload', payload: Buffer.from('') }).reply.status, 500);
  });

  test('is what API Gateway says where the function says nothing', () => {
    const reply = (answer: FunctionAnswer) => {
      const { reply } = http2(answer);
      return [reply.status, text(reply)];
    };
    assert.deepEqual(reply({ kind: 'functionError', payload: Buffer.from('{}') }), [500, internal]);
    assert.deepEqual(reply({ kind: 'timedOut', afterMs: 30_000 }), [
      503,
      '{"message":"Service Unavailable"}',
    ]);
    assert.deepEqual(reply({ kind: 'throttled' }), [429, '{"message":"Too Many Requests"}']);
  });
});

// https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-response-payload
suite('the response of a function URL', () => {
  test('is inferred as that of an HTTP API, always as JSON', () => {
    check(url, ['a'], 200, '["a"]', 'application/json');
    check(url, 3, 200, '3', 'application/json');
    check(url, true, 200, 'true', 'application/json');
    check(url, 'text', 200, 'text', 'application/json');
    check(url, { errorMessage: 'x' }, 200, '{"errorMessage":"x"}');
  });

  test('is 502 in plain text where the function fails or its response is malformed', () => {
    const failed = url({ kind: 'functionError', payload: Buffer.from('{"errorType":"TypeError"}') });
    assert.deepEqual(failed.reply, {
      status: 502,
      headers: [['content-type', 'text/plain']],
      body: 'Internal Server Error',
    });
    assert.equal(failed.problem, 'the function failed with TypeError');
    check(url, { statusCode: 'test' }, 502, 'Internal Server Error', 'text/plain');
  });

  test('passes throttling on', () => {
    assert.equal(url({ kind: 'throttled' }).reply.status, 429);
  });
});
