import assert from 'node:assert/strict';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FunctionDefinition } from '../../../src/model/functionDefinition.ts';
import { until } from '../../support/until.ts';
import { functionIn, isAlive, removeDist, type TestRuntime, withRuntime } from './support.ts';

/**
 * An extension in JavaScript. `told(...)` notes a line in the file `told` of the workspace; the body is run with
 * what it got for its registration, and an event at a time comes from `next()`.
 */
const extension = (body: string, events = '["INVOKE", "SHUTDOWN"]') => `#!/usr/bin/env node
const { appendFileSync, existsSync } = require('node:fs');
const { basename } = require('node:path');
const root = 'http://' + process.env.AWS_LAMBDA_RUNTIME_API + '/2020-01-01/extension';
const name = basename(process.argv[1]);
const wait = ms => new Promise(resolve => setTimeout(resolve, ms));
const told = (...values) => appendFileSync(process.env.TOLD, values.map(value => typeof value === 'string' ? value : JSON.stringify(value)).join(' ') + '\\n');
let id;
const call = (method, path, headers = {}, body) => fetch(path.startsWith('/2') ? 'http://' + process.env.AWS_LAMBDA_RUNTIME_API + path : root + path, { method, headers: { 'Lambda-Extension-Identifier': id ?? '', ...headers }, body: body && JSON.stringify(body) });
const register = async (events, headers = {}) => {
  const answer = await call('POST', '/register', { 'Lambda-Extension-Name': name, ...headers }, { events });
  id = answer.headers.get('lambda-extension-identifier');
  return answer;
};
const next = async () => (await call('GET', '/event/next')).json();
(async () => { const events = ${events}; ${body} })();
`;

/** Registers and is told of everything. */
const telling = `await register(events);
for (;;) {
  const event = await next();
  told(event.eventType, event.shutdownReason ?? event.requestId);
  if (event.eventType === 'SHUTDOWN') process.exit(0);
}`;

interface Extended extends TestRuntime {
  /** The lines that extensions have told. */
  lines(): Promise<readonly string[]>;
  /** Waits until they have told these, and nothing else. */
  told(lines: readonly string[]): Promise<void>;
}

const handlers = {
  'nodejs24.x': {
    'app.ts':
      'export const handler = async (event: any) => { if (event.step === "hang") await new Promise(resolve => setTimeout(resolve, 60_000)); if (event.step === "exit") process.exit(1); console.log("handled"); return "fine"; };',
  },
  'python3.13': {
    'app.py':
      'import os, time\ndef handler(event, context):\n  if event.get("step") == "hang": time.sleep(60)\n  if event.get("step") == "exit": os._exit(1)\n  print("handled")\n  return "fine"\n',
  },
  'provided.al2023': {
    bootstrap: `#!/bin/sh
api="http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime"
headers=$(mktemp)
while true; do
  event=$(curl -sS -D "$headers" "$api/invocation/next")
  id=$(grep -i '^lambda-runtime-aws-request-id:' "$headers" | cut -d: -f2 | tr -d ' \\r')
  case "$event" in *hang*) sleep 60;; *exit*) exit 1;; esac
  echo handled
  curl -sS -o /dev/null -d '"fine"' "$api/invocation/$id/response"
done
`,
  },
} as const;

async function withExtensions(
  extensions: Readonly<Record<string, string>>,
  test: (runtime: Extended) => Promise<void>,
  more: Partial<FunctionDefinition> = {},
): Promise<void> {
  const runtime = (more.runtime ?? 'nodejs24.x') as keyof typeof handlers;
  await withRuntime([], handlers[runtime], async tested => {
    const { workspace } = tested;
    const directory = join(workspace, '..', 'layer');
    await mkdir(join(directory, 'extensions'), { recursive: true });
    for (const [name, text] of Object.entries(extensions)) {
      await writeFile(join(directory, 'extensions', name), text);
      if (!name.startsWith('not-')) await chmod(join(directory, 'extensions', name), 0o755);
    }
    if (runtime.startsWith('provided')) await chmod(join(workspace, 'bootstrap'), 0o755);
    const arn = 'arn:aws:lambda:eu-west-1:123456789012:layer:l:1';
    // Beside the code, of which a change would be another revision.
    const told = join(workspace, '..', 'told');
    await writeFile(told, '');
    tested.runtime.update([
      functionIn(workspace, {
        memorySizeMb: 512,
        environment: { TOLD: told },
        layers: [{ arn, directory }],
        ...(runtime.startsWith('nodejs') ? {} : { entryFile: Object.keys(handlers[runtime])[0] ?? '' }),
        ...more,
      }),
    ]);
    const lines = async () => (await readFile(told, 'utf8')).split('\n').filter(line => line !== '');
    const toldAll = async (expected: readonly string[]) => {
      await until('what extensions tell', async () => (await lines()).length >= expected.length);
      assert.deepEqual(await lines(), expected);
    };
    await test({ ...tested, lines, told: toldAll });
  });
}

