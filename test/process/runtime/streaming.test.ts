import assert from 'node:assert/strict';
import { systemIds } from '../../../src/engine/systemIds.ts';
import { type Clock, systemClock } from '../../../src/shared/clock.ts';
import { removeDist, type TestRuntime, withRuntime } from './support.ts';

const tooLarge =
  '{"errorType":"Function.ResponseSizeTooLarge","errorMessage":"Response payload size exceeded maximum allowed payload size (209715200 bytes)."}';

suite('handlers that stream their response', () => {
  suiteTeardown(removeDist);

  const source = (body: string, async = 'async ') =>
    [
      "import { pipeline } from 'node:stream/promises';",
      "import { Readable } from 'node:stream';",
      'declare const awslambda: any;',
      'const wait = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));',
      `export const handler = awslambda.streamifyResponse(${async}(event: any, stream: any, context: any) => { ${body} });`,
    ].join('\n');
  const invoke = async ({ runtime }: TestRuntime, event: unknown = {}) => {
    const requestId = systemIds.uuid();
    const outcome = await runtime.invoke({
      requestId,
      functionName: 'fn',
      payload: Buffer.from(JSON.stringify(event)),
    });
    assert.ok(outcome.kind === 'completed');
    const { payload, functionError, log } = outcome;
    return { text: Buffer.from(payload).toString('utf8'), functionError, log, requestId };
  };

  /** Each is invoked twice: the second time the environment is warm. */
  const check = (body: string, expected: string, runtime = 'nodejs24.x') =>
    withRuntime([{ runtime }], { 'app.ts': source(body) }, async tested => {
      for (const name of ['first', 'second']) {
        const { text, functionError, log, requestId } = await invoke(tested, { name });
        assert.equal(functionError, undefined, text);
        assert.equal(text, expected.replaceAll('{name}', name));
        assert.ok(log.includes(`END RequestId: ${requestId}`));
      }
    });

  test('are answered with all that they wrote', () =>
    check(
      "stream.setContentType('text/plain'); stream.write('hello '); await wait(20); stream.write(event.name); stream.end();",
      'hello {name}',
    ));

  test('can be the end of a pipeline', () =>
    check("await pipeline(Readable.from(['a', 'b', event.name]), stream);", 'ab{name}'));

  test('may write nothing', () => check('stream.end();', ''));

  test('have the context for a third argument, on every runtime', () =>
    check("stream.end(context.functionName + ' ' + event.name);", 'fn {name}', 'nodejs22.x'));

  test('write status and headers before the body', () =>
    check(
      "const body = awslambda.HttpResponseStream.from(stream, { statusCode: 201, headers: { 'x-a': 'b' } }); body.write('made'); body.end();",
      `{"statusCode":201,"headers":{"x-a":"b"}}${'\0'.repeat(8)}made`,
    ));

  test('are held up by how much may be buffered', () =>
    withRuntime(
      [{}],
      {
        'app.ts':
          'declare const awslambda: any;\nexport const handler = awslambda.streamifyResponse(async (_event: any, stream: any) => { stream.end(String(stream.writableHighWaterMark)); }, { highWaterMark: 1234 });',
      },
      async tested => assert.equal((await invoke(tested)).text, '1234'),
    ));

  const checkFailing = (body: string, expected: readonly [string, string], async?: string) =>
    withRuntime([{ timeoutSeconds: 10 }], { 'app.ts': source(body, async) }, async tested => {
      for (let round = 0; round < 2; round++) {
        const { text, functionError, log } = await invoke(tested);
        assert.equal(functionError, 'Unhandled');
        const { errorType, errorMessage } = JSON.parse(text) as Record<string, string>;
        assert.deepEqual([errorType, errorMessage], expected);
        assert.match(log, /\tERROR\tInvoke Error \t/);
      }
      assert.equal(tested.everyGroup.size, 1);
    });

  test('that throw before the first write fail as others do', () =>
    checkFailing("throw new RangeError('nothing yet');", ['RangeError', 'nothing yet']));

  test('that throw on the way say so in the trailers, and that is the answer', () =>
    checkFailing("stream.write('half'); await wait(20); throw new RangeError('no more');", [
      'RangeError',
      'no more',
    ]));

  test('that leave their stream open fail', () =>
    checkFailing("stream.write('half');", [
      'Runtime.InvalidStreamingOperation',
      'Response stream is not finished.',
    ]));

  test('that are not async fail', () =>
    checkFailing(
      "stream.write('half');",
      ['Runtime.InvalidStreamingOperation', 'Streaming does not support non-async handlers.'],
      '',
    ));

  test('that return a value are warned', () =>
    withRuntime([{}], { 'app.ts': source("stream.end('x'); return 1;") }, async tested => {
      await invoke(tested);
      const { log } = await invoke(tested);
      assert.match(log, /\tWARN\tStreaming handlers ignore return values\./);
    }));

  test('are limited as others where the response is not streamed on', () =>
    withRuntime(
      [{ timeoutSeconds: 20 }],
      {
        'app.ts': source(
          "for (let n = 0; n < 7; n++) stream.write(Buffer.alloc(1_000_000, 'x')); stream.end();",
        ),
      },
      async tested => {
        const { text } = await invoke(tested);
        assert.equal((JSON.parse(text) as Record<string, string>).errorType, 'Function.ResponseSizeTooLarge');
        assert.match((await invoke(tested)).text, /ResponseSizeTooLarge/);
      },
    ));

  test('are limited to 200 MB where the response is streamed on, and run to their end all the same', async () => {
    let hasBegun = false;
    let bytes = 0;
    // Nobody waits for the rate that such a response is held to.
    const clock: Clock = {
      ...systemClock,
      after: (ms, run) => systemClock.after(hasBegun ? 1 : ms, run),
    };
    const begin = () => {
      hasBegun = true;
    };
    const write = (chunk: Uint8Array) => {
      bytes += chunk.byteLength;
      return undefined;
    };
    const files = {
      'app.ts': source(
        "const mb = Buffer.alloc(1024 * 1024); for (let n = 0; n < event.mb; n++) if (!stream.write(mb)) await new Promise(resolve => stream.once('drain', resolve)); stream.end(); console.log('all written');",
      ),
    };
    await withRuntime(
      [{ timeoutSeconds: 900 }],
      files,
      async tested => {
        const outcome = await tested.runtime.invoke({
          requestId: systemIds.uuid(),
          functionName: 'fn',
          payload: Buffer.from('{"mb":210}'),
          response: { begin, write },
        });
        assert.ok(outcome.kind === 'completed');
        assert.equal(Buffer.from(outcome.payload).toString(), tooLarge);
        assert.ok(bytes <= 200 * 1024 * 1024 && bytes > 199 * 1024 * 1024, `${bytes} bytes`);
        hasBegun = false;
        const next = await tested.runtime.invoke({
          requestId: systemIds.uuid(),
          functionName: 'fn',
          payload: Buffer.from('{"mb":1}'),
        });
        assert.ok(next.kind === 'completed' && next.payload.byteLength === 1024 * 1024);
        assert.match(next.log, /all written/);
      },
      {},
      clock,
    );
  });

  test('a mode of response that is none is refused, and the invocation fails', () =>
    withRuntime(
      [{}],
      {
        'app.ts': [
          'export const handler = async (_event: unknown, context: any) => {',
          "  const url = 'http://' + process.env.AWS_LAMBDA_RUNTIME_API + '/2018-06-01/runtime/invocation/' + context.awsRequestId + '/response';",
          "  const answer = await fetch(url, { method: 'POST', body: '1', headers: { 'Lambda-Runtime-Function-Response-Mode': 'sideways' } });",
          '  console.log(answer.status, await answer.text());',
          '};',
        ].join('\n'),
      },
      async tested => {
        const { text, functionError } = await invoke(tested);
        assert.equal(functionError, 'Unhandled');
        assert.deepEqual(JSON.parse(text), {
          errorType: 'Runtime.InvalidResponseModeHeader',
          errorMessage: 'Invalid function response mode',
        });
      },
    ));
});
