// InvokeWithResponseStream as SDKs call it, with handlers that write slowly.
import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import {
  InvokeCommand,
  InvokeWithResponseStreamCommand,
  type InvokeWithResponseStreamCommandInput,
  type InvokeWithResponseStreamCompleteEvent,
  type LambdaClient,
} from '@aws-sdk/client-lambda';
import type { FunctionDefinition } from '../../../src/model/functionDefinition.ts';
import { until } from '../../support/until.ts';
import { removeDist } from '../runtime/support.ts';
import { type TestLambda, withLambda } from './support.ts';

const streaming = (body: string) => `
import { existsSync, writeFileSync } from 'node:fs';
declare const awslambda: any;
const wait = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));
const fileOf = async (path: string) => { while (!existsSync(path)) await wait(10); };
export const handler = awslambda.streamifyResponse(async (event: any, stream: any, context: any) => { ${body} });`;

interface Received {
  readonly text: string;
  readonly chunks: readonly string[];
  readonly complete: InvokeWithResponseStreamCompleteEvent | undefined;
  readonly version: string | undefined;
  readonly contentType: string | undefined;
}

const commandOf = (event: unknown, more: Partial<InvokeWithResponseStreamCommandInput> = {}) =>
  new InvokeWithResponseStreamCommand({
    FunctionName: 'fn',
    Payload: Buffer.from(JSON.stringify(event)),
    ...more,
  });

async function invoke(
  client: LambdaClient,
  event: unknown = {},
  more: Partial<InvokeWithResponseStreamCommandInput> = {},
  onChunk: (chunk: string) => Promise<void> | void = () => {},
): Promise<Received> {
  const response = await client.send(commandOf(event, more));
  const chunks: string[] = [];
  let complete: InvokeWithResponseStreamCompleteEvent | undefined;
  for await (const { PayloadChunk, InvokeComplete } of response.EventStream ?? []) {
    if (PayloadChunk) {
      const chunk = Buffer.from(PayloadChunk.Payload ?? []).toString('utf8');
      chunks.push(chunk);
      await onChunk(chunk);
    }
    complete = InvokeComplete ?? complete;
  }
  return {
    chunks,
    text: chunks.join(''),
    complete,
    version: response.ExecutedVersion,
    contentType: response.ResponseStreamContentType,
  };
}

