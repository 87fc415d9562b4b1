import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { fakeEngineBundles } from '../../support/engine/bundles.ts';
import { runCli, type ServeProcess, startServe } from '../../support/engine/cli.ts';
import { lambdaClient } from '../../support/engine/lambdaClient.ts';
import { watchEvents } from '../../support/engine/watchEvents.ts';
import { createWorkspace, type TestWorkspace } from '../../support/engine/workspace.ts';
import { until } from '../../support/until.ts';

suite('lambda-lens serve', () => {
  let workspace: TestWorkspace;
  let running: ServeProcess | undefined;

  setup(async () => {
    workspace = await createWorkspace();
  });
  teardown(async () => {
    await running?.stop();
    running = undefined;
    await workspace?.remove();
  });

  const options = async () => ({ distDirectory: await fakeEngineBundles(), workspace });
  const serve = async (...args: readonly string[]) => {
    running = await startServe(args, await options());
    return running;
  };

  test('says first, as JSON, where it is and what it serves', async () => {
    const { line, output } = await serve(
      '--ephemeral',
      '--region',
      'eu-central-1',
      '--account-id',
      '123456789012',
    );
    assert.deepEqual(Object.keys(line), [
      'endpoint',
      'region',
      'accountId',
      'accessKeyId',
      'secretAccessKey',
      'functions',
    ]);
    assert.match(line.endpoint, /^http:\/\/127\.0\.0\.1:\d+$/);
    assert.deepEqual([line.region, line.accountId], ['eu-central-1', '123456789012']);
    assert.deepEqual(line.functions, ['echo', 'context', 'slow', 'fails', 'credentials', 'spawns']);
    assert.equal(output().stdout.trimEnd().split('\n').length, 1);
  });

  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    test(`${signal} ends it cleanly`, async () => {
      const { stop, output } = await serve('--ephemeral');
      const { code, stderr } = await stop(signal);
      assert.equal(code, 0);
      assert.match(stderr, new RegExp(`The engine has ended: it received ${signal}\\.\n$`));
      assert.equal(output().stdout.trimEnd().split('\n').length, 1);
    });
  }

  /** Settles once an invocation has begun. */
  const invocationUnderWay = async ({ line }: ServeProcess) => {
    const watching = watchEvents(line);
    await until('an invocation', () => watching.events.some(({ type }) => type === 'invocationStarted'));
    watching.dispose();
  };

  test('an invocation under way is answered before it ends', async () => {
    const engine = await serve('--ephemeral');
    const { line, stop, output } = engine;
    const client = lambdaClient(line);
    const slow = client.send(
      new InvokeCommand({ FunctionName: 'slow', Payload: Buffer.from('{"ms":1000}') }),
    );
    await invocationUnderWay(engine);
    const ended = stop('SIGTERM');
    await until('the drain', () => output().stderr.includes('Ending; invocations under way may finish'));
    await assert.rejects(client.send(new InvokeCommand({ FunctionName: 'echo' })), {
      name: 'ServiceUnavailableException',
      message: 'The engine is shutting down.',
    });
    assert.equal(Buffer.from((await slow).Payload ?? []).toString(), '"late"');
    assert.equal((await ended).code, 0);
  });

  test('a second signal does not wait', async () => {
    const engine = await serve('--ephemeral');
    const { line, stop, output } = engine;
    const slow = lambdaClient(line).send(
      new InvokeCommand({ FunctionName: 'slow', Payload: Buffer.from('{"ms":20000}') }),
    );
    const cutOff = assert.rejects(slow);
    await invocationUnderWay(engine);
    void stop('SIGTERM');
    await until('the drain', () => output().stderr.includes('Ending'));
    const before = performance.now();
    assert.equal((await stop('SIGINT')).code, 2);
    assert.ok(performance.now() - before < 5_000);
    await cutOff;
    running = undefined;
  });

  test('a workspace without functions is served, and told what to do', async () => {
    await workspace.remove();
    workspace = await createWorkspace([]);
    const { line, output } = await serve('--ephemeral');
    assert.deepEqual(line.functions, []);
    await until('the message', () =>
      /has no functions yet: add one to a SAM or CloudFormation template/.test(output().stderr),
    );
  });

  test('what a run remembers is in the folder it was told', async () => {
    const { stop } = await serve('--state', workspace.stateDirectory);
    assert.deepEqual((await readdir(workspace.stateDirectory)).includes('engine.json'), true);
    await stop();
    assert.deepEqual((await readdir(workspace.stateDirectory)).sort(), ['lens.db', 'lock']);
  });

  for (const [args, message] of [
    [['--permissions', 'enforce'], /does not honour --permissions enforce \(calls are not checked\)\. Leave/],
    [['--permissions', 'warn'], /does not honour --permissions warn/],
    [['--network', 'simulate'], /does not honour --network simulate/],
    [
      ['--network', 'warn', '--permissions', 'warn'],
      /does not honour --permissions warn .* or --network warn/,
    ],
    [['--permissions', 'maybe'], /--permissions must be one of off, warn, enforce, not 'maybe'/],
    [['--time-scale', 'fast'], /--time-scale must be a number above 0, at most 1000000, not 'fast'/],
    [['--time-scale', '0'], /--time-scale must be a number above 0/],
    [['--port', '70000'], /--port must be a number from 0 to 65535, not '70000'/],
    [['--port', 'http'], /--port must be a number/],
    [['--http-port', '70000'], /--http-port must be a number from 0 to 65535, not '70000'/],
    [['--max-environments', '0'], /--max-environments must be a number from 1 to 10000, not '0'/],
    [['--idle-seconds', 'long'], /--idle-seconds must be a number from 1 to 86400, not 'long'/],
    [['--account-concurrency', '1.5'], /--account-concurrency must be a number from 1 to 1000000/],
    [['--freeze', 'maybe'], /--freeze/],
    [['--region', 'Mars'], /--region must be a region such as eu-central-1, not 'Mars'/],
    [['--account-id', '1'], /--account-id must be twelve digits, not '1'/],
    [['--ephemeral', '--state', 'x'], /--state and --ephemeral exclude each other/],
    [['--nope'], /Unknown option '--nope'\. See lambda-lens serve --help/],
    [['extra'], /Unexpected argument 'extra'/],
  ] as const) {
    test(`${args.join(' ')} is refused in one line`, async () => {
      const { code, stdout, stderr } = await runCli(['serve', ...args], await options());
      assert.deepEqual([code, stdout], [2, '']);
      assert.match(stderr, message);
      assert.equal(stderr.trimEnd().split('\n').length, 1);
    });
  }

  test('today’s values of what is not honoured yet are accepted', async () => {
    const { line } = await serve('--ephemeral', '--permissions', 'off', '--network', 'off');
    assert.equal(line.functions.length, 6);
  });
});

