// An invocation that does not come to its end in the window that began it, and what is wrong with what it is given.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from '../../../src/scripts/host/until.ts';
import { workbenchIsReady } from '../../../src/scripts/host/workbench.ts';
import {
  keepScreenshot,
  keepScreenshotsOfFailures,
  type OutsideHost,
  showFunctions,
  startOutsideHost,
} from '../support/outsideHost.ts';

const template = `Resources:
  SlowFunction:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: slow
      Runtime: nodejs24.x
      Handler: app.handler
      CodeUri: .
      Timeout: 60
      Environment: { Variables: { TABLE: !ImportValue shared-table } }
      Events:
        Jobs: { Type: SQS, Properties: { Queue: !GetAtt Queue.Arn } }
  Queue: { Type: AWS::SQS::Queue }
`;
const app = `exports.handler = async ({ ms = 0, begun }) => {
  if (begun) require('node:fs').appendFileSync(begun, '.');
  await new Promise(resolve => setTimeout(resolve, ms));
  return { waited: ms, table: process.env.TABLE };
};
`;
const events = join('.lambda-lens', 'events', 'slow');

/** Beside the workspace, where nothing watches: a dot for each long invocation that has begun. */
const begunFile = (folder: string) => `${folder}-begun.txt`;

suite('an invocation and its window', () => {
  let host: OutsideHost;

  suiteSetup(async () => {
    host = await startOutsideHost({
      prepareWorkspace: async folder => {
        await mkdir(join(folder, events), { recursive: true });
        await writeFile(join(folder, 'template.yaml'), template);
        await writeFile(join(folder, 'app.js'), app);
        const long = JSON.stringify({ ms: 15_000, begun: begunFile(folder) });
        await writeFile(join(folder, events, 'long.json'), long);
        await writeFile(join(folder, events, 'short.json'), '{ "ms": 1 }');
        await writeFile(join(folder, events, 'broken.json'), '{\n  "ms": 1,\n}\n');
        await writeFile(
          join(folder, events, 'upload.json'),
          '{ "Records": [{ "eventSource": "aws:s3", "s3": {} }] }',
        );
      },
    });
    await showFunctions(host.workbench);
    await host.workbench.page.getByRole('button', { name: 'Invocations Section' }).click();
  });
  suiteTeardown(async () => {
    await host?.stop();
    if (host) await rm(begunFile(host.workspace), { force: true });
  });
  setup(() => host.workbench.run('Notifications: Clear All Notifications'));
  keepScreenshotsOfFailures(() => host?.workbench);

  const invoke = async (event: string) => {
    const { workbench } = host;
    await workbench.run('Lambda Lens: Invoke Function');
    await workbench.pick('slow');
    await workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: event }).first().waitFor();
    await workbench.page.keyboard.type(event);
    await workbench.page.keyboard.press('Enter');
  };

  test('says once which variables the template leaves open, and takes values for them', async () => {
    const { workbench } = host;
    await invoke('short.json');
    await workbench.notification('placeholders for variables whose values only a deployment knows: TABLE');
    await keepScreenshot(workbench, 'unresolved');
    await workbench.page.getByRole('button', { name: 'Give Values' }).click();
    await workbench.page.locator('.quick-input-widget', { hasText: 'The value of TABLE' }).waitFor();
    await workbench.page.keyboard.type('local-table');
    await workbench.page.keyboard.press('Enter');
    await until('the file', async () => {
      await workbench.run('Lambda Lens: Invoke Again');
      const shown = workbench.page.locator('.monaco-editor .view-lines', { hasText: 'local-table' });
      return shown
        .first()
        .waitFor({ timeout: 3000 })
        .then(
          () => true,
          () => false,
        );
    });
  });

  test('is given up by its notification, without an error', async () => {
    const { workbench } = host;
    await invoke('long.json');
    await workbench.notification('Invoking slow');
    await workbench.page.getByRole('button', { name: 'Cancel' }).click();
    await until('the end of the notification', async () => (await workbench.notifications()).length === 0);
  });

  test('with an event that is no JSON is told where', async () => {
    await invoke('broken.json');
    await host.workbench.notification(/broken\.json is not valid JSON at line 3, column 1/);
  });

  test('with an event that nothing sends to it is warned of, and runs', async () => {
    await invoke('upload.json');
    await host.workbench.notification(/an event of S3, which nothing in the template sends.*by SQS/);
  });

  test('with an event that was deleted meanwhile is told so', async () => {
    await invoke('short.json');
    await until('the result', async () => {
      const items = await host.workbench.treeItems('Invocations');
      return /succeeded/.test(items[0] ?? '');
    });
    await rm(join(host.workspace, events, 'short.json'));
    await host.workbench.run('Lambda Lens: Invoke Again');
    await host.workbench.notification(/short\.json cannot be read/);
  });

  test('is told of after a reload, and is in the history', async () => {
    const { workbench } = host;
    await invoke('Empty event');
    await workbench.page
      .locator('.statusbar-item', { hasText: /slow:.*Succeeded/ })
      .first()
      .waitFor();
    const begun = () => readFile(begunFile(host.workspace), 'utf8').catch(() => '');
    const before = await begun();
    await invoke('long.json');
    await until('its beginning', async () => (await begun()).length > before.length);
    await workbench.page.reload();
    await workbenchIsReady(workbench.page);
    await workbench.notification('The window was closed or reloaded while slow ran');
    await keepScreenshot(workbench, 'reloaded');
    await workbench.page.getByRole('button', { name: 'Show Invocations' }).click();
    // The one that was given up before has come to its end too, but began earlier.
    await until('its end', async () => {
      const [newest = ''] = await workbench.treeItems('Invocations');
      return /^slow, succeeded, 15\d{3}/.test(newest);
    });
  });
});
