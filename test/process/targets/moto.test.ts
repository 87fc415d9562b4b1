// Against moto's server, where Python with moto is at hand: a Lambda service that is none of ours.
import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { openAwsTarget } from '../../../src/client/targets/awsTarget.ts';
import type { Target } from '../../../src/model/target.ts';
import type { Disposable } from '../../../src/shared/disposable.ts';
import { type TestProfiles, useProfiles } from '../../support/awsProfiles.ts';
import { zipOf } from '../versions/support.ts';

const program = `
import sys, boto3
from moto.server import ThreadedMotoServer
server = ThreadedMotoServer(ip_address='127.0.0.1', port=0, verbose=False)
server.start()
host, port = server.get_host_and_port()
endpoint = 'http://127.0.0.1:%d' % port
trust = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}'
iam = boto3.client('iam', endpoint_url=endpoint, region_name='eu-central-1', aws_access_key_id='k', aws_secret_access_key='s')
print(endpoint, iam.create_role(RoleName='r', AssumeRolePolicyDocument=trust)['Role']['Arn'], flush=True)
sys.stdin.read()
server.stop()
`;
const region = 'eu-central-1';
const isThere = spawnSync('python3', ['-c', 'import boto3, moto.server']).status === 0;

(isThere ? suite : () => {})('a deployed target that is moto', () => {
  let server: ChildProcess;
  let profiles: TestProfiles;
  let target: Target & Disposable;

  suiteSetup(async () => {
    server = spawn('python3', ['-c', program], { stdio: ['pipe', 'pipe', 'ignore'] });
    assert.ok(server.stdout);
    const [line] = (await once(createInterface(server.stdout), 'line')) as [string];
    const [endpoint = '', role] = line.split(' ');
    profiles = await useProfiles({ moto: { aws_access_key_id: 'k', aws_secret_access_key: 's' } });
    const client = new LambdaClient({ endpoint, region, profile: 'moto' });
    for (const FunctionName of ['orders', 'invoices']) {
      await client.send(
        new CreateFunctionCommand({
          FunctionName,
          Role: role,
          Runtime: 'nodejs22.x',
          Handler: 'index.handler',
          Code: { ZipFile: await zipOf({ 'index.js': 'exports.handler = async () => 1;' }) },
        }),
      );
    }
    client.destroy();
    target = await openAwsTarget({
      access: { profile: 'moto', region, endpoint },
      isReadOnly: () => false,
    });
  });
  suiteTeardown(async () => {
    target?.dispose();
    await profiles?.restore();
    server?.stdin?.end();
    if (server && server.exitCode === null) await once(server, 'exit');
  });

  test('has an account and functions', async () => {
    assert.equal(target.identity.accountId, '123456789012');
    const functions = (await Array.fromAsync(target.functions())).flat();
    assert.deepEqual(functions.map(({ name }) => name).sort(), ['invoices', 'orders']);
    const { timeoutSeconds } = await target.configuration('orders', '$LATEST');
    assert.equal(timeoutSeconds, 3);
  });

  test('publishes versions and moves aliases', async () => {
    const functionName = 'orders';
    const { version } = await target.publishVersion({ functionName, description: 'first' });
    const versions = (await Array.fromAsync(target.versions(functionName))).flat();
    assert.deepEqual(
      versions.map(each => each.version),
      [version],
    );
    const name = 'live';
    const { revisionId } = await target.createAlias({ functionName, name, routing: { version } });
    await target.updateAlias({ functionName, name, routing: { version: '$LATEST' }, revisionId });
    assert.deepEqual(
      (await target.aliases(functionName)).map(alias => [alias.name, alias.version]),
      [['live', '$LATEST']],
    );
    await target.deleteAlias(functionName, name);
    assert.deepEqual(await target.aliases(functionName), []);
  });

  test('says what is not there', () =>
    assert.rejects(target.configuration('nobody', '$LATEST'), {
      code: 'notFound',
      message: /^Read configuration of nobody:\$LATEST \(profile moto, eu-central-1, http:/,
    }));
});
