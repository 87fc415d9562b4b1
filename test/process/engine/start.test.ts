// What keeps an engine from starting is said in one message that tells what to do.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fakeEngineBundles } from '../../support/engine/bundles.ts';
import { type CliResult, runCli, type ServeProcess, startServe } from '../../support/engine/cli.ts';
import { createWorkspace, type TestWorkspace } from '../../support/engine/workspace.ts';

suite('an engine does not start', () => {
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
  const refused = async (...args: readonly string[]): Promise<CliResult> => {
    const result = await runCli(['serve', '--root', workspace.root, ...args], await options());
    assert.deepEqual([result.code, result.stdout], [2, '']);
    assert.equal(result.stderr.trimEnd().split('\n').length, 1, result.stderr);
    return result;
  };

  test('on a port that is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    try {
      const { stderr } = await refused('--ephemeral', '--port', String(port));
      assert.equal(
        stderr,
        `lambda-lens serve: Port ${port} of 127.0.0.1 is already in use. End the program that uses it, or choose another port (0 lets the system choose).\n`,
      );
    } finally {
      other.close();
    }
  });

  test('on the database of a newer version', async () => {
    await mkdir(workspace.stateDirectory);
    const file = join(workspace.stateDirectory, 'lens.db');
    const database = new DatabaseSync(file);
    database.exec('PRAGMA user_version = 99');
    database.close();
    const { stderr } = await refused('--state', workspace.stateDirectory);
    assert.match(
      stderr,
      new RegExp(`^lambda-lens serve: ${file} was written by a newer version of Lambda Lens`),
    );
  });

  test('on a folder that does not exist', async () => {
    const { stderr } = await refused('--root', join(workspace.root, 'missing'));
    assert.match(stderr, /missing is no folder\. Name the workspace folder/);
  });

  test('twice on one state folder', async () => {
    running = await startServe(['--state', workspace.stateDirectory], await options());
    const { stderr } = await refused('--state', workspace.stateDirectory);
    assert.equal(
      stderr,
      `lambda-lens serve: The state folder ${workspace.stateDirectory} is already served by pid ${running.pid} at ${running.line.endpoint}. Use that engine, end it, or run another one beside it with --ephemeral or a --state of its own.\n`,
    );
  });

  test('twice for one workspace, unless it has a state of its own', async () => {
    running = await startServe([], await options());
    const { stderr } = await refused();
    assert.match(stderr, new RegExp(`already served by pid ${running.pid} at ${running.line.endpoint}`));
    for (const args of [['--ephemeral'], ['--state', workspace.stateDirectory]]) {
      const beside = await startServe(args, await options());
      assert.notEqual(beside.line.endpoint, running.line.endpoint);
      assert.equal((await beside.stop()).code, 0);
    }
  });

  test('for a workspace that a serve beside another state serves already', async () => {
    running = await startServe(['--ephemeral'], await options());
    const { stderr } = await refused();
    assert.match(
      stderr,
      new RegExp(
        `The workspace ${workspace.root} is already served by pid ${running.pid} at ${running.line.endpoint}`,
      ),
    );
  });

  test('where its state cannot be written', async () => {
    const file = join(workspace.root, 'file');
    await writeFile(file, '');
    const { stderr } = await refused('--state', join(file, 'state'));
    assert.match(stderr, /The folder .*file\/state cannot be used: .* Name another one\./);
  });
});
