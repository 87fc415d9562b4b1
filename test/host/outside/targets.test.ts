// An account as a person selects it; a second engine is the account.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  CreateFunctionCommand,
  type LambdaClient,
  ListVersionsByFunctionCommand,
} from '@aws-sdk/client-lambda';
import { writeZip } from '../../../src/engine/code/writeZip.ts';
import { until } from '../../../src/scripts/host/until.ts';
import { type TestProfiles, useProfiles } from '../../support/awsProfiles.ts';
import { type ServeProcess, startServe } from '../../support/engine/cli.ts';
import { lambdaClient } from '../../support/engine/lambdaClient.ts';
import { createWorkspace, type TestWorkspace } from '../../support/engine/workspace.ts';
import {
  keepScreenshot,
  keepScreenshotsOfFailures,
  type OutsideHost,
  showFunctions,
  startOutsideHost,
} from '../support/outsideHost.ts';

const template = `Resources:
  OrdersFunction:
    Type: AWS::Serverless::Function
    Properties: { FunctionName: orders, Runtime: nodejs24.x, Handler: app.handler, CodeUri: . }
`;
const app = 'exports.handler = async () => 1;\n';

suite('the target of the Functions view', () => {
  let folder: TestWorkspace;
  let remote: ServeProcess;
  let client: LambdaClient;
  let profiles: TestProfiles;
  let host: OutsideHost;

  suiteSetup(async () => {
    folder = await createWorkspace([]);
    const distDirectory = join(import.meta.dirname, '..', '..', '..', 'dist');
    remote = await startServe(['--ephemeral', '--account-id', '111122223333', '--region', 'eu-central-1'], {
      distDirectory,
      workspace: folder,
    });
    client = lambdaClient(remote.line);
    await client.send(
      new CreateFunctionCommand({
        FunctionName: 'refunds',
        Role: 'arn:aws:iam::111122223333:role/r',
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Code: { ZipFile: await writeZip([{ name: 'index.js', contents: Buffer.from(app) }]) },
      }),
    );
    const { accessKeyId, secretAccessKey } = remote.line;
    profiles = await useProfiles({
      staging: {
        region: 'eu-central-1',
        aws_access_key_id: accessKeyId,
        aws_secret_access_key: secretAccessKey,
      },
    });
    host = await startOutsideHost({
      prepareWorkspace: async workspace => {
        await writeFile(join(workspace, 'template.yaml'), template);
        await writeFile(join(workspace, 'app.js'), app);
      },
    });
    await showFunctions(host.workbench);
  });
  suiteTeardown(async () => {
    await host?.stop();
    client?.destroy();
    await remote?.stop();
    await profiles?.restore();
    await folder?.remove();
  });
  keepScreenshotsOfFailures(() => host?.workbench);

  const status = () => host.workbench.page.locator('.statusbar-item', { hasText: 'staging · eu-central-1' });

  const offered = async () => {
    const { workbench } = host;
    await workbench.run('Lambda Lens: Select Target');
    const last = workbench.page.locator('.quick-input-list .monaco-list-row', {
      hasText: 'Default credentials',
    });
    await last.waitFor();
    return (await workbench.choices()).map(label => label.trim());
  };

  test('is this machine, until a profile and a region are chosen', async () => {
    const { workbench } = host;
    const { page } = workbench;
    await workbench.treeItem('Functions', /orders/).waitFor();
    assert.equal(await status().count(), 0);
    const labels = await offered();
    assert.deepEqual(labels, ['Local', 'staging', 'Default credentials']);
    // The button for an endpoint is shown to whoever is at the row.
    const row = page.locator('.quick-input-list .monaco-list-row', { hasText: 'staging' });
    await row.hover();
    await row.getByRole('button', { name: 'At Another Endpoint...' }).click();
    await page.locator('.quick-input-widget', { hasText: 'API answers' }).waitFor();
    await page.keyboard.type(remote.line.endpoint);
    await page.keyboard.press('Enter');
    await workbench.pick('eu-central-1');
    await status().waitFor();
  });

  test('shows the functions of the account, and says what it cannot show', async () => {
    const { workbench } = host;
    await workbench.treeItem('Functions', /refunds/).waitFor();
    await workbench.page.getByRole('button', { name: 'Invocations Section' }).click();
    await workbench.page.getByText('Invocations at staging, eu-central-1 are not listed here').waitFor();
    await keepScreenshot(workbench, 'target');
  });

  test('is asked about before anything is published there, with account and region', async () => {
    const { workbench } = host;
    const { page } = workbench;
    await workbench.run('Lambda Lens: Publish Version');
    await workbench.pick('refunds');
    await page.locator('.quick-input-widget', { hasText: 'What is in this version?' }).waitFor();
    await page.keyboard.press('Enter');
    const dialog = page.locator('.monaco-dialog-box');
    await dialog.waitFor();
    const text = (await dialog.textContent()) ?? '';
    assert.match(text, /Publish a version of refunds\?/);
    assert.match(text, /staging, account 111122223333, eu-central-1/);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    const versions = async () =>
      (await client.send(new ListVersionsByFunctionCommand({ FunctionName: 'refunds' }))).Versions?.length;
    assert.equal(await versions(), 1);
    await workbench.run('Lambda Lens: Publish Version');
    await workbench.pick('refunds');
    await page.locator('.quick-input-widget', { hasText: 'What is in this version?' }).waitFor();
    await page.keyboard.press('Enter');
    await dialog.getByRole('button', { name: 'Publish' }).click();
    await until('the version', async () => (await versions()) === 2);
  });

  test('is this machine again when it is chosen, and the account is offered as selected before', async () => {
    const { workbench } = host;
    const labels = await offered();
    assert.deepEqual(labels, ['Local', 'staging', 'staging', 'Default credentials']);
    await workbench.pick('Local');
    await until('no account in the status bar', async () => (await status().count()) === 0);
    await until('no function of the account', async () =>
      (await workbench.treeItems('Functions')).every(name => !name.includes('refunds')),
    );
  });
});
