// The engine as it is built, with real functions in real execution environments.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { type ServeProcess, startServe } from '../../support/engine/cli.ts';
import { isAlive } from '../../support/engine/connect.ts';
import { lambdaClient } from '../../support/engine/lambdaClient.ts';
import { watchEvents } from '../../support/engine/watchEvents.ts';
import { createWorkspace, type TestWorkspace } from '../../support/engine/workspace.ts';
import { until } from '../../support/until.ts';

const repository = join(import.meta.dirname, '..', '..', '..');

suite('the whole engine', () => {
  let workspace: TestWorkspace;
  let serve: ServeProcess;
  let client: LambdaClient;

  setup(async () => {
    // In the repository, so that the functions find the AWS SDK; its user's state is elsewhere.
    workspace = {
      ...(await createWorkspace()),
      root: join(repository, 'test', 'fixtures', 'engine', 'workspace'),
    };
    serve = await startServe(['--ephemeral'], { distDirectory: join(repository, 'dist'), workspace });
    client = lambdaClient(serve.line);
  });
  teardown(async () => {
    client?.destroy();
    await serve?.stop();
    await workspace?.remove();
  });

  const invoke = async (functionName: string, event: unknown) => {
    const response = await client.send(
      new InvokeCommand({
        FunctionName: functionName,
        Payload: Buffer.from(JSON.stringify(event)),
        LogType: 'Tail',
      }),
    );
    return {
      payload: JSON.parse(Buffer.from(response.Payload ?? []).toString()),
      log: Buffer.from(response.LogResult ?? '', 'base64').toString(),
      requestId: response.$metadata.requestId,
    };
  };

  test('runs the functions of a template, cold and then warm', async () => {
    assert.deepEqual(serve.line.functions.toSorted(), ['caller', 'greeter']);
    const cold = await invoke('greeter', { name: 'A' });
    assert.deepEqual(cold.payload, { greeting: 'Hello A', count: 1 });
    assert.match(cold.log, /^INIT_START /);
    assert.match(cold.log, new RegExp(`\\nREPORT RequestId: ${cold.requestId}\\t.*Init Duration: `));
    const warm = await invoke('greeter', { name: 'B' });
    assert.deepEqual(warm.payload, { greeting: 'Hello B', count: 2 });
    assert.match(
      warm.log,
      new RegExp(`^START RequestId: ${warm.requestId} Version: \\$LATEST\\n.*call 2\\n`),
    );
  });

  test('tells which invocation of which function called which service', async () => {
    const watching = watchEvents(serve.line);
    const { payload, requestId } = await invoke('caller', { name: 'C' });
    assert.equal(payload.greeting, 'Hello C');
    await until('the call', () => watching.events.some(({ type }) => type === 'awsCall'));
    watching.dispose();
    const call = watching.events.find(event => event.type === 'awsCall');
    assert.deepEqual(
      [call?.service, call?.action, call?.functionName, call?.requestId, call?.statusCode],
      ['lambda', 'Invoke', 'caller', requestId, 200],
    );
  });

  test('leaves no process when it is killed, frozen environments included', async () => {
    await invoke('caller', { name: 'D' });
    const processes = descendantsOf(serve.pid);
    assert.ok(processes.length >= 3, 'two environments and a watchdog');
    await serve.stop('SIGKILL');
    await until('every process to end', () => !processes.some(isAlive));
  });

  test('leaves no process when it is stopped', async () => {
    await invoke('caller', { name: 'E' });
    const processes = descendantsOf(serve.pid);
    assert.equal((await serve.stop()).code, 0);
    await until('every process to end', () => !processes.some(isAlive));
  });
});

function descendantsOf(pid: number): readonly number[] {
  const table = execFileSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map(line => line.trim().split(/\s+/).map(Number));
  const children = table.filter(([, parent]) => parent === pid).map(([child]) => child ?? 0);
  return [...children, ...children.flatMap(descendantsOf)];
}
