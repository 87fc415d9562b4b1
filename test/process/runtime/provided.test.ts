import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { systemIds } from '../../../src/engine/systemIds.ts';
import type { FunctionDefinition } from '../../../src/model/functionDefinition.ts';
import { functionIn, removeDist, type TestRuntime, withRuntime } from './support.ts';

const provided = { runtime: 'provided.al2023', handler: 'fn.handler', entryFile: 'bootstrap' };

/** A runtime in a few lines of shell, which is what a custom runtime may be. */
const shell = (body: string) => `#!/bin/sh
set -eu
api="http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime"
headers=$(mktemp)
calls=0
while true; do
  event=$(curl -sS -D "$headers" "$api/invocation/next")
  id=$(grep -i '^lambda-runtime-aws-request-id:' "$headers" | cut -d: -f2 | tr -d ' \\r')
  calls=$((calls + 1))
  ${body}
done
`;
const respond = (text: string) => `curl -sS -o /dev/null -d "${text}" "$api/invocation/$id/response"`;

/** Writes the file as an executable one, and runs the test. */
const withBootstrap = (
  body: string,
  run: (runtime: TestRuntime) => Promise<void>,
  more: Partial<FunctionDefinition> = {},
) =>
  withRuntime([{ ...provided, ...more }], { bootstrap: shell(body) }, async runtime => {
    await chmod(join(runtime.workspace, 'bootstrap'), 0o755);
    await run(runtime);
  });

