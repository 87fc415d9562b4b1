import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readAttachment } from '../../../src/engine/ownership/attachmentFile.ts';
import { rendezvousDirectory } from '../../../src/engine/ownership/rendezvous.ts';
import { fakeEngineBundles } from '../../support/engine/bundles.ts';
import { type CliResult, runCli } from '../../support/engine/cli.ts';
import { type ConnectedWorkspace, createConnectedWorkspace, isAlive } from '../../support/engine/connect.ts';

suite('lambda-lens invoke', () => {
  let workspace: ConnectedWorkspace;

  suiteSetup(async () => {
    workspace = await createConnectedWorkspace();
    // The engine that the command would start by itself lives longer than a test.
    await workspace.connect();
    await writeFile(join(workspace.root, 'event.json'), '{"id": 7}');
    await writeFile(join(workspace.root, 'broken.json'), '{\n  "id": 7,\n}');
  });
  suiteTeardown(() => workspace?.remove());

  const invoke = async (args: readonly string[], input?: string): Promise<CliResult> =>
    runCli(['invoke', ...args], {
      distDirectory: await fakeEngineBundles(),
      workspace,
      ...(input === undefined ? {} : { input }),
    });

  test('puts the payload on standard output and the log on standard error', async () => {
    const { code, stdout, stderr } = await invoke(['echo', '--event', 'event.json']);
    assert.deepEqual([code, stdout], [0, '{"id":7}\n']);
    assert.match(stderr, /^START RequestId: .*\nEND RequestId: .*\n$/);
  });

  test('reads the event from standard input', async () =>
    assert.equal((await invoke(['echo', '--event', '-'], '[1, 2]')).stdout, '[1,2]\n'));

  test('asks for a fresh environment', async () => {
    const { stdout } = await invoke(['context', '--fresh']);
    assert.deepEqual(JSON.parse(stdout).environment, { kind: 'fresh' });
    assert.equal(JSON.parse((await invoke(['context'])).stdout).environment, undefined);
  });

  test('sends {} where there is no event', async () => assert.equal((await invoke(['echo'])).stdout, '{}\n'));

  test('sends a sample event, about what is asked for', async () => {
    const { code, stdout } = await invoke([
      'echo',
      '--sample',
      's3:put',
      '--set',
      'bucket=in',
      '--set',
      'key=a=b',
    ]);
    assert.equal(code, 0);
    const { bucket, object } = JSON.parse(stdout).Records[0].s3;
    assert.deepEqual([bucket.name, object.key], ['in', 'a%3Db']);
  });

  test('passes the qualifier on', async () => {
    const { stdout } = await invoke(['context', '--qualifier', 'live']);
    assert.equal(JSON.parse(stdout).qualifier, 'live');
  });

  test('takes the workspace from --root', async () => {
    const result = await runCli(['invoke', 'echo', '--root', workspace.root], {
      distDirectory: await fakeEngineBundles(),
      workspace,
      cwd: '/',
    });
    assert.deepEqual([result.code, result.stdout], [0, '{}\n']);
  });

  test('a dry run prints nothing', async () =>
    assert.deepEqual(await invoke(['echo', '--type', 'DryRun']), { code: 0, stdout: '', stderr: '' }));

  test('an event is taken, and nothing is printed', async () =>
    assert.deepEqual(await invoke(['echo', '--type', 'Event']), { code: 0, stdout: '', stderr: '' }));

  test('a function error is 1, and still a payload', async () => {
    const { code, stdout } = await invoke(['fails']);
    assert.deepEqual([code, JSON.parse(stdout)], [1, { errorType: 'Error', errorMessage: 'as asked' }]);
  });

  for (const [args, message] of [
    [
      ['missing'],
      /^lambda-lens invoke: Function not found: arn:aws:lambda:us-east-1:000000000000:function:missing:\$LATEST\. The workspace has: context, credentials, echo, fails, slow, spawns\.\n$/,
    ],
    [['echo', '--type', 'Sync'], /--type must be one of RequestResponse, Event, DryRun, not 'Sync'/],
    [
      ['echo', '--event', 'broken.json'],
      /The event in broken\.json is no JSON: line 3, column 1: Unexpected character \('\}' \(code 125\)\): was expecting double-quote to start field name\./,
    ],
    [['echo', '--event', 'missing.json'], /The event cannot be read: ENOENT.*missing\.json/],
    [['echo', '--root', 'nowhere'], /nowhere is no folder\. Name the workspace folder with --root/],
    [[], /Name one function to invoke\. See lambda-lens invoke --help/],
    [['echo', 'context'], /Name one function to invoke/],
    [['echo', '--sample', 's3:move'], /There is no sample event s3:move\. There are: .*s3:put, /],
    [
      ['echo', '--sample', 's3:put', '--set', 'name=x'],
      /s3:put has no parameter name\. It has: bucket, key, size\./,
    ],
    [
      ['echo', '--sample', 's3:put', '--set', 'bucket'],
      /--set must be a name and a value, such as bucket=uploads/,
    ],
    [['echo', '--sample', 's3:put', '--event', '-'], /--event and --sample exclude each other/],
    [['echo', '--set', 'bucket=in'], /name the sample with --sample/],
    [['echo', '--nope'], /Unknown option '--nope'\. See lambda-lens invoke --help/],
  ] as const) {
    test(`${args.join(' ') || 'no function'} is 2 and one line`, async () => {
      const { code, stdout, stderr } = await invoke(args);
      assert.deepEqual([code, stdout], [2, '']);
      assert.match(stderr, message);
      assert.equal(stderr.trimEnd().split('\n').length, 1);
    });
  }

  test('an invalid event on standard input is told with its place', async () => {
    const { code, stderr } = await invoke(['echo', '--event', '-'], 'hello');
    assert.equal(code, 2);
    assert.match(
      stderr,
      /The event in standard input is no JSON: line 1, column 6: Unrecognized token 'hello'/,
    );
  });
});

suite('lambda-lens invoke in a workspace that nothing serves', () => {
  let workspace: ConnectedWorkspace;

  setup(async () => {
    workspace = await createConnectedWorkspace([]);
  });
  teardown(() => workspace?.remove());

  test('starts an engine that outlives it, and tells that there are no functions', async () => {
    const result = await runCli(['invoke', 'echo'], { distDirectory: await fakeEngineBundles(), workspace });
    assert.equal(result.code, 2);
    assert.match(
      result.stderr,
      /The workspace has no functions: add one to a SAM or CloudFormation template\.\n$/,
    );
    const attachment = await readAttachment(rendezvousDirectory(workspace.root));
    assert.ok(attachment && isAlive(attachment.pid));
    // So that it is ended with the workspace.
    assert.equal(
      (await workspace.connect({ distDirectory: await fakeEngineBundles() })).attachment.pid,
      attachment.pid,
    );
  });
});