suite('lambda-lens', () => {
  let workspace: TestWorkspace;
  suiteSetup(async () => {
    workspace = await createWorkspace();
  });
  suiteTeardown(() => workspace?.remove());
  const run = async (...args: readonly string[]) =>
    runCli(args, { distDirectory: await fakeEngineBundles(), workspace });

  test('--version tells the version of the package', async () => {
    const manifest = JSON.parse(
      await readFile(join(import.meta.dirname, '..', '..', '..', 'package.json'), 'utf8'),
    );
    assert.deepEqual(await run('--version'), { code: 0, stdout: `${manifest.version}\n`, stderr: '' });
  });

  for (const args of [['--help'], ['serve', '--help'], ['invoke', '--help']]) {
    test(`${args.join(' ')} goes to standard output`, async () => {
      const { code, stdout, stderr } = await run(...args);
      assert.deepEqual([code, stderr], [0, '']);
      assert.match(stdout, /^lambda-lens /);
    });
  }

  test('an unknown command is refused', async () =>
    assert.deepEqual(await run('deploy'), {
      code: 2,
      stdout: '',
      stderr: "There is no command 'deploy'. See lambda-lens --help.\n",
    }));

  test('no command is a question', async () => {
    const { code, stdout, stderr } = await run();
    assert.deepEqual([code, stdout], [2, '']);
    assert.match(stderr, /^lambda-lens <command>/);
  });
});
