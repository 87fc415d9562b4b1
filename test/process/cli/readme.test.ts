// What the README shows of the command line, run as it is written.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { endEngines } from '../../../src/scripts/host/endEngines.ts';
import { findExecutable } from '../../../src/scripts/host/findExecutable.ts';
import { runCli, type ServeLine, startServe } from '../../support/engine/cli.ts';
import { createWorkspace, type TestWorkspace } from '../../support/engine/workspace.ts';

const repository = join(import.meta.dirname, '..', '..', '..');
const distDirectory = join(repository, 'dist');

suite('the command line as the README shows it', () => {
  let workspace: TestWorkspace;
  let lines: readonly string[] = [];

  suiteSetup(async () => {
    const readme = await readFile(join(repository, 'README.md'), 'utf8');
    const [, section = ''] = readme.split('## On the command line');
    lines = section
      .split('\n## ')[0]
      ?.split('\n')
      .map(line => line.replace(/\s+# .*$/, ''))
      .filter(line => /^(lambda-lens|aws) /.test(line)) as string[];
  });
  setup(async () => {
    workspace = { ...(await createWorkspace()), root: join(repository, 'samples') };
  });
  teardown(async () => {
    await endEngines(workspace.stateHome);
    await workspace.remove();
  });

  const written = (start: string) => {
    const line = lines.find(text => text.startsWith(start));
    assert.ok(line, `The README has a line that starts with "${start}"`);
    return line.split(' ');
  };
  const run = (args: readonly string[]) => runCli(args, { distDirectory, workspace, cwd: repository });

  test('check finds something to mend in the samples', async () => {
    const { code, stdout } = await run(written('lambda-lens check').slice(1));
    assert.equal(code, 1);
    assert.match(stdout, /client-per-invocation/);
  });

  test('invoke prints what the function returned', async () => {
    const { code, stdout, stderr } = await run(written('lambda-lens invoke').slice(1));
    assert.equal(code, 0, stderr);
    assert.equal(JSON.parse(stdout).statusCode, 200);
    assert.match(stderr, /^REPORT RequestId: .*\tInit Duration: /m);
  });

  test('test finds the samples as they are expected', async () => {
    const { code, stdout } = await run(written('lambda-lens test').slice(1));
    assert.equal(code, 0, stdout);
    assert.match(stdout, /\n3 passed, 0 failed\n$/);
  });

  test('serve answers an AWS client', async () => {
    const [, , ...args] = written('lambda-lens serve');
    assert.deepEqual(args, ['--root', 'samples']);
    const serve = await startServe(['--ephemeral'], { distDirectory, workspace, cwd: repository });
    try {
      const aws = await findExecutable(['aws']);
      const [, ...given] = written('aws lambda invoke');
      assert.ok(serve.line.functions.includes(given[given.indexOf('--function-name') + 1] ?? ''));
      if (aws !== undefined) await invokeByAws(aws, given, serve.line, workspace.stateHome);
    } finally {
      await serve.stop();
    }
  });
});

async function invokeByAws(
  aws: string,
  args: readonly string[],
  engine: ServeLine,
  folder: string,
): Promise<void> {
  const { stdout } = await promisify(execFile)(
    aws,
    args.map(argument => argument.replace('http://127.0.0.1:PORT', engine.endpoint)),
    {
      cwd: folder,
      env: {
        PATH: process.env.PATH,
        AWS_ACCESS_KEY_ID: engine.accessKeyId,
        AWS_SECRET_ACCESS_KEY: engine.secretAccessKey,
        AWS_DEFAULT_REGION: engine.region,
      },
    },
  );
  assert.match(stdout, /"ExecutedVersion": "\$LATEST"/);
  assert.doesNotMatch(stdout, /FunctionError/);
  JSON.parse(await readFile(join(folder, 'out.json'), 'utf8'));
}