suite('InvokeWithResponseStream', () => {
  suiteTeardown(removeDist);

  const check = (
    body: string,
    test: (lambda: TestLambda) => Promise<void>,
    more: Partial<FunctionDefinition> = {},
  ) => withLambda({ timeoutSeconds: 20, ...more }, streaming(body), test);

  test('passes each piece on before the next one is written', () =>
    check(
      "stream.write('one '); await fileOf(event.go); stream.write('two'); stream.end();",
      async ({ client, runtime }) => {
        const go = `${runtime.workspace}/go`;
        const received = await invoke(client, { go }, {}, async chunk => {
          // The handler writes no more before the file is there.
          if (chunk === 'one ') await runtime.write({ go: '' });
        });
        assert.deepEqual(received, {
          chunks: ['one ', 'two'],
          text: 'one two',
          complete: {},
          version: '$LATEST',
          contentType: 'application/vnd.amazon.eventstream',
        });
      },
    ));

  test('ends with the log, where that is asked for', () =>
    check("console.log('said'); stream.end('x');", async ({ client }) => {
      const { complete } = await invoke(client, {}, { LogType: 'Tail' });
      const log = Buffer.from(complete?.LogResult ?? '', 'base64').toString();
      assert.match(log, /\tINFO\tsaid\nEND RequestId: [\s\S]*\nREPORT /);
    }));

  test('hands what the prelude of an HTTP response is to the caller, with eight zero bytes', () =>
    check(
      "const http = awslambda.HttpResponseStream.from(stream, { statusCode: 201 }); http.end('made');",
      async ({ client }) => {
        assert.equal((await invoke(client)).text, `{"statusCode":201}${'\0'.repeat(8)}made`);
      },
    ));

  test('gets what a handler that does not stream returns, as one piece', () =>
    withLambda({}, 'export const handler = async (event: any) => ({ got: event });', async ({ client }) => {
      const { chunks, complete } = await invoke(client, { a: 1 });
      assert.deepEqual([chunks, complete], [['{"got":{"a":1}}'], {}]);
    }));

  test('of nothing is the end alone', () =>
    check('stream.end();', async ({ client }) => {
      const { chunks, complete } = await invoke(client);
      assert.deepEqual([chunks, complete], [[], {}]);
    }));

  test('a plain Invoke gets the same as a whole', () =>
    check("stream.write('one '); await wait(20); stream.end('two');", async ({ client }) => {
      const { Payload, FunctionError } = await client.send(new InvokeCommand({ FunctionName: 'fn' }));
      assert.deepEqual([Buffer.from(Payload ?? []).toString(), FunctionError], ['one two', undefined]);
    }));

  /** What goes wrong, what was sent before that, and the last message. */
  const errors: Readonly<
    Record<string, readonly [body: string, text: string, code: string, details: RegExp | undefined]>
  > = {
    'an error before the first piece': [
      "throw new RangeError('nothing yet');",
      '',
      'RangeError',
      /"errorMessage":"nothing yet"/,
    ],
    'an error on the way': [
      "stream.write('half'); await wait(50); throw new RangeError('no more');",
      'half',
      'RangeError',
      /"errorMessage":"no more"/,
    ],
    'a timeout on the way': [
      "stream.write('half'); await wait(60_000);",
      'half',
      'Sandbox.Timedout',
      /Task timed out after 1\.00 seconds/,
    ],
    'an exit before the first piece': ['process.exit(3);', '', 'Runtime.ExitError', /exit status 3/],
    'an exit on the way': [
      "stream.write('half'); await wait(50); process.exit(3);",
      'half',
      'Runtime.TruncatedResponse',
      undefined,
    ],
    'a stream that is left open': [
      "stream.write('half');",
      'half',
      'Runtime.InvalidStreamingOperation',
      /Response stream is not finished/,
    ],
  };
  for (const [what, [body, text, code, details]] of Object.entries(errors)) {
    test(`tells ${what} in its last message, and the next invocation is answered`, () =>
      check(
        `if (event.step === 'ok') { stream.end('fine'); return; } ${body}`,
        async ({ client }) => {
          const failed = await invoke(client, {});
          assert.deepEqual([failed.text, failed.complete?.ErrorCode], [text, code]);
          if (details === undefined) assert.equal(failed.complete?.ErrorDetails, undefined);
          else assert.match(failed.complete?.ErrorDetails ?? '', details);
          const { text: next, complete } = await invoke(client, { step: 'ok' });
          assert.deepEqual([next, complete], ['fine', {}]);
        },
        { timeoutSeconds: 1 },
      ));
  }

  test('is held to 2 MB a second after the first 6 MB', () =>
    check(
      "const chunk = Buffer.alloc(256 * 1024, 'x'); for (let n = 0; n < 32; n++) if (!stream.write(chunk)) await new Promise(resolve => stream.once('drain', resolve)); stream.end();",
      async ({ client }) => {
        const began = performance.now();
        let uncappedMs = 0;
        let bytes = 0;
        await invoke(client, {}, {}, chunk => {
          bytes += chunk.length;
          if (bytes < 5.5 * 1024 * 1024) uncappedMs = performance.now() - began;
        });
        const elapsedMs = performance.now() - began;
        assert.equal(bytes, 8 * 1024 * 1024);
        assert.ok(elapsedMs - uncappedMs > 800, `${elapsedMs - uncappedMs} ms`);
      },
    ));

  test('lets the handler wait for a client that reads slowly', () =>
    check(
      'let written = 0; const chunk = Buffer.alloc(64 * 1024); while (written < 90 && stream.write(chunk)) written++; writeFileSync(event.told, String(written)); stream.end();',
      async ({ client, runtime }) => {
        const told = `${runtime.workspace}/told`;
        const response = await client.send(commandOf({ told }));
        let bytes = 0;
        for await (const { PayloadChunk } of response.EventStream ?? []) {
          bytes += PayloadChunk?.Payload?.length ?? 0;
        }
        assert.ok(bytes > 0 && bytes < 90 * 64 * 1024, `${bytes} bytes without waiting`);
      },
    ));

  test('a client that goes away ends no handler', () =>
    check(
      "stream.write('one'); await fileOf(event.go); for (let n = 0; n < 50; n++) { stream.write('x'.repeat(100_000)); await wait(1); } stream.end(); writeFileSync(event.done, '');",
      async ({ client, runtime }) => {
        const [go, done] = [`${runtime.workspace}/go`, `${runtime.workspace}/done`];
        const abort = new AbortController();
        const response = await client.send(commandOf({ go, done }), { abortSignal: abort.signal });
        await assert.rejects(async () => {
          for await (const { PayloadChunk } of response.EventStream ?? []) if (PayloadChunk) abort.abort();
        });
        await runtime.write({ go: '' });
        await until('the end of the invocation', () =>
          runtime.events.some(event => event.type === 'invocationEnded' && event.status === 'success'),
        );
        assert.equal((await invoke(client, { go, done })).text.length, 5_000_003);
      },
    ));

  test('what is still being sent is sent to its end when the engine stops', () =>
    check(
      "stream.write('one '); await fileOf(event.go); stream.end('two');",
      async ({ client, runtime, stop }) => {
        const go = `${runtime.workspace}/go`;
        const { text } = await invoke(client, { go }, {}, async chunk => {
          if (chunk !== 'one ') return;
          void stop();
          await runtime.write({ go: '' });
        });
        assert.equal(text, 'one two');
      },
    ));

  test('refuses what Invoke refuses, with the same errors', () =>
    check("stream.end('x');", async ({ client }) => {
      const refused = async (more: Partial<InvokeWithResponseStreamCommandInput>) =>
        client.send(commandOf({}, more)).then(
          () => assert.fail('It was answered'),
          (error: Error & { $metadata: { httpStatusCode: number } }) => [
            error.name,
            error.$metadata.httpStatusCode,
            error.message,
          ],
        );
      assert.deepEqual(await refused({ FunctionName: 'none' }), [
        'ResourceNotFoundException',
        404,
        'Function not found: arn:aws:lambda:eu-west-1:123456789012:function:none:$LATEST',
      ]);
      assert.deepEqual((await refused({ Payload: Buffer.from('{') }))[0], 'InvalidRequestContentException');
      const event = { InvocationType: 'Event' } as unknown as Partial<InvokeWithResponseStreamCommandInput>;
      const [name, status, message] = await refused(event);
      assert.deepEqual([name, status], ['ValidationException', 400]);
      assert.match(String(message), /'invocationType' failed to satisfy constraint/);
    }));

  test('DryRun runs nothing', () =>
    check("stream.end('x');", async ({ client, runtime }) => {
      const { StatusCode } = await client.send(commandOf({}, { InvocationType: 'DryRun' }));
      assert.equal(StatusCode, 204);
      assert.ok(!runtime.events.some(event => event.type === 'invocationStarted'));
    }));

  const hasBoto = spawnSync('python3', ['-c', 'import boto3']).status === 0;
  test(hasBoto ? 'is read by boto3' : 'not run: boto3 is not on this machine', async () => {
    if (!hasBoto) return assert.equal(hasBoto, false);
    await check("stream.write('one '); await wait(50); stream.end('two');", async ({ target }) => {
      const { stdout } = await promisify(execFile)('python3', ['-c', program], {
        env: {
          PATH: process.env.PATH,
          HOME: '/nonexistent',
          AWS_ENDPOINT_URL: target.endpoint,
          AWS_DEFAULT_REGION: target.region,
          AWS_ACCESS_KEY_ID: target.accessKeyId,
          AWS_SECRET_ACCESS_KEY: target.secretAccessKey,
        },
      });
      assert.deepEqual(JSON.parse(stdout), ['$LATEST', ['one ', 'two'], {}]);
    });
  });
});

const program = `
import boto3, json
r = boto3.client('lambda').invoke_with_response_stream(FunctionName='fn')
chunks, complete = [], None
for event in r['EventStream']:
    if 'PayloadChunk' in event: chunks.append(event['PayloadChunk']['Payload'].decode())
    if 'InvokeComplete' in event: complete = event['InvokeComplete']
print(json.dumps([r['ExecutedVersion'], chunks, complete]))`;
