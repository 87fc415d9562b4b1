// A second engine is the account that the commands act on.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import {
  CreateFunctionCommand,
  type LambdaClient,
  ListVersionsByFunctionCommand,
} from '@aws-sdk/client-lambda';
import * as vscode from 'vscode';
import { writeZip } from '../../../../src/engine/code/writeZip.ts';
import type { InvocationResult, TargetIdentity } from '../../../../src/model/target.ts';
import { type TestProfiles, useProfiles } from '../../../support/awsProfiles.ts';
import { type ServeProcess, startServe } from '../../../support/engine/cli.ts';
import { lambdaClient } from '../../../support/engine/lambdaClient.ts';
import { createWorkspace, type TestWorkspace } from '../../../support/engine/workspace.ts';
import { activeExtension, invoke } from '../../support/inHost.ts';
import { done, publish, run } from '../../support/versions.ts';

const code = `exports.handler = async event => ({ where: 'remote', event });`;

suite('an account as the target, by the commands', () => {
  let workspace: TestWorkspace;
  let remote: ServeProcess;
  let client: LambdaClient;
  let profiles: TestProfiles;

  suiteSetup(async () => {
    const { extensionPath } = await activeExtension();
    workspace = await createWorkspace([]);
    const distDirectory = join(extensionPath, 'dist');
    remote = await startServe(['--ephemeral', '--account-id', '111122223333', '--region', 'eu-central-1'], {
      distDirectory,
      workspace,
    });
    const { accessKeyId, secretAccessKey } = remote.line;
    profiles = await useProfiles({
      remote: { aws_access_key_id: accessKeyId, aws_secret_access_key: secretAccessKey },
      strangers: { aws_access_key_id: 'AKIAEXAMPLE', aws_secret_access_key: 'not-the-key' },
    });
    client = lambdaClient(remote.line);
    for (const FunctionName of ['orders', 'refunds']) {
      await client.send(
        new CreateFunctionCommand({
          FunctionName,
          Role: 'arn:aws:iam::111122223333:role/r',
          Runtime: 'nodejs24.x',
          Handler: 'index.handler',
          Code: { ZipFile: await writeZip([{ name: 'index.js', contents: Buffer.from(code) }]) },
        }),
      );
    }
  });
  suiteTeardown(async () => {
    await select({ local: true });
    await readOnly(undefined);
    client?.destroy();
    await remote?.stop();
    await profiles?.restore();
    await workspace?.remove();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('lambdaLens.stopEngine');
  });

  const select = (given: object) =>
    vscode.commands.executeCommand<TargetIdentity | undefined>('lambdaLens.selectTarget', given);
  const selectRemote = (more: object = {}) =>
    select({ profile: 'remote', region: 'eu-central-1', endpoint: remote.line.endpoint, ...more });
  const readOnly = (value: boolean | undefined) =>
    vscode.workspace
      .getConfiguration('lambdaLens')
      .update('target.readOnly', value, vscode.ConfigurationTarget.Global);
  const versions = async () => {
    const { Versions = [] } = await client.send(
      new ListVersionsByFunctionCommand({ FunctionName: 'orders' }),
    );
    return Versions.map(({ Version }) => Version);
  };

  test('what cannot be reached, is not known or makes no sense is not selected', async () => {
    for (const given of [
      { profile: 'strangers' },
      { profile: 'nobody' },
      { endpoint: 'http://127.0.0.1:9' },
      { endpoint: 'ftp://example.com' },
      { endpoint: remote.line.endpoint.replace('//', '//user:secret@') },
      { region: 'somewhere' },
    ]) {
      assert.equal(await selectRemote(given), undefined, JSON.stringify(given));
    }
    assert.match(done(await run<string>('copyArn')), /:000000000000:function:orders/);
  });

  test('is selected by profile, region and endpoint, and told with its account', async () => {
    const { kind, label, region, accountId } = done(await selectRemote());
    assert.deepEqual(
      { kind, label, region, accountId },
      {
        kind: 'aws',
        label: 'remote',
        region: 'eu-central-1',
        accountId: '111122223333',
      },
    );
    const arn = done(await run<string>('copyArn', { functionName: 'refunds', version: '$LATEST' }));
    assert.match(arn, /^arn:aws:lambda:eu-central-1:111122223333:function:refunds/);
  });

  test('publishing asks first, and names where', async () => {
    // VS Code refuses to ask while it is tested, and says what it would have asked.
    assert.equal(await run('publishVersion', { description: 'unasked' }), undefined);
    assert.deepEqual(await versions(), ['$LATEST']);
    const { version, arn } = await publish('asked', { confirmed: true });
    assert.equal(version, '1');
    assert.equal(arn, 'arn:aws:lambda:eu-central-1:111122223333:function:orders:1');
    assert.deepEqual(await versions(), ['$LATEST', '1']);
  });

  test('invoking asks first, and shows the payload and the tail of the log of what is deployed', async () => {
    assert.equal(await invoke('orders', { id: 1 }), undefined);
    const given = { event: '{"id":1}', version: '1', confirmed: true };
    const { payload, logTail, executedVersion } = done(await run<InvocationResult>('invokeQualifier', given));
    assert.deepEqual(JSON.parse(payload), { where: 'remote', event: { id: 1 } });
    assert.match(logTail, /REPORT RequestId/);
    assert.equal(executedVersion, '1');
    // Once allowed, it is not asked again.
    assert.ok(await invoke('orders', { id: 2 }));
  });

  test('there is no debugging and no fresh environment', async () => {
    const given = { functionName: 'orders', event: '{}' };
    assert.equal(await vscode.commands.executeCommand('lambdaLens.invokeFresh', given), undefined);
    assert.equal(await vscode.commands.executeCommand('lambdaLens.invokeWithDebugger', given), undefined);
  });

  test('nothing is changed or invoked while lambdaLens.target.readOnly is set', async () => {
    await readOnly(true);
    assert.equal(await run('createAlias', { alias: 'live', version: '1', confirmed: true }), undefined);
    assert.equal(await run('deleteQualifier', { version: '1', confirmed: true }), undefined);
    assert.equal(await invoke('orders', { id: 3 }), undefined);
    assert.deepEqual(await versions(), ['$LATEST', '1']);
    await readOnly(undefined);
    assert.ok(await run('createAlias', { alias: 'live', version: '1', confirmed: true }));
  });

  test('what this machine has is there again once it is selected', async () => {
    await select({ local: true });
    assert.match(done(await run<string>('copyArn')), /:000000000000:function:orders/);
    await assert.doesNotReject(async () => done(await invoke('orders', {})));
  });
});
