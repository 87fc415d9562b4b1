import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { FunctionDefinition } from '../../../src/model/functionDefinition.ts';
import { functionIn, removeDist, type TestOutcome, type TestRuntime, withRuntime } from './support.ts';

/** `3.13`: whatever this machine has, so that no function runs on another version than its own. */
const version = /\d+\.\d+/.exec(spawnSync('python3', ['--version'], { encoding: 'utf8' }).stdout ?? '')?.[0];
const python = { runtime: `python${version}`, handler: 'app.handler', entryFile: 'app.py' };

const withPython = (
  source: string,
  run: (runtime: TestRuntime) => Promise<void>,
  more: Partial<FunctionDefinition> = {},
  files: Readonly<Record<string, string>> = {},
) => withRuntime([{ ...python, ...more }], { 'app.py': source, ...files }, run);

/** One invocation, and what is asked of it. */
const check = (
  source: string,
  also: (outcome: TestOutcome) => void,
  more: Partial<FunctionDefinition> = {},
  files: Readonly<Record<string, string>> = {},
  event: unknown = {},
) => withPython(source, async ({ invoke }) => also(await invoke('fn', event)), more, files);

suite('Python functions', () => {
  suiteTeardown(removeDist);
  if (version === undefined) {
    test('not run: python3 is not on this machine', () =>
      withPython('def handler(event, context): pass\n', async ({ invoke }) => {
        await assert.rejects(invoke('fn'), /No Python was found for fn/);
      }));
    return;
  }

  test('run cold, then warm, with their module state', () =>
    withPython(
      'calls = 0\ndef handler(event, context):\n  global calls\n  calls += 1\n  return {"calls": calls, "event": event}\n',
      async ({ invoke, warnings }) => {
        const cold = await invoke('fn', { n: 'ä' });
        assert.deepEqual([cold.payload, cold.coldStart], [{ calls: 1, event: { n: 'ä' } }, true]);
        const warm = await invoke('fn');
        assert.deepEqual([warm.payload, warm.coldStart], [{ calls: 2, event: {} }, false]);
        assert.match(cold.log, new RegExp(`^INIT_START Runtime Version: python:${version}\\.v\\d+\\t`));
        assert.deepEqual(warnings, []);
      },
    ));

  test('see the context of the invocation', () =>
    check(
      `
def handler(event, context):
  names = ["function_name", "function_version", "memory_limit_in_mb", "invoked_function_arn", "log_group_name"]
  left = context.get_remaining_time_in_millis()
  return {**{n: getattr(context, n) for n in names}, "id": context.aws_request_id, "left": 0 < left <= 9000,
    "identity": context.identity.cognito_identity_id, "client": context.client_context}
`,
      ({ payload, requestId }) =>
        assert.deepEqual(payload, {
          function_name: 'fn',
          function_version: '$LATEST',
          memory_limit_in_mb: '256',
          invoked_function_arn: 'arn:aws:lambda:eu-west-1:123456789012:function:fn',
          log_group_name: '/aws/lambda/fn',
          id: requestId,
          left: true,
          identity: null,
          client: null,
        }),
      { timeoutSeconds: 9, memorySizeMb: 256 },
    ));

  const results: Readonly<Record<string, readonly [expression: string, payload: unknown]>> = {
    nothing: ['None', null],
    'a text': ['"ü"', 'ü'],
    'a tuple': ['(1, "a")', [1, 'a']],
    'a decimal': ['__import__("decimal").Decimal("1.5")', 1.5],
  };
  for (const [name, [expression, expected]] of Object.entries(results)) {
    test(`${name} is a result`, () =>
      check(`def handler(event, context):\n  return ${expression}\n`, ({ payload }) =>
        assert.deepEqual(payload, expected),
      ));
  }

  test('an exception has its trace, in the answer and in the log', () =>
    withPython(
      'def inner():\n  raise ValueError("no")\ndef handler(event, context):\n  inner()\n',
      async ({ invoke, workspace }) => {
        const { payload, functionError, log, requestId } = await invoke('fn');
        const file = join(workspace, 'app.py');
        assert.equal(functionError, 'Unhandled');
        assert.deepEqual(payload, {
          errorMessage: 'no',
          errorType: 'ValueError',
          requestId,
          stackTrace: [
            `  File "${file}", line 4, in handler\n    inner()\n`,
            `  File "${file}", line 2, in inner\n    raise ValueError("no")\n`,
          ],
        });
        assert.ok(
          log.includes(
            `[ERROR] ValueError: no\nTraceback (most recent call last):\n  File "${file}", line 4, in handler\n    inner()\n`,
          ),
          log,
        );
      },
    ));

  /** What goes wrong before or around the handler, by the type and the message that Lambda gives. */
  const faults: Readonly<
    Record<
      string,
      readonly [source: string, type: string, message: RegExp, more?: Partial<FunctionDefinition>]
    >
  > = {
    'a module that does not parse': [
      'def handler(event, context)\n  return 1\n',
      'Runtime.UserCodeSyntaxError',
      /^Syntax error in module 'app': expected ':' \(app\.py, line 1\)$/,
    ],
    'a package that is missing': [
      'import no_such_package\n',
      'Runtime.ImportModuleError',
      /^Unable to import module 'app': No module named 'no_such_package'$/,
    ],
    'a handler that is missing': [
      'x = 1\n',
      'Runtime.HandlerNotFound',
      /^Handler 'handler' missing on module 'app'$/,
    ],
    'a handler without a dot': [
      '',
      'Runtime.MalformedHandlerName',
      /^Bad handler 'app': not enough values to unpack \(expected 2, got 1\)$/,
      { handler: 'app' },
    ],
    'a module of Python’s own': [
      '',
      'Runtime.BuiltInModuleConflict',
      /^Cannot use built-in module sys as a handler module$/,
      { handler: 'sys.exit' },
    ],
    'an error while the module is loaded': ['raise KeyError("k")\n', 'KeyError', /^'k'$/],
    'a result that is no JSON': [
      'def handler(event, context):\n  return {1, 2}\n',
      'Runtime.MarshalError',
      /^Unable to marshal response: Object of type set is not JSON serializable$/,
    ],
  };
  for (const [name, [source, errorType, message, more = {}]] of Object.entries(faults)) {
    test(`${name} is told as on Lambda`, () =>
      check(
        source,
        ({ payload, functionError }) => {
          const body = payload as { errorType: string; errorMessage: string };
          assert.equal(functionError, 'Unhandled');
          assert.equal(body.errorType, errorType);
          assert.match(body.errorMessage, message);
        },
        more,
      ));
  }

  /** What ends the process, or keeps it. */
  const ends: Readonly<Record<string, readonly [body: string, errorType: string, message: RegExp]>> = {
    'sys.exit': ['sys.exit(3)', 'Runtime.ExitError', /Runtime exited with error: exit status 3$/],
    'os._exit': ['os._exit(0)', 'Runtime.ExitError', /Runtime exited without providing a reason$/],
    'a signal': [
      'os.kill(os.getpid(), 9)',
      'Runtime.ExitError',
      /Runtime exited with error: signal: killed$/,
    ],
    'an endless loop': ['while True: pass', 'Sandbox.Timedout', /Task timed out after 1\.00 seconds$/],
    'an answer of 7 MB': [
      'return "x" * 7000000',
      'Function.ResponseSizeTooLarge',
      /Response payload size exceeded maximum allowed payload size \(6291556 bytes\)\.$/,
    ],
  };
  for (const [name, [body, errorType, message]] of Object.entries(ends)) {
    test(`${name} ends as on Lambda, and the next invocation is answered`, () =>
      withPython(
        `import os, sys\ndef handler(event, context):\n  if event.get("ok"): return "fine"\n  ${body}\n`,
        async ({ invoke }) => {
          const failed = (await invoke('fn')).payload as { errorType: string; errorMessage: string };
          assert.equal(failed.errorType, errorType);
          assert.match(failed.errorMessage, message);
          assert.equal((await invoke('fn', { ok: true })).payload, 'fine');
        },
        { timeoutSeconds: 1 },
      ));
  }

  const log = 'import logging, json\nlogging.getLogger().setLevel("INFO")\n';

  test('log lines have level, time and request', () =>
    check(
      `${log}def handler(event, context):\n  logging.info("one %s", 1)\n  logging.debug("no")\n  print("plain")\n`,
      ({ log: lines, requestId }) => {
        assert.match(
          lines,
          new RegExp(
            `^\\[INFO\\]\\t\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d+Z\\t${requestId}\\tone 1$`,
            'm',
          ),
        );
        assert.match(lines, /^plain$/m);
        assert.doesNotMatch(lines, /no/);
      },
    ));

  test('log lines are JSON where the function says so', () =>
    check(
      `${log}def handler(event, context):\n  try: 1/0\n  except Exception: logging.exception("bad", extra={"order": 7})\n`,
      ({ log: lines, requestId }) => {
        const line = lines.split('\n').find(each => each.includes('"bad"')) ?? '{}';
        const { timestamp, location, stackTrace, ...rest } = JSON.parse(line);
        assert.match(timestamp, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
        assert.match(location, /app\.py:handler:5$/);
        assert.equal(stackTrace.length, 1);
        assert.deepEqual(rest, {
          level: 'ERROR',
          message: 'bad',
          logger: 'root',
          requestId,
          errorType: 'ZeroDivisionError',
          errorMessage: 'division by zero',
          order: 7,
        });
      },
      { logging: { format: 'JSON' } },
    ));

  test('modules of folders and of layers are imported, the function’s own before those', () =>
    withPython('', async ({ invoke, workspace, runtime, write }) => {
      await write({
        'src/orders/app.py':
          'import shared, both\ndef handler(event, context): return [shared.name, both.name]\n',
        'both.py': 'name = "own"\n',
        'layer/python/shared.py': 'name = "layer"\n',
        'layer/python/both.py': 'name = "layer"\n',
      });
      const layer = {
        arn: 'arn:aws:lambda:eu-west-1:123456789012:layer:l:1',
        directory: join(workspace, 'layer'),
      };
      runtime.update([
        functionIn(workspace, { ...python, handler: 'src/orders/app.handler', layers: [layer] }),
      ]);
      assert.deepEqual((await invoke('fn')).payload, ['layer', 'own']);
    }));

  test('/tmp is the environment’s own, and stays when the process ends', () =>
    withPython(
      `
import os, pathlib, tempfile
def handler(event, context):
  if event.get("end"): os._exit(1)
  seen = os.path.exists("/tmp/kept")
  pathlib.Path("/tmp/kept").write_text("x")
  os.makedirs("/tmp/a/b", exist_ok=True)
  return [seen, sorted(os.listdir("/tmp")), tempfile.gettempdir() == os.environ["TMPDIR"]]
`,
      async ({ invoke }) => {
        assert.deepEqual((await invoke('fn')).payload, [false, ['a', 'kept'], true]);
        await invoke('fn', { end: true });
        assert.deepEqual((await invoke('fn')).payload, [true, ['a', 'kept'], true]);
      },
    ));

  test('a change of any file of the code is invoked next', () =>
    withPython(
      'import part\ndef handler(event, context): return part.value\n',
      async ({ invoke, write }) => {
        assert.equal((await invoke('fn')).payload, 1);
        await write({ 'part.py': 'value = 22\n' });
        const changed = await invoke('fn');
        assert.deepEqual([changed.payload, changed.coldStart], [22, true]);
        assert.equal((await invoke('fn')).coldStart, false);
      },
      {},
      { 'part.py': 'value = 1\n' },
    ));

  test('another version of Python than the function’s is told once', () =>
    withPython(
      'def handler(event, context): return 1\n',
      async ({ invoke, warnings }) => {
        await invoke('fn');
        await invoke('fn');
        assert.equal(warnings.length, 1);
        assert.match(warnings[0] ?? '', /^Functions with the runtime python3\.99 run on Python \d/);
      },
      { runtime: 'python3.99' },
    ));
});