suite('extensions of layers', () => {
  suiteTeardown(removeDist);

  for (const runtime of Object.keys(handlers)) {
    test(`are told of invocations and of the end, beside a function on ${runtime}`, () =>
      withExtensions(
        { watcher: extension(telling) },
        async ({ invoke, lines, runtime: functions, everyGroup }) => {
          const first = await invoke('fn');
          const second = await invoke('fn');
          assert.deepEqual([first.payload, second.payload, second.coldStart], ['fine', 'fine', false]);
          assert.match(
            first.log,
            /EXTENSION\tName: watcher\tState: Ready\tEvents: \[INVOKE, SHUTDOWN\]\nSTART RequestId: /,
          );
          assert.equal(everyGroup.size, 2);
          await functions.stop();
          const told = [`INVOKE ${first.requestId}`, `INVOKE ${second.requestId}`, 'SHUTDOWN spindown'];
          assert.deepEqual(await lines(), told);
          assert.ok(![...everyGroup].some(isAlive));
        },
        { runtime },
      ));

    for (const [step, reason, errorType] of [
      ['hang', 'timeout', 'Sandbox.Timedout'],
      ['exit', 'failure', 'Runtime.ExitError'],
    ]) {
      test(`are shut down with the reason ${reason} beside ${runtime}, and started again`, () =>
        withExtensions(
          { watcher: extension(telling) },
          async ({ invoke, told }) => {
            const failed = await invoke('fn', { step });
            assert.equal((failed.payload as { errorType: string }).errorType, errorType);
            const after = await invoke('fn');
            assert.deepEqual([after.payload, after.environmentId], ['fine', failed.environmentId]);
            await told([`INVOKE ${failed.requestId}`, `SHUTDOWN ${reason}`, `INVOKE ${after.requestId}`]);
          },
          { runtime, timeoutSeconds: 2 },
        ));
    }
  }

  test('get what the function is when they register, and less of its environment', () =>
    withExtensions(
      {
        watcher: extension(
          `const answer = await register(events, { 'Lambda-Extension-Accept-Feature': 'accountId' });
told(await answer.json(), process.env._HANDLER ?? 'none', process.env.AWS_LAMBDA_FUNCTION_NAME, process.env.AWS_EXECUTION_ENV ?? 'none');
const event = await next(); told(Object.keys(event), event.tracing.type, event.deadlineMs > Date.now(), event.invokedFunctionArn); await next();`,
        ),
      },
      async ({ invoke, told }) => {
        await invoke('fn');
        await told([
          '{"functionName":"fn","functionVersion":"$LATEST","handler":"app.handler","accountId":"123456789012"} none fn none',
          '["eventType","deadlineMs","requestId","invokedFunctionArn","tracing"] X-Amzn-Trace-Id true arn:aws:lambda:eu-west-1:123456789012:function:fn',
        ]);
      },
    ));

  test('are up before the function is initialised', () =>
    withExtensions(
      { slow: extension(`await wait(300); told('registering'); ${telling}`, '["INVOKE"]') },
      async ({ invoke, lines, write }) => {
        await write({
          'app.ts':
            "import { appendFileSync } from 'node:fs';\nappendFileSync(process.env.TOLD!, 'init\\n');\nexport const handler = async () => 'fine';",
        });
        const { initDurationMs } = await invoke('fn');
        assert.deepEqual((await lines()).slice(0, 2), ['registering', 'init']);
        assert.ok((initDurationMs ?? 0) > 300, `${initDurationMs} ms`);
      },
    ));

  test('may go on after the answer; another environment is there in the meantime', () =>
    withExtensions(
      {
        slow: extension(
          `await register(events); for (;;) { const event = await next(); if (event.eventType !== 'INVOKE') process.exit(0); while (!existsSync(process.env.TOLD + '.go')) await wait(10); told('done'); }`,
        ),
      },
      async ({ invoke, lines, told, workspace }) => {
        const first = await invoke('fn');
        // Whoever comes at once waits for a moment, in which most extensions are done.
        await new Promise(resolve => setTimeout(resolve, 100));
        const second = await invoke('fn');
        assert.deepEqual(await lines(), []);
        assert.notEqual(second.environmentId, first.environmentId);
        await writeFile(join(workspace, '..', 'told.go'), '');
        await told(['done', 'done']);
        await until('an environment to be free', async () => !(await invoke('fn')).coldStart);
      },
    ));

  test('that go on for longer than the timeout are shut down, and the function with them', () =>
    withExtensions(
      {
        slow: extension(
          `await register(events); await next(); void next().then(event => { told(event.eventType, event.shutdownReason); process.exit(0); }); await wait(60_000);`,
        ),
        slower: extension('await register([]); void next(); await wait(60_000);'),
        busy: extension("await register(['INVOKE']); await next(); told('busy'); await wait(60_000);"),
      },
      async ({ invoke, told, groups }) => {
        assert.equal((await invoke('fn')).payload, 'fine');
        await told(['busy', 'SHUTDOWN timeout']);
        await until('the end of the processes', () => groups.size === 0);
      },
      { timeoutSeconds: 2 },
    ));

  test('that do not end by themselves are killed after two seconds', () =>
    withExtensions(
      { stubborn: extension('await register(events); for (;;) { await next(); }') },
      async ({ invoke, runtime, everyGroup }) => {
        await invoke('fn');
        const began = performance.now();
        await runtime.stop();
        const elapsedMs = performance.now() - began;
        assert.ok(elapsedMs > 1_900 && elapsedMs < 4_000, `${elapsedMs} ms`);
        assert.ok(![...everyGroup].some(isAlive));
      },
    ));

  test('let the runtime see SIGTERM before the end', () =>
    withExtensions({ watcher: extension(telling) }, async ({ invoke, write, runtime, lines, told }) => {
      await write({
        'app.ts':
          "import { appendFileSync } from 'node:fs';\nprocess.on('SIGTERM', () => { appendFileSync(process.env.TOLD!, 'SIGTERM\\n'); process.exit(0); });\nexport const handler = async () => 'fine';",
      });
      const { requestId } = await invoke('fn');
      await told([`INVOKE ${requestId}`]);
      await runtime.stop();
      assert.deepEqual((await lines()).slice(1), ['SIGTERM', 'SHUTDOWN spindown']);
    }));

  /** What an extension does, and what the invocation answers. */
  const failures: Readonly<
    Record<string, readonly [name: string, body: string, type: string, text: RegExp]>
  > = {
    'a crash before it registers': ['crasher', 'process.exit(3);', 'Extension.Crash', /Error: exit code 3$/],
    'a crash after it has registered': [
      'crasher',
      'await register(events); process.exit(4);',
      'Extension.Crash',
      /Error: exit code 4$/,
    ],
    'a crash during an invocation': [
      'crasher',
      'await register(events); await next(); process.exit(5);',
      'Extension.Crash',
      /Error: exit code 5$/,
    ],
    'a signal during an invocation': [
      'crasher',
      "await register(events); await next(); process.kill(process.pid, 'SIGKILL'); await wait(1000);",
      'Extension.Crash',
      /Error: signal: SIGKILL$/,
    ],
    'an error of its init': [
      'failing',
      "await register(events); await call('POST', '/init/error', { 'Lambda-Extension-Function-Error-Type': 'Extension.NoConfig' }, {}); await wait(60_000);",
      'Extension.InitError',
      /Error: failing: Extension\.NoConfig$/,
    ],
    'an error that ends it': [
      'failing',
      "await register(events); await next(); await call('POST', '/exit/error', { 'Lambda-Extension-Function-Error-Type': 'Extension.Lost' }, {}); await wait(60_000);",
      'Extension.ExitError',
      /Error: failing: Extension\.Lost$/,
    ],
    'a file that may not be run': [
      'not-executable',
      '',
      'Extension.LaunchError',
      /Error: fork\/exec \/opt\/extensions\/not-executable: permission denied$/,
    ],
  };
  for (const [what, [name, body, errorType, message]] of Object.entries(failures)) {
    test(`fail the invocation by ${what}`, () =>
      withExtensions(
        { [name]: extension(body) },
        async ({ runtime, invoke, workspace, everyGroup }) => {
          if (what.includes('during') || what.includes('ends it')) {
            await writeFile(
              join(workspace, 'app.ts'),
              'export const handler = async () => new Promise(resolve => setTimeout(resolve, 5000));',
            );
          }
          const failed = await invoke('fn');
          const error = failed.payload as { errorType: string; errorMessage: string };
          assert.equal(error.errorType, errorType);
          assert.match(error.errorMessage, message);
          assert.ok(error.errorMessage.startsWith(`RequestId: ${failed.requestId} `));
          assert.ok(failed.log.includes(`\tStatus: error\tError Type: ${errorType}\n`));
          await runtime.stop();
          assert.ok(![...everyGroup].some(isAlive));
        },
        { timeoutSeconds: 10 },
      ));
  }

  test('are ten at most', () =>
    withExtensions(
      Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`watcher${index}`, extension(telling)])),
      async ({ invoke }) => {
        const { errorType, errorMessage } = (await invoke('fn')).payload as Record<string, string>;
        assert.equal(errorType, 'Extension.LaunchError');
        assert.match(errorMessage ?? '', /11 extensions are too many$/);
      },
    ));

  test('are refused what is not allowed, by name', () =>
    withExtensions(
      {
        watcher: extension(`
const problem = async answer => (await (await answer).json()).errorType;
told(await problem(call('GET', '/event/next')));
told(await problem(call('GET', '/event/next', { 'Lambda-Extension-Identifier': 'none' })));
told(await problem(register(['INVOKE', 'NOTHING'])));
told(await problem(call('POST', '/register', { 'Lambda-Extension-Name': '' }, {})));
await register(events);
told(await problem(call('POST', '/register', { 'Lambda-Extension-Name': name }, { events })));
told(await problem(call('POST', '/exit/error')));
told(await problem(call('PUT', '/2022-07-01/telemetry', {}, { schemaVersion: '2022-12-13', types: ['everything'], destination: { protocol: 'HTTP', URI: 'http://sandbox.localdomain:1' } })));
told((await call('GET', '/nowhere')).status);
for (;;) await next();`),
      },
      async ({ invoke, told }) => {
        await invoke('fn');
        await told([
          'Extension.MissingExtensionIdentifier',
          'Extension.UnknownExtensionIdentifier',
          'Extension.InvalidEventType',
          'Extension.InvalidExtensionName',
          'Extension.InvalidExtensionState',
          'Extension.MissingHeader',
          'ValidationError',
          '404',
        ]);
      },
    ));

  test('may live in the process of the runtime', () =>
    withRuntime(
      [{}],
      {
        'app.ts': `
const root = 'http://' + process.env.AWS_LAMBDA_RUNTIME_API + '/2020-01-01/extension';
const call = (path: string, headers: Record<string, string>, body?: unknown) => fetch(root + path, { method: body ? 'POST' : 'GET', headers, ...(body ? { body: JSON.stringify(body) } : {}) });
const refused = await call('/register', { 'Lambda-Extension-Name': 'inner' }, { events: ['SHUTDOWN'] });
const answer = await call('/register', { 'Lambda-Extension-Name': 'internal' }, { events: ['INVOKE'] });
const id = answer.headers.get('lambda-extension-identifier')!;
const seen: string[] = [];
(async () => { for (;;) { const event: any = await (await call('/event/next', { 'Lambda-Extension-Identifier': id })).json(); seen.push(event.requestId); } })();
export const handler = async (event: any, context: any) => {
  while (!seen.includes(context.awsRequestId)) await new Promise(resolve => setTimeout(resolve, 5));
  const late = await call('/register', { 'Lambda-Extension-Name': 'late' }, { events: [] });
  return [refused.status, late.status, seen.length];
};`,
      },
      async ({ invoke }) => {
        const { payload, log } = await invoke('fn');
        assert.deepEqual(payload, [403, 403, 1], log);
        assert.deepEqual((await invoke('fn')).payload, [403, 403, 2]);
      },
    ));
});
