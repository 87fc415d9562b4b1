// The engine is a Lambda service: whatever calls AWS Lambda calls it.
import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { fakeEngineBundles } from '../../support/engine/bundles.ts';
import { type ServeLine, type ServeProcess, startServe } from '../../support/engine/cli.ts';
import { lambdaClient } from '../../support/engine/lambdaClient.ts';
import { createWorkspace, type TestWorkspace } from '../../support/engine/workspace.ts';

interface Answer {
  readonly status: number;
  readonly payload: string;
  readonly functionError: string | undefined;
  readonly version: string | undefined;
  readonly log: string;
}

interface Client {
  readonly name: string;
  /** `[program, ...arguments]` that succeed where the client is installed; absent: it always is. */
  readonly probe?: readonly [string, ...string[]];
  /** Rejects with an error whose text holds the error's name. */
  invoke(line: ServeLine, functionName: string, payload: string, qualifier: string): Promise<Answer>;
}

const run = promisify(execFile);

const sdk: Client = {
  name: 'AWS SDK for JavaScript v3',
  async invoke(line, functionName, payload, qualifier) {
    const response = await lambdaClient(line).send(
      new InvokeCommand({
        FunctionName: functionName,
        Payload: Buffer.from(payload),
        Qualifier: qualifier,
        LogType: 'Tail',
      }),
    );
    return {
      status: response.StatusCode ?? 0,
      payload: Buffer.from(response.Payload ?? []).toString(),
      functionError: response.FunctionError,
      version: response.ExecutedVersion,
      log: Buffer.from(response.LogResult ?? '', 'base64').toString(),
    };
  },
};

const boto3: Client = {
  name: 'boto3',
  probe: ['python3', '-c', 'import boto3'],
  async invoke(line, functionName, payload, qualifier) {
    const { stdout } = await run('python3', ['-c', botoProgram, functionName, payload, qualifier], {
      env: awsEnvironment(line),
    });
    return JSON.parse(stdout) as Answer;
  },
};

const botoProgram = `
import base64, json, sys, boto3
name, payload, qualifier = sys.argv[1:]
r = boto3.client('lambda').invoke(FunctionName=name, Payload=payload, Qualifier=qualifier, LogType='Tail')
print(json.dumps({
    'status': r['StatusCode'],
    'payload': r['Payload'].read().decode(),
    'functionError': r.get('FunctionError'),
    'version': r.get('ExecutedVersion'),
    'log': base64.b64decode(r['LogResult']).decode(),
}))`;

const awsCli: Client = {
  name: 'aws CLI',
  probe: ['aws', '--version'],
  async invoke(line, functionName, payload, qualifier) {
    const folder = await mkdtemp(join(tmpdir(), 'lambda-lens-aws-'));
    try {
      const file = join(folder, 'payload');
      const isVersion2 = spawnSync('aws', ['--version']).stdout.toString().startsWith('aws-cli/2');
      const { stdout } = await run(
        'aws',
        [
          ...['lambda', 'invoke', '--output', 'json', '--log-type', 'Tail', '--function-name', functionName],
          ...['--payload', payload, '--qualifier', qualifier],
          ...(isVersion2 ? ['--cli-binary-format', 'raw-in-base64-out'] : []),
          file,
        ],
        { env: awsEnvironment(line) },
      );
      const response = JSON.parse(stdout);
      return {
        status: response.StatusCode,
        payload: await readFile(file, 'utf8'),
        functionError: response.FunctionError,
        version: response.ExecutedVersion,
        log: Buffer.from(response.LogResult, 'base64').toString(),
      };
    } finally {
      await rm(folder, { recursive: true });
    }
  },
};

function awsEnvironment(line: ServeLine): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    HOME: '/nonexistent',
    AWS_ENDPOINT_URL: line.endpoint,
    AWS_DEFAULT_REGION: line.region,
    AWS_ACCESS_KEY_ID: line.accessKeyId,
    AWS_SECRET_ACCESS_KEY: line.secretAccessKey,
    AWS_MAX_ATTEMPTS: '1',
  };
}

const isInstalled = ({ probe }: Client) =>
  probe === undefined || spawnSync(probe[0], probe.slice(1)).status === 0;
const clients = [sdk, boto3, awsCli].filter(isInstalled);

suite(`clients of AWS Lambda (found here: ${clients.map(({ name }) => name).join(', ')})`, () => {
  let workspace: TestWorkspace;
  let serve: ServeProcess;

  suiteSetup(async () => {
    workspace = await createWorkspace();
    serve = await startServe(['--ephemeral'], { distDirectory: await fakeEngineBundles(), workspace });
  });
  suiteTeardown(async () => {
    await serve?.stop();
    await workspace?.remove();
  });

  for (const client of clients) {
    test(`${client.name} gets payload, version and log`, async () => {
      const answer = await client.invoke(serve.line, 'echo', '{"größe": [1, "ß"]}', '$LATEST');
      assert.deepEqual(JSON.parse(answer.payload), { größe: [1, 'ß'] });
      assert.equal(answer.status, 200);
      assert.equal(answer.version, '$LATEST');
      assert.equal(answer.functionError ?? undefined, undefined);
      assert.match(
        answer.log,
        /^START RequestId: [0-9a-f-]{36} Version: \$LATEST\nEND RequestId: [0-9a-f-]{36}\n$/,
      );
    });

    test(`${client.name} may name the function by its ARN`, async () => {
      const arn = `arn:aws:lambda:us-east-1:000000000000:function:context:live`;
      const answer = await client.invoke(serve.line, arn, '{}', 'live');
      const { functionName, qualifier } = JSON.parse(answer.payload);
      assert.deepEqual([functionName, qualifier], ['context', 'live']);
    });

    test(`${client.name} is told of a function error`, async () => {
      const answer = await client.invoke(serve.line, 'fails', '{}', '$LATEST');
      assert.equal(answer.functionError, 'Unhandled');
      assert.deepEqual(JSON.parse(answer.payload), { errorType: 'Error', errorMessage: 'as asked' });
    });

    test(`${client.name} is told of a function that does not exist`, () =>
      assert.rejects(
        client.invoke(serve.line, 'missing', '{}', '$LATEST'),
        /Function not found: arn:aws:lambda:us-east-1:000000000000:function:missing:\$LATEST/,
      ));

    test(`${client.name} is refused with a wrong secret`, () =>
      assert.rejects(
        client.invoke({ ...serve.line, secretAccessKey: 'x'.repeat(40) }, 'echo', '{}', '$LATEST'),
        /The request signature we calculated does not match the signature you provided/,
      ));
  }
});
