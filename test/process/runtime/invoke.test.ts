import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isAlive, removeDist, withRuntime } from './support.ts';

suite('invoking a function', () => {
  suiteTeardown(removeDist);

  test('the first invocation starts an environment, the next ones use what its init has built', () =>
    withRuntime(
      [{}],
      {
        'app.ts':
          'let calls = 0;\nexport const handler = async (event: unknown) => ({ calls: ++calls, event });',
      },
      async ({ invoke }) => {
        const cold = await invoke('fn', { a: 1 });
        const warm = await invoke('fn', { a: 2 });
        assert.deepEqual(cold.payload, { calls: 1, event: { a: 1 } });
        assert.deepEqual(warm.payload, { calls: 2, event: { a: 2 } });
        assert.deepEqual([cold.coldStart, warm.coldStart], [true, false]);
        assert.equal(cold.environmentId, warm.environmentId);
        assert.ok((cold.initDurationMs ?? 0) > 0);
        assert.equal(warm.initDurationMs, undefined);
        assert.match(
          cold.log,
          new RegExp(
            `^INIT_START Runtime Version: nodejs:24\\.v\\d+\\tRuntime Version ARN: arn:aws:lambda:eu-west-1::runtime:[0-9a-f]{64}\\n` +
              `START RequestId: ${cold.requestId} Version: \\$LATEST\\nEND RequestId: ${cold.requestId}\\n` +
              `REPORT RequestId: ${cold.requestId}\\tDuration: [\\d.]+ ms\\tBilled Duration: \\d+ ms\\tMemory Size: 128 MB\\tMax Memory Used: [1-9]\\d+ MB\\tInit Duration: [\\d.]+ ms\\t\\n$`,
          ),
        );
        assert.match(warm.log, new RegExp(`^START RequestId: ${warm.requestId} `));
        assert.doesNotMatch(warm.log, /Init Duration/);
      },
    ));

  test('invocations at the same time run in environments of their own, and beyond the cap none runs', () =>
    withRuntime(
      [{}],
      {
        'app.ts':
          "import { setTimeout } from 'node:timers/promises';\nexport const handler = async () => { await setTimeout(300); return process.pid; };",
      },
      async ({ invoke, runtime }) => {
        await invoke('fn');
        const both = await Promise.all([invoke('fn'), invoke('fn')]);
        assert.equal(new Set(both.map(outcome => outcome.payload)).size, 2);
        assert.deepEqual(both.map(outcome => outcome.coldStart).sort(), [false, true]);
        const requests = ['a', 'b', 'c'].map(requestId =>
          runtime.invoke({ requestId, functionName: 'fn', payload: Buffer.from('{}') }),
        );
        const outcomes = await Promise.all(requests);
        assert.deepEqual(
          outcomes.filter(outcome => outcome.kind === 'rejected'),
          [
            {
              kind: 'rejected',
              error: {
                name: 'TooManyRequestsException',
                status: 429,
                body: {
                  Reason: 'ConcurrentInvocationLimitExceeded',
                  Type: 'User',
                  message: 'Rate Exceeded.',
                },
              },
            },
          ],
        );
      },
      { maxEnvironments: 2 },
    ));

  test('an idle environment of another function makes room', () =>
    withRuntime(
      [{ name: 'a' }, { name: 'b' }],
      { 'app.ts': 'export const handler = async () => process.env.AWS_LAMBDA_FUNCTION_NAME;' },
      async ({ invoke, groups }) => {
        assert.equal((await invoke('a')).payload, 'a');
        assert.equal((await invoke('b')).payload, 'b');
        assert.equal((await invoke('a')).payload, 'a');
        assert.ok(groups.size <= 2);
      },
      { maxEnvironments: 1 },
    ));

  test('what is printed belongs to the invocation that printed it, on both streams and in order', () =>
    withRuntime(
      [{}],
      {
        'app.ts': [
          "import { writeSync } from 'node:fs';",
          "console.log('loaded');",
          'export const handler = async (event: { name: string; big?: boolean }) => {',
          "  console.log('%s begins', event.name);",
          "  if (event.big) process.stdout.write('x'.repeat(3_000_000) + '\\n');",
          "  console.error('careful');",
          "  if (!event.big) writeSync(2, 'raw\\n');",
          "  process.stdout.write('no newline');",
          '};',
        ].join('\n'),
      },
      async ({ invoke }) => {
        const lines = (log: string) => log.split('\n').map(line => line.replace(/^[\d-]+T[\d:.]+Z\t/, ''));
        const a = await invoke('fn', { name: 'a' });
        const b = await invoke('fn', { name: 'b', big: true });
        const c = await invoke('fn', { name: 'c' });
        assert.deepEqual(lines(a.log).slice(1, -2), [
          '-\tINFO\tloaded',
          `START RequestId: ${a.requestId} Version: $LATEST`,
          `${a.requestId}\tINFO\ta begins`,
          `${a.requestId}\tERROR\tcareful`,
          ...['raw', 'no newline'],
          `END RequestId: ${a.requestId}`,
        ]);
        assert.deepEqual(
          lines(b.log)
            .slice(1, 4)
            .map(line => line.replace(/^x+$/, xs => `${xs.length} x`)),
          [`${b.requestId}\tINFO\tb begins`, '3000000 x', `${b.requestId}\tERROR\tcareful`],
        );
        assert.deepEqual(lines(c.log).slice(1, -3), [
          `${c.requestId}\tINFO\tc begins`,
          `${c.requestId}\tERROR\tcareful`,
          ...['raw', 'no newline'],
        ]);
      },
    ));

  test('the handler sees the environment of Lambda and nothing of the engine', async () => {
    const secrets = {
      NODE_OPTIONS: '--no-warnings',
      VSCODE_PID: '1',
      ELECTRON_NO_ASAR: '1',
      AWS_PROFILE: 'mine',
    };
    Object.assign(process.env, secrets);
    try {
      await withRuntime(
        [{ environment: { TABLE: 'orders' } }],
        {
          'app.ts':
            "import os from 'node:os';\nexport const handler = async () => ({ env: process.env, cwd: process.cwd(), tmp: os.tmpdir(), argv: process.execArgv });",
        },
        async ({ invoke, workspace, keys, runtime }) => {
          const { payload, environmentId } = await invoke('fn');
          const seen = payload as { env: Record<string, string>; cwd: string; tmp: string; argv: string[] };
          assert.equal(seen.cwd, workspace);
          assert.deepEqual(seen.argv, [
            '--max-semi-space-size=6',
            '--max-old-space-size=115',
            '--v8-pool-size=1',
          ]);
          assert.equal(seen.env.TABLE, 'orders');
          assert.equal(seen.env.TMPDIR, seen.tmp);
          assert.ok(seen.tmp.includes(environmentId));
          assert.deepEqual([...keys], [seen.env.AWS_ACCESS_KEY_ID]);
          assert.match(
            seen.env._X_AMZN_TRACE_ID ?? '',
            /^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0;Lineage=[0-9a-f]{8}:1$/,
          );
          assert.deepEqual(
            Object.keys(seen.env).filter(name => /^(NODE_|VSCODE_|ELECTRON_|AWS_PROFILE|npm_)/.test(name)),
            [],
          );
          assert.ok(Object.keys(seen.env).length < 30);
          await runtime.stop();
          assert.deepEqual([...keys], []);
        },
      );
    } finally {
      for (const name of Object.keys(secrets)) delete process.env[name];
    }
  });

  test('the handler sees the context of its invocation', () =>
    withRuntime(
      [{ timeoutSeconds: 7 }],
      {
        'app.ts':
          'export const handler = async (_event: unknown, context: any) => ({ ...context, left: context.getRemainingTimeInMillis() });',
      },
      async ({ invoke, runtime }) => {
        const arn = 'arn:aws:lambda:eu-west-1:123456789012:function:fn';
        const plain = await invoke('fn');
        const context = plain.payload as Record<string, unknown>;
        assert.equal(context.awsRequestId, plain.requestId);
        assert.equal(context.invokedFunctionArn, arn);
        assert.ok(Number(context.left) > 5000 && Number(context.left) <= 7001, String(context.left));
        const outcome = await runtime.invoke({
          requestId: 'r-2',
          functionName: 'fn',
          qualifier: '$LATEST',
          payload: Buffer.from('{}'),
          clientContext: '{"custom":{"grüße":"😀"}}',
          traceHeader: 'Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1',
        });
        assert.ok(outcome.kind === 'completed');
        const second = JSON.parse(Buffer.from(outcome.payload).toString('utf8')) as Record<string, unknown>;
        assert.equal(second.invokedFunctionArn, `${arn}:$LATEST`);
        assert.deepEqual(second.clientContext, { custom: { grüße: '😀' } });
        assert.match(
          String(second.xRayTraceId),
          /^Root=1-5759e988-bd862e3fe1be46a994272793;Parent=[0-9a-f]{16};Sampled=1;Lineage=[0-9a-f]{8}:1$/,
        );
      },
    ));

  const results: Readonly<Record<string, readonly [string, string]>> = {
    nothing: ['', 'null'],
    undefined: ['return undefined;', 'null'],
    'a function': ['return () => {};', 'null'],
    'an empty string': ["return '';", '""'],
    'a date': ['return new Date(0);', '"1970-01-01T00:00:00.000Z"'],
    'a lone surrogate': ["return '\\ud800';", '"\\ud800"'],
  };
  for (const [what, [body, expected]] of Object.entries(results)) {
    test(`a handler that returns ${what} answers ${expected}`, () =>
      withRuntime(
        [{}],
        { 'app.ts': `export const handler = async () => { ${body} };` },
        async ({ runtime }) => {
          const request = { requestId: 'r-1', functionName: 'fn', payload: Buffer.from('{}') };
          const outcome = await runtime.invoke(request);
          assert.ok(outcome.kind === 'completed');
          assert.equal(Buffer.from(outcome.payload).toString('utf8'), expected);
        },
      ));
  }

  test('awslambda has streamifyResponse, HttpResponseStream and InvokeStore, unless it is turned off', async () => {
    const handler =
      'declare const awslambda: any;\nexport const handler = async (_event: unknown, context: any) => typeof awslambda === "undefined" ? "off" : [Object.keys(awslambda).sort(), awslambda.InvokeStore.getRequestId() === context.awsRequestId, awslambda.InvokeStore.getXRayTraceId() === process.env._X_AMZN_TRACE_ID];';
    const off = { AWS_LAMBDA_NODEJS_NO_GLOBAL_AWSLAMBDA: 'true' };
    await withRuntime([{}, { name: 'off', environment: off }], { 'app.ts': handler }, async ({ invoke }) => {
      assert.deepEqual((await invoke('fn')).payload, [
        ['HttpResponseStream', 'InvokeStore', 'streamifyResponse'],
        true,
        true,
      ]);
      assert.equal((await invoke('off')).payload, 'off');
    });
  });

  test('nodejs22.x requires no ECMAScript modules and detects none, unless NODE_OPTIONS enables them', async () => {
    const definition = { runtime: 'nodejs22.x', handler: 'app.handler', entryFile: 'app.cjs' };
    const enabled = { NODE_OPTIONS: '--experimental-require-module --experimental-detect-module' };
    const files = {
      'app.cjs':
        "const codeOf = name => { try { return require(name).value; } catch (error) { return error.code ?? error.name; } };\nexports.handler = async () => [codeOf('./module.mjs'), codeOf('./detected.js')];",
      'module.mjs': 'export const value = 1;',
      'detected.js': 'export const value = 2;',
    };
    await withRuntime(
      [definition, { ...definition, name: 'enabled', environment: enabled }],
      files,
      async ({ invoke }) => {
        assert.deepEqual((await invoke('fn')).payload, ['ERR_REQUIRE_ESM', 'SyntaxError']);
        assert.deepEqual((await invoke('enabled')).payload, [1, 2]);
      },
    );
  });

  test('a runtime of another major version runs on what there is, which is said once', () =>
    withRuntime(
      [{ runtime: 'nodejs20.x' }],
      { 'app.ts': 'export const handler = async () => process.env.AWS_EXECUTION_ENV;' },
      async ({ invoke, warnings }) => {
        const { payload, log } = await invoke('fn');
        await invoke('fn');
        assert.equal(payload, 'AWS_Lambda_nodejs20.x');
        assert.match(log, /^INIT_START Runtime Version: nodejs:24\.v/);
        assert.deepEqual(warnings, [
          `Functions with the runtime nodejs20.x run on Node.js ${process.versions.node}. For Node.js 20, install it with a version manager, or name it in the setting lambdaLens.node.path.`,
        ]);
      },
    ));

  test('what happens is told in order', () =>
    withRuntime(
      [{}],
      { 'app.ts': 'export const handler = async () => 1;' },
      async ({ invoke, runtime, events }) => {
        const { requestId, environmentId } = await invoke('fn');
        assert.equal(runtime.currentRequest(environmentId), undefined);
        await runtime.stop();
        const told = events.map(event => (event.type === 'environmentChanged' ? event.state : event.type));
        assert.deepEqual(told, [
          'functionsChanged',
          'starting',
          'invocationStarted',
          'initialising',
          'busy',
          'idle',
          'invocationEnded',
          'stopping',
          'gone',
        ]);
        const ended = events.find(event => event.type === 'invocationEnded');
        assert.deepEqual(
          [ended?.requestId, ended?.status, ended?.qualifier],
          [requestId, 'success', '$LATEST'],
        );
      },
    ));

  test('stopping leaves no process and no folder, and answers what is still running', () =>
    withRuntime(
      [{ timeoutSeconds: 60 }],
      {
        'app.ts': [
          "import { spawn } from 'node:child_process';",
          "spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });",
          'export const handler = () => new Promise(() => setInterval(() => {}, 1000));',
        ].join('\n'),
      },
      async ({ runtime, groups, everyGroup, events, workspace }) => {
        const running = runtime.invoke({ requestId: 'r-1', functionName: 'fn', payload: Buffer.from('{}') });
        await until(() =>
          events.some(event => event.type === 'environmentChanged' && event.state === 'busy'),
        );
        await runtime.stop();
        const outcome = await running;
        assert.ok(outcome.kind === 'rejected');
        assert.equal(outcome.error.name, 'ServiceException');
        assert.deepEqual([groups.size, everyGroup.size], [0, 1]);
        await until(() => [...everyGroup].every(group => !isAlive(group)));
        const environments = join(workspace, '..', 'work', 'environments');
        assert.deepEqual(await readdir(environments), []);
        const late = await runtime.invoke({
          requestId: 'r-2',
          functionName: 'fn',
          payload: Buffer.from('{}'),
        });
        assert.equal(late.kind, 'rejected');
      },
    ));
});

/** Waits for something that comes about by itself; the test's own time limit ends it. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(resolve => setTimeout(resolve, 10));
}
