// Which engine a client gets: the one there is, or a new one in its place.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunOptions } from '../../../src/engine/engineProcess.ts';
import { writeAttachment } from '../../../src/engine/ownership/attachmentFile.ts';
import { rendezvousDirectory } from '../../../src/engine/ownership/rendezvous.ts';
import { UserError } from '../../../src/shared/errors.ts';
import { fakeEngineBundles } from '../../support/engine/bundles.ts';
import { runCli, startServe } from '../../support/engine/cli.ts';
import { type ConnectedWorkspace, createConnectedWorkspace, isAlive } from '../../support/engine/connect.ts';
import { until } from '../../support/until.ts';

suite('a client and the engine of its workspace', () => {
  let workspace: ConnectedWorkspace;

  setup(async () => {
    workspace = await createConnectedWorkspace();
  });
  teardown(() => workspace?.remove());

  test('a second client, of another state folder, gets the same engine', async () => {
    const first = await workspace.connect();
    const second = await workspace.connect({ stateDirectory: `${workspace.stateDirectory}-2` });
    assert.equal(second.attachment.pid, first.attachment.pid);
    assert.equal((await second.invoke({ functionName: 'echo', payload: '1' })).payload, '1');
  });

  test('clients that start at once end with one engine', async () => {
    const connections = await Promise.all(
      ['a', 'b', 'c'].map(name =>
        workspace.connect({ stateDirectory: `${workspace.stateDirectory}-${name}` }),
      ),
    );
    assert.equal(new Set(connections.map(({ attachment }) => attachment.pid)).size, 1);
  });

  test('the command line uses the engine of the window', async () => {
    const window = await workspace.connect();
    const result = await runCli(['invoke', 'echo', '--event', '-'], {
      distDirectory: await fakeEngineBundles(),
      workspace,
      input: '{"from":"cli"}',
    });
    assert.deepEqual([result.code, result.stdout], [0, '{"from":"cli"}\n']);
    assert.equal(await window.lastEvent('echo'), '{"from":"cli"}');
  });

  test('a window uses the engine of serve', async () => {
    const serve = await startServe(['--ephemeral'], { distDirectory: await fakeEngineBundles(), workspace });
    try {
      const connection = await workspace.connect();
      assert.equal(connection.attachment.endpoint, serve.line.endpoint);
    } finally {
      await serve.stop();
    }
  });

  test('what an engine publishes can be read by its user alone', async () => {
    await workspace.connect();
    for (const directory of [workspace.stateDirectory, rendezvousDirectory(workspace.root)]) {
      assert.equal((await stat(directory)).mode & 0o777, 0o700);
      assert.equal((await stat(join(directory, 'engine.json'))).mode & 0o777, 0o600);
    }
  });

  test('its log holds no credentials', async () => {
    const { attachment } = await workspace.connect();
    const log = await readFile(join(workspace.stateDirectory, 'engine.log'), 'utf8');
    assert.match(log, new RegExp(`Serving ${workspace.root} at ${attachment.endpoint}`));
    assert.equal(log.includes(attachment.secretAccessKey), false);
    assert.equal(log.includes(attachment.accessKeyId), false);
  });

  test('an engine of another build is ended and replaced', async () => {
    const old = await startServe([], { distDirectory: await fakeEngineBundles('older'), workspace });
    const connection = await workspace.connect();
    assert.notEqual(connection.attachment.pid, old.pid);
    assert.equal(connection.attachment.buildId, 'source');
    const { code, stderr } = await old.stop('none');
    assert.equal(code, 0);
    assert.match(stderr, /The engine has ended: a client asked for it\.$/m);
  });

  test('what a dead engine has left is replaced', async () => {
    const first = await workspace.connect();
    const { pid } = first.attachment;
    const closed = new Promise(resolve => first.onDidClose(resolve));
    process.kill(pid, 'SIGKILL');
    assert.equal(await closed, 'The engine has ended.');
    const second = await workspace.connect();
    assert.notEqual(second.attachment.pid, pid);
    assert.equal((await second.invoke({ functionName: 'echo', payload: '2' })).payload, '2');
  });

  test('a pid that belongs to another process by now is no engine', async () => {
    const { attachment } = await workspace.connect();
    process.kill(attachment.pid, 'SIGKILL');
    await until('its end', () => !isAlive(attachment.pid));
    await writeAttachment([workspace.stateDirectory], {
      ...attachment,
      pid: process.pid,
      processStartTime: 'of the process that was',
    });
    assert.notEqual((await workspace.connect()).attachment.pid, process.pid);
  });

  test('an engine that hangs is ended and replaced', async () => {
    const { attachment } = await workspace.connect();
    process.kill(attachment.pid, 'SIGSTOP');
    const second = await workspace.connect();
    assert.notEqual(second.attachment.pid, attachment.pid);
    assert.equal(isAlive(attachment.pid), false);
  });

  test('an engine ends some time after its last client, and leaves nothing to attach to', async () => {
    const first = await workspace.connect();
    const second = await workspace.connect();
    const { pid } = first.attachment;
    first.dispose();
    await sleep(3_300);
    assert.equal(isAlive(pid), true, 'one client still held it');
    second.dispose();
    await sleep(500);
    assert.equal(isAlive(pid), true, 'it waits for a client to come back');
    await until('its end', () => !isAlive(pid));
    const left = await readdir(rendezvousDirectory(workspace.root));
    assert.equal(left.includes('engine.json'), false);
    assert.equal((await readdir(workspace.stateDirectory)).includes('engine.json'), false);
  });

  test('an engine that no client ever attaches to ends as well', async () => {
    const options: RunOptions = {
      root: workspace.root,
      stateDirectory: workspace.stateDirectory,
      distDirectory: await fakeEngineBundles(),
      region: 'us-east-1',
      accountId: '000000000000',
      startedBy: 'client',
      leaseGraceMs: 300,
    };
    const engine = spawn(
      process.execPath,
      [join(options.distDirectory, 'engine.js'), JSON.stringify(options)],
      {
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    );
    const log = text(engine.stderr);
    const [code] = await once(engine, 'exit');
    assert.equal(code, 0);
    assert.match(await log, /The engine ends: its last client has gone$/m);
  });

  test('an engine that cannot start says why', async () => {
    await mkdir(workspace.stateDirectory, { recursive: true });
    await writeFile(
      join(workspace.stateDirectory, 'lens.db'),
      'this is no database, but a text of some length',
    );
    await assert.rejects(workspace.connect(), (error: unknown) => {
      assert.ok(error instanceof UserError);
      assert.match(
        error.message,
        /^The engine did not start\. The database \S*lens\.db cannot be used: file is not a database\. Delete it/,
      );
      return true;
    });
  });

  test('who gives up waiting gets what it was told', async () => {
    const reason = new Error('the window was closed');
    await assert.rejects(workspace.connect({ signal: AbortSignal.abort(reason) }), reason);
  });
});
