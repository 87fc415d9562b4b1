import assert from 'node:assert/strict';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fakeEngineBundles } from '../../support/engine/bundles.ts';
import { type CliResult, runCli } from '../../support/engine/cli.ts';
import { type ConnectedWorkspace, createConnectedWorkspace } from '../../support/engine/connect.ts';

// What the functions of the fake engine do is told by their names: echo returns its event, fails fails.
suite('lambda-lens test', () => {
  let workspace: ConnectedWorkspace;

  suiteSetup(async () => {
    workspace = await createConnectedWorkspace();
    // The engine that the command would start by itself lives longer than a test.
    await workspace.connect();
  });
  suiteTeardown(() => workspace?.remove());
  teardown(() => rm(join(workspace.root, '.lambda-lens'), { recursive: true, force: true }));

  const save = async (files: Readonly<Record<string, string>>) => {
    for (const [name, text] of Object.entries(files)) {
      const file = join(workspace.root, '.lambda-lens', 'events', name);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text);
    }
  };
  const run = async (...args: readonly string[]): Promise<CliResult> =>
    runCli(['test', ...args], { distDirectory: await fakeEngineBundles(), workspace });
  const saved = (name: string) => readFile(join(workspace.root, '.lambda-lens', 'events', name), 'utf8');
  const withoutTimes = (text: string) =>
    text.replaceAll(/\d+ ms/g, 'N ms').replaceAll(/RequestId: \S+/g, 'ID');

  const passing = {
    'echo/seven.json': '{"id": 7, "at": "now"}',
    'echo/seven.expected.json': '{"id": 7, "at": {"$type": "string"}}',
    'fails/any.json': '{}',
    'fails/any.expected.json': '{"$error": {"errorMessage": {"$match": "asked"}}}',
    'echo/no-test.json': '{}',
  };
  const failing = {
    'echo/eight.json': '{"id": 8}',
    'echo/eight.expected.json': '{"id": {"$any": true}, "x": 1}',
  };

  test('is 0 where all is as expected, and runs only events with an expected result', async () => {
    await save(passing);
    const { code, stdout, stderr } = await run();
    assert.deepEqual([code, stderr], [0, '']);
    assert.equal(
      withoutTimes(stdout),
      'echo\n  ✔ seven (N ms)\n\nfails\n  ✔ any (N ms)\n\n2 passed, 0 failed\n',
    );
  });

  test('is 1 where something is not, and tells in what', async () => {
    await save({ ...passing, ...failing });
    const { code, stdout } = await run('--function', 'echo');
    assert.equal(code, 1);
    assert.equal(
      withoutTimes(stdout),
      [
        'echo',
        '  ✖ eight (N ms)',
        '      The result is not the one that was expected.',
        '      $.x: expected 1, got nothing',
        '      START ID Version: $LATEST',
        '      END ID',
        '  ✔ seven (N ms)',
        '',
        '1 passed, 1 failed',
        '',
      ].join('\n'),
    );
  });

  test('--update writes what is, keeps matchers, and is 0', async () => {
    await save({ ...failing, 'echo/new.json': '[1]', 'echo/new.expected.json': '' });
    const { code, stdout } = await run('--update');
    assert.equal(code, 0);
    assert.match(
      stdout,
      /✎ eight .*\n {6}\.lambda-lens\/events\/echo\/eight\.expected\.json was updated\.\n/,
    );
    assert.deepEqual(JSON.parse(await saved('echo/eight.expected.json')), { id: { $any: true } });
    assert.deepEqual(JSON.parse(await saved('echo/new.expected.json')), [1]);
    assert.equal((await run()).code, 0);
  });

  test('what is wrong with one test does not keep the others from being run', async () => {
    await save({
      ...passing,
      'echo/bad.json': '{\n  "id": 7,\n}',
      'echo/bad.expected.json': '{}',
      'echo/typo.json': '{}',
      'echo/typo.expected.json': '{"$anyting": true}',
      'nobody/x.json': '{}',
      'nobody/x.expected.json': '{}',
    });
    const { code, stdout } = await run('--update');
    assert.equal(code, 1);
    assert.match(stdout, /✖ bad\n {6}\.lambda-lens\/events\/echo\/bad\.json is no JSON: line 3, column 1: /);
    assert.match(
      stdout,
      /✖ typo\n {6}\S+typo\.expected\.json cannot be used: \$: there is no matcher \$anyting;/,
    );
    assert.match(stdout, /nobody\n {2}✖ x\n {6}Function not found: .*nobody/);
    assert.match(stdout, /\n2 passed, 3 failed\n$/);
    assert.equal(await saved('echo/typo.expected.json'), '{"$anyting": true}');
  });

  test('an event that AWS would not send so gets a warning, and is sent', async () => {
    await save({
      'echo/message.json': '{"Records": [{"eventSource": "aws:sqs", "body": {"id": 7}}]}',
      'echo/message.expected.json': '{"Records": [{"body": {"id": 7}}]}',
    });
    const { code, stderr } = await run();
    assert.equal(code, 0);
    assert.match(
      stderr,
      /^\.lambda-lens\/events\/echo\/message\.json: \$\.Records\[0\]\.messageId is missing in an event of SQS\.\n/,
    );
    assert.equal(stderr.trimEnd().split('\n').length, 3);
  });

  test('an expectation without an event is told of on standard error', async () => {
    await save({ ...passing, 'echo/gone.expected.json': '{}' });
    const { code, stderr } = await run();
    assert.equal(code, 0);
    assert.equal(
      stderr,
      '.lambda-lens/events/echo/gone.expected.json expects something of an event that is not there.\n',
    );
  });

  test('--reporter junit is XML on standard output', async () => {
    await save({ ...passing, ...failing });
    const { code, stdout } = await run('--reporter', 'junit');
    assert.equal(code, 1);
    assert.match(
      stdout,
      /^<\?xml version="1.0" encoding="UTF-8"\?>\n<testsuites name="lambda-lens" tests="3" failures="1" errors="0" /,
    );
    assert.match(
      stdout,
      /<testcase classname="echo" name="eight" file="\.lambda-lens\/events\/echo\/eight\.json" time="[\d.]+">\n {6}<failure /,
    );
  });

  for (const [args, message] of [
    [[], /There is nothing to test: no saved event has an expected result\. Put one beside /],
    [['--function', 'nope'], /nope has no saved events in \.lambda-lens\/events\. No function has any\./],
    [['--reporter', 'tap'], /--reporter must be one of pretty, junit, not 'tap'/],
    [['--root', 'nowhere'], /nowhere is no folder/],
    [['echo'], /Unexpected argument 'echo'/],
  ] as const) {
    test(`${args.join(' ') || 'nothing saved'} is 2 and one line`, async () => {
      const { code, stdout, stderr } = await run(...args);
      assert.deepEqual([code, stdout], [2, '']);
      assert.match(stderr, message);
      assert.equal(stderr.trimEnd().split('\n').length, 1);
    });
  }
});
