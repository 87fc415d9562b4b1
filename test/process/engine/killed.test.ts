// No process outlives the engine, however the engine ends.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { fakeEngineBundles } from '../../support/engine/bundles.ts';
import { type ServeProcess, startServe } from '../../support/engine/cli.ts';
import { isAlive } from '../../support/engine/connect.ts';
import { lambdaClient } from '../../support/engine/lambdaClient.ts';
import { createWorkspace, type TestWorkspace } from '../../support/engine/workspace.ts';
import { until } from '../../support/until.ts';

suite('the processes of an engine that is killed', () => {
  let workspace: TestWorkspace;
  let started: ServeProcess[];

  setup(async () => {
    workspace = await createWorkspace();
    started = [];
  });
  teardown(async () => {
    for (const serve of started) await serve.stop('SIGKILL');
    await workspace?.remove();
  });

  const serve = async (...args: readonly string[]) => {
    const process = await startServe(args, { distDirectory: await fakeEngineBundles(), workspace });
    started.push(process);
    return process;
  };

  /** Two processes of one group, both stopped. */
  const spawnStopped = async ({ line }: ServeProcess): Promise<readonly number[]> => {
    const response = await lambdaClient(line).send(new InvokeCommand({ FunctionName: 'spawns' }));
    const { pids } = JSON.parse(Buffer.from(response.Payload ?? []).toString()) as {
      pids: readonly number[];
    };
    await until('the processes to be stopped', () => pids.every(pid => stateOf(pid).startsWith('T')));
    return pids;
  };

  test('are ended, stopped ones too', async () => {
    const engine = await serve();
    const pids = await spawnStopped(engine);
    const watchdog = watchdogOf(engine.pid);
    assert.equal(isAlive(watchdog), true);
    await engine.stop('SIGKILL');
    await until('every process to end', () => ![...pids, watchdog].some(isAlive));
  });

  test('and its temporary folder is removed', async () => {
    const engine = await serve('--ephemeral');
    const folder = stateFolderOf(workspace);
    assert.equal(existsSync(folder), true);
    await engine.stop('SIGKILL');
    await until('the folder to be removed', () => !existsSync(folder));
  });

  test('are ended by the next engine where the watchdog was killed as well', async () => {
    const engine = await serve('--state', workspace.stateDirectory);
    const pids = await spawnStopped(engine);
    // Stopped first, so that it cannot see the end of the engine.
    const watchdog = watchdogOf(engine.pid);
    process.kill(watchdog, 'SIGSTOP');
    await engine.stop('SIGKILL');
    process.kill(watchdog, 'SIGKILL');
    await until('the watchdog to end', () => !isAlive(watchdog));
    assert.ok(pids.every(isAlive));
    await serve('--state', workspace.stateDirectory);
    await until('every process to end', () => !pids.some(isAlive));
  });

  test('but not a process that has got the pid of one of them since', async () => {
    const engine = await serve('--state', workspace.stateDirectory);
    await engine.stop('SIGTERM');
    const bystander = await serve('--ephemeral');
    const database = new DatabaseSync(join(workspace.stateDirectory, 'lens.db'));
    database
      .prepare('INSERT INTO process (pid, start_time) VALUES (?, ?)')
      .run(bystander.pid, 'another time');
    database.close();
    await serve('--state', workspace.stateDirectory);
    assert.equal(isAlive(bystander.pid), true);
  });

  test('a watchdog that is ended is replaced, and knows what the first one knew', async () => {
    const engine = await serve();
    const pids = await spawnStopped(engine);
    await new Promise(resolve => setTimeout(resolve, 1_100));
    const first = watchdogOf(engine.pid);
    process.kill(first, 'SIGKILL');
    await until('another watchdog', () => !isAlive(first) && watchdogOf(engine.pid) !== 0);
    await engine.stop('SIGKILL');
    await until('every process to end', () => !pids.some(isAlive));
  });

  test('a clean end leaves no watchdog and no temporary folder', async () => {
    const engine = await serve('--ephemeral');
    const watchdog = watchdogOf(engine.pid);
    const folder = stateFolderOf(workspace);
    const { code } = await engine.stop('SIGTERM');
    assert.equal(code, 0);
    assert.equal(isAlive(watchdog), false);
    assert.equal(existsSync(folder), false);
  });
});

/** Where the engine that clients would find keeps its state. */
function stateFolderOf(workspace: TestWorkspace): string {
  const file = execFileSync('find', [workspace.stateHome, '-name', 'engine.json'], {
    encoding: 'utf8',
  }).trim();
  return (JSON.parse(readFileSync(file, 'utf8')) as { stateDirectory: string }).stateDirectory;
}

/** 0 when the engine has none. */
function watchdogOf(engine: number): number {
  const children = execFileSync('ps', ['-o', 'pid=,args=', '--ppid', String(engine)], { encoding: 'utf8' });
  const line = children.split('\n').find(child => child.includes('watchdog.js'));
  return Number.parseInt(line ?? '0', 10);
}

function stateOf(pid: number): string {
  return execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
}
