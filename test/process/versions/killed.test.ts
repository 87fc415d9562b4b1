// What the API has acknowledged is still there however the engine ends, and nothing is there by half.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  CreateAliasCommand,
  CreateFunctionCommand,
  GetAliasCommand,
  GetFunctionCommand,
  type LambdaClient,
  ListVersionsByFunctionCommand,
  PublishVersionCommand,
  UpdateAliasCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { fakeEngineBundles } from '../../support/engine/bundles.ts';
import { type ServeProcess, startServe } from '../../support/engine/cli.ts';
import { lambdaClient } from '../../support/engine/lambdaClient.ts';
import { createWorkspace, type TestWorkspace } from '../../support/engine/workspace.ts';
import { role, zipOf } from './support.ts';

const rounds = 50;

/** A value that was acknowledged, and one that is on its way. */
interface Written<T> {
  acknowledged: T;
  underWay?: T | undefined;
}

/** What one writer knows of its function. */
interface Known {
  readonly name: string;
  readonly description: Written<string>;
  readonly code: Written<string>;
  readonly alias: Written<string>;
  readonly versions: Set<number>;
}

suite('what the API has acknowledged', () => {
  let workspace: TestWorkspace;
  let serve: ServeProcess | undefined;

  setup(async () => {
    workspace = await createWorkspace([]);
  });
  teardown(async () => {
    await serve?.stop('SIGKILL');
    await workspace?.remove();
  });

  const start = async (): Promise<LambdaClient> => {
    serve = await startServe(['--state', workspace.stateDirectory], {
      distDirectory: await fakeEngineBundles(),
      workspace,
    });
    return lambdaClient(serve.line);
  };

  test(`is there after ${rounds} kills in the middle of writes, and nothing else by half`, async () => {
    let client = await start();
    const all = await Promise.all(['a', 'b', 'c'].map(name => create(client, name)));
    let writes = 0;
    for (let round = 0; round < rounds; round++) {
      const stop = new AbortController();
      const writing = all.map(known => write(client, known, round, stop.signal, () => writes++));
      await sleep(10 + (round % 10) * 12);
      stop.abort();
      await serve?.stop('SIGKILL');
      await Promise.all(writing);
      client.destroy();
      client = await start();
      for (const known of all) await verify(client, known);
    }
    client.destroy();
    assert.ok(writes > rounds * 3, `${writes} writes were acknowledged`);
  }).timeout(180_000);
});

async function create(client: LambdaClient, name: string): Promise<Known> {
  const code = await zipOf({ 'index.js': name });
  await client.send(
    new CreateFunctionCommand({
      FunctionName: name,
      Role: role.replace('123456789012', '000000000000'),
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Code: { ZipFile: code },
      Publish: true,
    }),
  );
  await client.send(new CreateAliasCommand({ FunctionName: name, Name: 'live', FunctionVersion: '1' }));
  return {
    name,
    description: { acknowledged: '' },
    code: { acknowledged: sha256(code) },
    alias: { acknowledged: '1' },
    versions: new Set([1]),
  };
}

/** Writes until the engine is gone. */
async function write(
  client: LambdaClient,
  { name: FunctionName, description, code, alias, versions }: Known,
  round: number,
  signal: AbortSignal,
  acknowledge: () => void,
): Promise<void> {
  const put = async <T>(written: Written<T>, value: T, send: () => Promise<unknown>) => {
    written.underWay = value;
    await send();
    written.acknowledged = value;
    written.underWay = undefined;
    acknowledge();
  };
  try {
    for (let index = 0; !signal.aborted || index === 0; index++) {
      const Description = `${round}.${index}`;
      await put(description, Description, () =>
        client.send(new UpdateFunctionConfigurationCommand({ FunctionName, Description })),
      );
      const ZipFile = await zipOf({
        'index.js': `${FunctionName} ${Description}`,
        'large.txt': 'x'.repeat(20_000),
      });
      await put(code, sha256(ZipFile), () =>
        client.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile })),
      );
      const { Version = '' } = await client.send(new PublishVersionCommand({ FunctionName }));
      versions.add(Number(Version));
      acknowledge();
      await put(alias, Version, () =>
        client.send(new UpdateAliasCommand({ FunctionName, Name: 'live', FunctionVersion: Version })),
      );
    }
  } catch (error) {
    // The engine was killed: what was on its way may have been written or not.
    assert.match(String(error), /ECONNRESET|ECONNREFUSED|socket hang up|EPIPE/);
  }
}

/** From now on what is there counts as acknowledged. */
async function verify(client: LambdaClient, known: Known): Promise<void> {
  const { name: FunctionName, description, code, alias, versions } = known;
  const { Configuration, Code } = await client.send(new GetFunctionCommand({ FunctionName }));
  settle(description, Configuration?.Description ?? 'none');
  settle(code, Configuration?.CodeSha256 ?? 'none');
  assert.equal(sha256(await download(Code?.Location)), Configuration?.CodeSha256);
  const live = await client.send(new GetAliasCommand({ FunctionName, Name: 'live' }));
  settle(alias, live.FunctionVersion ?? 'none');
  const listed = await allVersions(client, FunctionName);
  assert.deepEqual(
    [...versions].filter(version => !listed.includes(version)),
    [],
  );
  assert.deepEqual(
    listed,
    Array.from(listed, (_, index) => index + 1),
  );
  const last = await client.send(new GetFunctionCommand({ FunctionName, Qualifier: String(listed.at(-1)) }));
  assert.equal(sha256(await download(last.Code?.Location)), last.Configuration?.CodeSha256);
}

function settle<T>(written: Written<T>, seen: T): void {
  assert.ok(
    seen === written.acknowledged || seen === written.underWay,
    `${String(seen)} is neither ${String(written.acknowledged)} nor ${String(written.underWay)}`,
  );
  written.acknowledged = seen;
  written.underWay = undefined;
}

async function allVersions(client: LambdaClient, FunctionName: string): Promise<readonly number[]> {
  const numbers: number[] = [];
  let Marker: string | undefined;
  do {
    const page = await client.send(new ListVersionsByFunctionCommand({ FunctionName, Marker }));
    numbers.push(...(page.Versions ?? []).map(({ Version }) => Number(Version)).filter(Number.isFinite));
    Marker = page.NextMarker;
  } while (Marker !== undefined);
  return numbers;
}

async function download(location = ''): Promise<Buffer> {
  return Buffer.from(await (await fetch(location)).arrayBuffer());
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64');
}