suite('functions that bring their own runtime', () => {
  suiteTeardown(removeDist);

  test('a bootstrap that is missing, or cannot be run, is told with where it belongs', () =>
    withRuntime([provided], { bootstrap: shell('') }, async ({ invoke, workspace }) => {
      await assert.rejects(invoke('fn'), (error: Error) => {
        assert.ok(
          error.message.includes(`There is no executable file bootstrap in ${workspace}.`),
          error.message,
        );
        return true;
      });
    }));

  const hasCurl = spawnSync('curl', ['--version']).status === 0;
  if (!hasCurl) {
    test('not run: curl, which the bootstrap of the tests is made of, is not on this machine', () =>
      assert.equal(hasCurl, false));
    return;
  }

  test('run cold, then warm, and see their handler', () =>
    withBootstrap(
      respond(
        '{\\"calls\\":$calls,\\"handler\\":\\"$_HANDLER\\",\\"root\\":\\"$LAMBDA_TASK_ROOT\\",\\"event\\":$event}',
      ),
      async ({ invoke, workspace }) => {
        const cold = await invoke('fn', { n: 1 });
        const expected = { calls: 1, handler: 'fn.handler', root: workspace, event: { n: 1 } };
        assert.deepEqual([cold.payload, cold.coldStart], [expected, true]);
        assert.match(cold.log, /^INIT_START Runtime Version: provided:al2023\.v0\t/);
        const warm = await invoke('fn', {});
        assert.deepEqual([warm.payload, warm.coldStart], [{ ...expected, calls: 2, event: {} }, false]);
      },
    ));

  test('an error that the runtime posts is the answer', () =>
    withBootstrap(
      `curl -sS -o /dev/null -H 'Lambda-Runtime-Function-Error-Type: Shell.Bad' -d '{"errorMessage":"no","errorType":"Bad"}' "$api/invocation/$id/error"`,
      async ({ invoke }) => {
        const { payload, functionError } = await invoke('fn');
        assert.deepEqual([payload, functionError], [{ errorMessage: 'no', errorType: 'Bad' }, 'Unhandled']);
      },
    ));

  test('what it prints is in the log of the invocation', () =>
    withBootstrap(`echo "seen $event"; echo oops >&2; ${respond('1')}`, async ({ invoke }) => {
      const { log } = await invoke('fn', { a: 1 });
      assert.match(log, /^seen \{"a":1\}$/m);
      assert.match(log, /^oops$/m);
    }));

  /** What ends the process, or keeps it. */
  const ends: Readonly<Record<string, readonly [body: string, errorType: string, message: RegExp]>> = {
    'an exit': ['exit 7', 'Runtime.ExitError', /Runtime exited with error: exit status 7$/],
    'an exit without a reason': ['exit 0', 'Runtime.ExitError', /Runtime exited without providing a reason$/],
    'a signal': ['kill -9 $$', 'Runtime.ExitError', /Runtime exited with error: signal: killed$/],
    'a timeout': ['sleep 30', 'Sandbox.Timedout', /Task timed out after 1\.00 seconds$/],
    'an answer of 7 MB': [
      `head -c 7000000 /dev/zero | tr '\\0' 1 | curl -sS -o /dev/null --data-binary @- "$api/invocation/$id/response"`,
      'Function.ResponseSizeTooLarge',
      /Response payload size exceeded maximum allowed payload size \(6291556 bytes\)\.$/,
    ],
  };
  for (const [name, [body, errorType, message]] of Object.entries(ends)) {
    test(`${name} ends as on Lambda, and the next invocation is answered`, () =>
      withBootstrap(
        `if [ "$event" = '{"ok":true}' ]; then ${respond('\\"fine\\"')}; continue; fi\n  ${body}`,
        async ({ invoke }) => {
          const failed = (await invoke('fn')).payload as { errorType: string; errorMessage: string };
          assert.equal(failed.errorType, errorType);
          assert.match(failed.errorMessage, message);
          assert.equal((await invoke('fn', { ok: true })).payload, 'fine');
        },
        { timeoutSeconds: 1 },
      ));
  }

  /** Invokes as callers do that take the response as it is written. */
  const stream = async ({ runtime }: TestRuntime, onPiece: (piece: string) => void) => {
    const types: string[] = [];
    const outcome = await runtime.invoke({
      requestId: systemIds.uuid(),
      functionName: 'fn',
      payload: Buffer.from('{}'),
      response: {
        begin: ({ contentType }) => void types.push(contentType),
        write: chunk => void onPiece(Buffer.from(chunk).toString('utf8')),
      },
    });
    assert.ok(outcome.kind === 'completed');
    return { ...outcome, types };
  };
  const post =
    'curl -sS -o /dev/null -X POST -H "Lambda-Runtime-Function-Response-Mode: streaming" -H "Transfer-Encoding: chunked" -H "Content-Type: text/plain" -T - "$api/invocation/$id/response"';

  // https://docs.aws.amazon.com/lambda/latest/dg/runtimes-custom.html#runtimes-custom-response-streaming
  test('may stream their response', () =>
    withBootstrap(
      `(printf 'one '; while [ ! -e "$PWD/go" ]; do sleep 0.05; done; printf two) | ${post}`,
      async runtime => {
        const pieces: string[] = [];
        const { functionError, payload, types } = await stream(runtime, piece => {
          // Nothing more comes before the file is there.
          if (pieces.push(piece) === 1) void runtime.write({ go: '' });
        });
        assert.deepEqual([pieces, types], [['one ', 'two'], ['text/plain']]);
        assert.deepEqual([functionError, payload.byteLength], [undefined, 0]);
      },
      { timeoutSeconds: 10 },
    ));

  test('that cut their response off have answered half of it', () =>
    withBootstrap(
      `if [ "$event" = '{"ok":true}' ]; then ${respond('\\"fine\\"')}; continue; fi
  (printf half; sleep 5) | timeout -s KILL 1 ${post}; sleep 1`,
      async runtime => {
        const pieces: string[] = [];
        const { functionError, payload } = await stream(runtime, piece => void pieces.push(piece));
        assert.deepEqual([pieces, functionError], [['half'], 'Unhandled']);
        assert.equal(Buffer.from(payload).toString(), '{"errorType":"Runtime.TruncatedResponse"}');
        assert.equal((await runtime.invoke('fn', { ok: true })).payload, 'fine');
      },
      { timeoutSeconds: 20 },
    ));

  test('the bootstrap may come from a layer', () =>
    withRuntime(
      [],
      { 'layer/bootstrap': shell(respond('\\"layer\\"')), 'code/fn.txt': '' },
      async runtime => {
        const directory = join(runtime.workspace, 'layer');
        await chmod(join(directory, 'bootstrap'), 0o755);
        const layer = { arn: 'arn:aws:lambda:eu-west-1:123456789012:layer:l:1', directory };
        const codeDirectory = join(runtime.workspace, 'code');
        runtime.runtime.update([
          functionIn(runtime.workspace, { ...provided, codeDirectory, layers: [layer] }),
        ]);
        assert.equal((await runtime.invoke('fn')).payload, 'layer');
      },
    ));
});
