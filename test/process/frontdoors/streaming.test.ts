// Function URLs whose response is streamed, read by real clients.
import assert from 'node:assert/strict';
import { request } from 'node:http';
import type { FunctionDefinition } from '../../../src/model/functionDefinition.ts';
import { aFunctionUrl, anApi, aRoute } from '../../support/frontdoors/samples.ts';
import { until } from '../../support/until.ts';
import { removeDist } from '../runtime/support.ts';
import { curl, type OpenDoors, withDoors } from './support.ts';

const streaming = (body: string) => `
import { existsSync, writeFileSync } from 'node:fs';
declare const awslambda: any;
const wait = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));
const fileOf = async (path: string) => { while (!existsSync(path)) await wait(10); };
export const handler = awslambda.streamifyResponse(async (event: any, stream: any) => {
  const { go = '', done = '' } = event.queryStringParameters ?? {};
  ${body}
});`;

suite('a function URL that streams', () => {
  suiteTeardown(removeDist);

  const url = aFunctionUrl({ invokeMode: 'RESPONSE_STREAM' });
  const check = (
    body: string,
    test: (open: OpenDoors) => Promise<void>,
    more: Partial<FunctionDefinition> = {},
  ) =>
    withDoors(
      [{ timeoutSeconds: 20, ...more }],
      { 'app.ts': streaming(body) },
      { functionUrls: [url], apis: [anApi()], routes: [aRoute('$default')] },
      test,
    );

  test('sends each piece before the next one is written', () =>
    check(
      "const http = awslambda.HttpResponseStream.from(stream, { statusCode: 201, headers: { 'content-type': 'text/event-stream', 'x-a': 'b' }, cookies: ['a=1', 'b=2'] }); http.write('data: 1\\n\\n'); await fileOf(go); http.end('data: 2\\n\\n');",
      async ({ at, runtime, accessLines, events }) => {
        const go = `${runtime.workspace}/go`;
        const response = await fetch(at(`/lambda-url/fn/?go=${go}`));
        assert.deepEqual(
          [response.status, response.headers.get('content-type'), response.headers.getSetCookie()],
          [201, 'text/event-stream', ['a=1', 'b=2']],
        );
        assert.equal(response.headers.get('x-a'), 'b');
        const decoder = new TextDecoder();
        const pieces: string[] = [];
        for await (const piece of response.body ?? []) {
          pieces.push(decoder.decode(piece));
          if (pieces.length > 1) continue;
          assert.deepEqual(accessLines, []);
          await runtime.write({ go: '' });
        }
        assert.deepEqual(pieces, ['data: 1\n\n', 'data: 2\n\n']);
        await until('the access log', () => accessLines.length === 1);
        // The head that precedes the body is counted with it.
        assert.match(accessLines[0] ?? '', /"GET \/ HTTP\/1\.1" 201 \d{3} /);
        const told = events.find(event => event.type === 'httpRequest');
        assert.deepEqual(told?.type === 'httpRequest' && [told.statusCode, told.problem], [201, undefined]);
      },
    ));

  test('has the type that the stream says, and otherwise none of its own', () =>
    check(
      "if (event.rawPath === '/typed') stream.setContentType('text/plain'); stream.end('x');",
      async ({ at }) => {
        const typeOf = async (path: string) =>
          (await fetch(at(`/lambda-url/fn${path}`))).headers.get('content-type');
        assert.deepEqual(
          [await typeOf('/typed'), await typeOf('/')],
          ['text/plain', 'application/octet-stream'],
        );
      },
    ));

  test('gives what a handler that does not stream returns, as it is', () =>
    withDoors(
      [{}],
      { 'app.ts': "export const handler = async () => ({ statusCode: 201, body: 'x' });" },
      { functionUrls: [url] },
      async ({ at }) => {
        const response = await fetch(at('/lambda-url/fn/'));
        assert.deepEqual(
          [response.status, response.headers.get('content-type'), await response.text()],
          [200, 'application/json', '{"statusCode":201,"body":"x"}'],
        );
      },
    ));

  test('answers HEAD, and a status that has no body, without one', () =>
    check(
      "const http = awslambda.HttpResponseStream.from(stream, { statusCode: event.rawPath === '/none' ? 204 : 200 }); http.end('body');",
      async ({ at }) => {
        const head = await fetch(at('/lambda-url/fn/'), { method: 'HEAD' });
        assert.deepEqual([head.status, await head.text()], [200, '']);
        const none = await fetch(at('/lambda-url/fn/none'));
        assert.deepEqual([none.status, await none.text()], [204, '']);
      },
    ));

  test('is read by curl, piece by piece', () =>
    check("stream.write('one '); await wait(50); stream.end('two');", async ({ at }) => {
      assert.equal(await curl('--no-buffer', at('/lambda-url/fn/')), 'one two');
    }));

  const cuts: Readonly<Record<string, readonly [body: string, problem: RegExp]>> = {
    'an error': ["throw new RangeError('no more');", /the function failed with RangeError/],
    'a timeout': ['await wait(60_000);', /the function failed with Sandbox\.Timedout/],
    'an exit': ['process.exit(1);', /the function failed with Runtime\.ExitError/],
  };
  for (const [what, [body, problem]] of Object.entries(cuts)) {
    test(`is cut off by ${what} on the way, behind what was written, and the log says so`, () =>
      check(
        `stream.write('half'); await wait(50); ${body}`,
        async ({ at, warnings }) => {
          const response = await fetch(at('/lambda-url/fn/'));
          assert.equal(response.status, 200);
          const pieces: string[] = [];
          await assert.rejects(async () => {
            for await (const piece of response.body ?? []) pieces.push(new TextDecoder().decode(piece));
          });
          assert.deepEqual(pieces, ['half']);
          await until('the log', () => warnings.some(warning => problem.test(warning)));
          const { status } = await fetch(at('/lambda-url/fn/'));
          assert.equal(status, 200);
        },
        { timeoutSeconds: 1 },
      ));
  }

  test('is 502 in plain text where nothing was written before the error', () =>
    check("throw new RangeError('nothing yet');", async ({ at }) => {
      const response = await fetch(at('/lambda-url/fn/'));
      assert.deepEqual([response.status, await response.text()], [502, 'Internal Server Error']);
    }));

  test('runs to its end when its client goes away, before or after the first piece', () =>
    check(
      "if (event.rawPath === '/late') await fileOf(go); stream.write('one'); await fileOf(go); for (let n = 0; n < 40; n++) { if (!stream.write('x'.repeat(50_000))) await new Promise(resolve => stream.once('drain', resolve)); } stream.end(); writeFileSync(done, '');",
      async ({ port, runtime }) => {
        const statuses = () =>
          runtime.events.flatMap(event => (event.type === 'invocationEnded' ? [event.status] : []));
        const started = () => runtime.events.filter(({ type }) => type === 'invocationStarted').length;
        for (const [index, path] of ['/', '/late'].entries()) {
          const go = `${runtime.workspace}/go${index}`;
          const sent = request({
            port,
            path: `/lambda-url/fn${path}?go=${go}&done=${runtime.workspace}/done${index}`,
          });
          const closed = new Promise(resolve => sent.on('close', resolve));
          sent.on('error', () => {});
          sent.on('response', response => response.once('data', () => sent.destroy()));
          sent.end();
          await until('the invocation', () => started() > index);
          if (path === '/late') sent.destroy();
          await closed;
          await runtime.write({ [`go${index}`]: '' });
          await until('the end of the invocation', () => statuses().length > index);
        }
        assert.deepEqual(statuses(), ['success', 'success']);
      },
    ));

  test('is as good as a REST API whose integration streams', () =>
    withDoors(
      [{}],
      {
        'app.ts': streaming(
          "const http = awslambda.HttpResponseStream.from(stream, { statusCode: 201, headers: { 'x-a': 'b' } }); http.write('one '); await fileOf(go); http.end('two');",
        ),
      },
      {
        apis: [anApi({ protocol: 'REST', stages: ['Prod'] })],
        routes: [aRoute('GET /stream', { payloadFormat: '1.0', streams: true })],
      },
      async ({ at, runtime }) => {
        const go = `${runtime.workspace}/go`;
        const response = await fetch(at(`/execute-api/shop/Prod/stream?go=${go}`));
        assert.deepEqual([response.status, response.headers.get('x-a')], [201, 'b']);
        const pieces: string[] = [];
        for await (const piece of response.body ?? []) {
          pieces.push(new TextDecoder().decode(piece));
          await runtime.write({ go: '' });
        }
        assert.deepEqual(pieces, ['one ', 'two']);
      },
    ));

  test('has the CORS of its configuration', () =>
    withDoors(
      [{}],
      { 'app.ts': streaming("stream.end('x');") },
      { functionUrls: [{ ...url, cors: { allowOrigins: ['https://a.example'] } }] },
      async ({ at }) => {
        const { headers } = await fetch(at('/lambda-url/fn/'), { headers: { origin: 'https://a.example' } });
        assert.equal(headers.get('access-control-allow-origin'), 'https://a.example');
      },
    ));

  test('of which an HTTP API knows nothing: it takes the whole, which is no JSON', () =>
    check(
      "awslambda.HttpResponseStream.from(stream, { statusCode: 201 }).end('made');",
      async ({ at, warnings }) => {
        const response = await fetch(at('/execute-api/shop/'));
        assert.deepEqual(
          [response.status, await response.json()],
          [500, { message: 'Internal Server Error' }],
        );
        await until('the log', () => warnings.some(warning => warning.includes('no JSON')));
      },
    ));

  test('that buffers gets no stream either', () =>
    withDoors(
      [{}],
      { 'app.ts': streaming("awslambda.HttpResponseStream.from(stream, { statusCode: 201 }).end('made');") },
      { functionUrls: [aFunctionUrl()] },
      async ({ at }) => assert.equal((await fetch(at('/lambda-url/fn/'))).status, 502),
    ));
});
