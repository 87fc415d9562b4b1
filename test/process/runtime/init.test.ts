import assert from 'node:assert/strict';
import { systemIds } from '../../../src/engine/systemIds.ts';
import type { FunctionDefinition } from '../../../src/model/functionDefinition.ts';
import { type Clock, systemClock } from '../../../src/shared/clock.ts';
import { removeDist, type TestOutcome, withRuntime } from './support.ts';

suite('the initialisation of an environment', () => {
  suiteTeardown(removeDist);

  interface ErrorPayload {
    readonly errorType: string;
    readonly errorMessage: string;
    readonly trace: readonly string[];
  }

  /** An init that fails does so twice: before the invocation and inside of it. */
  const checkFailing = (
    files: Readonly<Record<string, string>>,
    expected: readonly [errorType: string, errorMessage: string | RegExp],
    more: Partial<FunctionDefinition> = {},
    also: (outcome: TestOutcome) => void = () => {},
  ) =>
    withRuntime([{ timeoutSeconds: 10, ...more }], files, async ({ invoke }) => {
      const outcome = await invoke('fn');
      const { errorType, errorMessage, trace } = outcome.payload as ErrorPayload;
      const [type, message] = expected;
      assert.equal(outcome.functionError, 'Unhandled');
      assert.equal(errorType, type);
      if (typeof message === 'string') assert.equal(errorMessage, message);
      else assert.match(errorMessage, message);
      assert.equal(trace[0], `${errorType}: ${errorMessage.split('\n')[0]}`);
      const platform = outcome.log
        .split('\n')
        .filter(line => /^(INIT_|START|END|REPORT)/.test(line))
        .map(line => line.replace(/ [\d.]+ ms/g, ' N ms').replace(/\d+ MB/g, 'N MB'));
      const { requestId } = outcome;
      assert.deepEqual(platform.slice(1), [
        `INIT_REPORT Init Duration: N ms\tPhase: init\tStatus: error\tError Type: ${type}`,
        `INIT_REPORT Init Duration: N ms\tPhase: invoke\tStatus: error\tError Type: ${type}`,
        `START RequestId: ${requestId} Version: $LATEST`,
        `END RequestId: ${requestId}`,
        `REPORT RequestId: ${requestId}\tDuration: N ms\tBilled Duration: N ms\tMemory Size: N MB\tMax Memory Used: N MB\tStatus: error\tError Type: ${type}`,
      ]);
      assert.equal(outcome.log.match(/\t-\tERROR\tInit Error \t\{"errorType":/g)?.length, 2);
      also(outcome);
    });

  test('an error at module level is the answer, and names its TypeScript line', () =>
    checkFailing(
      {
        'app.ts':
          "type Id = string;\nconst id: Id = 'x';\nif (id) throw new TypeError('no table');\nexport const handler = async () => id;",
      },
      ['TypeError', 'no table'],
      {},
      ({ payload }) => assert.match((payload as ErrorPayload).trace[1] ?? '', /workspace\/app\.ts:3:15\)?$/),
    ));

  test('a handler that is not exported', () =>
    checkFailing({ 'app.ts': 'export const other = async () => 1;' }, [
      'Runtime.HandlerNotFound',
      'app.handler is undefined or not exported',
    ]));

  test('a handler that is no function', () =>
    checkFailing({ 'app.ts': 'export const handler = 1;' }, [
      'Runtime.HandlerNotFound',
      'app.handler is not a function',
    ]));

  test('a handler string without an export', () =>
    checkFailing({ 'app.ts': 'export const handler = 1;' }, ['Runtime.MalformedHandlerName', 'Bad handler'], {
      handler: 'app',
    }));

  test('a handler string that leads out of the code', () =>
    checkFailing(
      { 'app.ts': 'export const handler = 1;' },
      [
        'Runtime.MalformedHandlerName',
        "'../app.handler' is not a valid handler name. Use absolute paths when specifying root directories in handler names.",
      ],
      { handler: '../app.handler' },
    ));

  test('a package that is missing at run time', () =>
    checkFailing(
      { 'app.js': "const x = require('@aws-sdk/client-nowhere');\nexports.handler = async () => x;" },
      [
        'Runtime.ImportModuleError',
        /^Error: Cannot find module '@aws-sdk\/client-nowhere'\nRequire stack:\n- .*app\.js/,
      ],
      { entryFile: 'app.js' },
    ));

  test('a callback handler on Node.js 24', () =>
    checkFailing(
      {
        'app.ts':
          'export const handler = (_event: unknown, _context: unknown, callback: (e: null) => void) => callback(null);',
      },
      [
        'Runtime.CallbackHandlerDeprecated',
        'ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. You need to modify this function to use a supported handler signature to use Node.js 24 or later. For more information see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html.',
      ],
    ));

  test('a process that exits during init is tried again inside the invocation, and then the answer', () =>
    withRuntime(
      [{}],
      { 'app.ts': "console.log('bye');\nprocess.exit(3);" },
      async ({ invoke, everyGroup }) => {
        const outcome = await invoke('fn');
        assert.deepEqual(outcome.payload, {
          errorType: 'Runtime.ExitError',
          errorMessage: `RequestId: ${outcome.requestId} Error: Runtime exited with error: exit status 3`,
        });
        assert.equal(outcome.log.match(/\t-\tINFO\tbye\n/g)?.length, 2);
        assert.match(outcome.log, /Phase: init\tStatus: error\tError Type: Runtime\.ExitError\n/);
        assert.equal(everyGroup.size, 2);
      },
    ));

  test('an init that succeeds the second time answers, and its time belongs to the invocation', () =>
    withRuntime(
      [{ timeoutSeconds: 10 }],
      {
        'app.ts': [
          "import { existsSync, writeFileSync } from 'node:fs';",
          "import { tmpdir } from 'node:os';",
          "const mark = tmpdir() + '/tried';",
          "if (!existsSync(mark)) { writeFileSync(mark, ''); throw new Error('first time'); }",
          'const until = Date.now() + 300; while (Date.now() < until);',
          "export const handler = async () => 'yes';",
        ].join('\n'),
      },
      async ({ invoke }) => {
        const outcome = await invoke('fn');
        assert.deepEqual([outcome.payload, outcome.functionError], ['yes', undefined]);
        assert.equal(outcome.coldStart, true);
        assert.equal(outcome.initDurationMs, undefined);
        assert.ok(outcome.durationMs >= 300, `${outcome.durationMs} ms`);
        assert.doesNotMatch(outcome.log.split('\n').at(-2) ?? '', /Init Duration|Status/);
      },
    ));

  test("the function's timeout ends an init inside the invocation", () =>
    withRuntime(
      [{ timeoutSeconds: 1 }],
      {
        'app.ts': [
          "import { existsSync, writeFileSync } from 'node:fs';",
          "import { tmpdir } from 'node:os';",
          "const mark = tmpdir() + '/tried';",
          "if (!existsSync(mark)) { writeFileSync(mark, ''); throw new Error('first time'); }",
          'for (;;);',
        ].join('\n'),
      },
      async ({ invoke }) => {
        const { payload, requestId, log } = await invoke('fn');
        assert.deepEqual(payload, {
          errorType: 'Sandbox.Timedout',
          errorMessage: `RequestId: ${requestId} Error: Task timed out after 1.00 seconds`,
        });
        assert.match(log, /INIT_REPORT Init Duration: [\d.]+ ms\tPhase: invoke\tStatus: timeout\nSTART /);
      },
    ));

  test('an init of more than ten seconds is begun again inside the invocation', () =>
    withRuntime(
      [{ timeoutSeconds: 60 }],
      {
        'app.ts': [
          "import { existsSync, writeFileSync } from 'node:fs';",
          "import { tmpdir } from 'node:os';",
          "const mark = tmpdir() + '/tried';",
          "if (!existsSync(mark)) { writeFileSync(mark, ''); for (;;); }",
          "export const handler = async () => 'yes';",
        ].join('\n'),
      },
      async ({ invoke }) => {
        const { payload, log } = await invoke('fn');
        assert.equal(payload, 'yes');
        assert.match(
          log,
          /INIT_REPORT Init Duration: 10\d\d\d\.\d\d ms\tPhase: init\tStatus: timeout\nSTART /,
        );
      },
      {},
      fasterClock(10),
    ));

  test('a setting that names no executable is an error that says what to do', () =>
    withRuntime(
      [{}],
      { 'app.ts': 'export const handler = async () => 1;' },
      async ({ runtime, groups, events }) => {
        const request = { requestId: systemIds.uuid(), functionName: 'fn', payload: Buffer.from('{}') };
        assert.deepEqual(await runtime.invoke(request), {
          kind: 'rejected',
          error: {
            name: 'ServiceException',
            status: 500,
            body: {
              Type: 'Service',
              Message:
                'The setting lambdaLens.node.path names "/nowhere/node", which is not an executable file. Correct the setting, or remove it to have Node.js found.',
            },
          },
        });
        assert.equal(groups.size, 0);
        assert.equal(events.at(-1)?.type, 'invocationEnded');
      },
      { nodePath: '/nowhere/node' },
    ));

  test('a runtime that is not run here is refused by name', () =>
    withRuntime([{ runtime: 'java21' }], {}, async ({ runtime }) => {
      const outcome = await runtime.invoke({
        requestId: 'r-1',
        functionName: 'fn',
        payload: Buffer.from('{}'),
      });
      assert.ok(outcome.kind === 'rejected');
      assert.equal(outcome.error.name, 'InvalidRuntimeException');
      assert.match(String(outcome.error.body.Message), /^UnsupportedByLambdaLens: Runtime=java21\. /);
      assert.deepEqual(runtime.names(), []);
    }));
});

/** A clock on which ten seconds are over in one. */
function fasterClock(times: number): Clock {
  return {
    now: () => systemClock.now(),
    monotonic: () => systemClock.monotonic() * times,
    after: (ms, callback) => systemClock.after(ms / times, callback),
  };
}
