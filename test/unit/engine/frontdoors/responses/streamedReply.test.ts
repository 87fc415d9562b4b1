import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { StreamEnd } from '../../../../../src/engine/frontdoors/gatewayRequest.ts';
import { restStream } from '../../../../../src/engine/frontdoors/responses/restReply.ts';
import { streamedReply } from '../../../../../src/engine/frontdoors/responses/streamedReply.ts';
import { urlStream } from '../../../../../src/engine/frontdoors/responses/urlReply.ts';

const http = 'application/vnd.awslambda.http-integration-response';
const zeros = '\0'.repeat(8);

/** What comes of a response of that type that is written in these pieces. */
async function replyTo(
  contentType: string,
  pieces: readonly string[],
  end: Partial<StreamEnd> = {},
  rules = urlStream,
) {
  const readable = new PassThrough();
  const ended = Promise.resolve({ byteLength: 0, ...end });
  const read = streamedReply({ requestId: 'r-1', contentType, body: { readable, ended } }, rules);
  for (const piece of pieces) {
    readable.write(piece);
    await new Promise(resolve => setImmediate(resolve));
  }
  readable.end();
  const { reply, problem } = await read;
  const { status, headers, stream } = reply;
  return { status, headers, problem, body: stream ? await text(stream.readable) : reply.body };
}

// https://docs.aws.amazon.com/lambda/latest/dg/configuration-response-streaming.html
suite('the response of a function URL that streams', () => {
  test('is its bytes, of the type that the runtime says', async () => {
    assert.deepEqual(await replyTo('text/event-stream', ['data: 1\n\n', `x${zeros}y`]), {
      status: 200,
      headers: [['content-type', 'text/event-stream']],
      problem: undefined,
      body: `data: 1\n\nx${zeros}y`,
    });
  });

  const head = '{"statusCode":418,"headers":{"content-type":"text/html"},"cookies":["a=1"]}';
  const splits: Readonly<Record<string, readonly string[]>> = {
    'in one piece': [`${head}${zeros}<p>\0`],
    'in pieces that end where its parts do': [head, zeros, '<p>\0'],
    'in pieces that end anywhere': [head.slice(0, 9), head.slice(9), '\0\0\0', '\0\0\0\0\0<', 'p>\0'],
  };
  for (const [how, pieces] of Object.entries(splits)) {
    test(`has the head that precedes its body, ${how}`, async () =>
      assert.deepEqual(await replyTo(http, pieces), {
        status: 418,
        headers: [
          ['content-type', 'text/html'],
          ['set-cookie', 'a=1'],
        ],
        problem: undefined,
        body: '<p>\0',
      }));
  }

  test('is 200 and JSON where the head says neither', async () => {
    const { status, headers, body } = await replyTo(http, [`{}${zeros}`, 'x']);
    assert.deepEqual([status, headers, body], [200, [['content-type', 'application/json']], 'x']);
  });

  const failures: Readonly<Record<string, readonly [readonly string[], Partial<StreamEnd>, string]>> = {
    'a head that is no JSON': [
      [`no${zeros}body`],
      {},
      "what precedes the response's eight zero bytes is no JSON object",
    ],
    'a head with a status that is none': [
      [`{"statusCode":"x"}${zeros}body`],
      {},
      'the function\'s response is malformed: its statusCode is the string "x", not a status such as 200',
    ],
    'no zero bytes': [
      ['{"statusCode":200}'],
      {},
      'the response has no eight zero bytes between its head and its body',
    ],
    'a head that is not complete, because the function failed': [
      ['{"statusCode"'],
      { problem: 'the function failed with TypeError' },
      'the function failed with TypeError',
    ],
    'a head without an end': [
      ['x'.repeat(600_000), 'x'.repeat(600_000)],
      {},
      'the response has no eight zero bytes between its head and its body',
    ],
  };
  for (const [what, [pieces, end, expected]] of Object.entries(failures)) {
    test(`is 502 for ${what}`, async () => {
      const { status, body, problem } = await replyTo(http, pieces, end);
      assert.deepEqual([status, body, problem], [502, 'Internal Server Error', expected]);
    });
  }

  test('is that of a function which ended before it wrote', async () => {
    const { reply, problem } = await streamedReply(
      { requestId: 'r-1', answer: { kind: 'throttled' } },
      urlStream,
    );
    assert.deepEqual([reply.status, problem], [429, 'the function was throttled']);
  });
});

// https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode-lambda.html
suite('the response of a REST API that streams', () => {
  const rest = (pieces: readonly string[], contentType = http) =>
    replyTo(contentType, pieces, {}, restStream({ binaryMediaTypes: [], accept: undefined }));

  test('has the head that precedes its body', async () => {
    const given = {
      statusCode: 201,
      headers: { 'content-type': 'text/plain' },
      multiValueHeaders: { 'x-a': ['1', '2'] },
      cookies: ['a=1'],
    };
    assert.deepEqual(await rest([`${JSON.stringify(given)}${zeros}bo`, 'dy']), {
      status: 201,
      headers: [
        ['x-a', '1'],
        ['x-a', '2'],
        ['content-type', 'text/plain'],
        ['set-cookie', 'a=1'],
      ],
      problem: undefined,
      body: 'body',
    });
  });

  test('is 502 where there is no head, whatever it says that it is', async () => {
    for (const pieces of [
      ['{"statusCode":200,"body":"x"}'],
      [`no${zeros}x`],
      [`{"statusCode":1}${zeros}x`],
    ]) {
      const { status, body } = await rest(pieces, 'application/json');
      assert.deepEqual([status, body], [502, '{"message":"Internal server error"}']);
    }
  });
});
