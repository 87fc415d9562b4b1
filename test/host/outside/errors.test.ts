// Each error gives one message that says what to do.
import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { copySamples } from '../../../src/scripts/host/copySamples.ts';
import {
  keepScreenshot,
  keepScreenshotsOfFailures,
  type OutsideHost,
  startOutsideHost,
} from '../support/outsideHost.ts';

suite('an invocation that cannot be', () => {
  let host: OutsideHost;

  suiteSetup(async () => {
    host = await startOutsideHost({
      prepareWorkspace: async folder => {
        await copySamples(folder);
        await setNodePath(folder, '/no/such/node');
        // From the beginning: of what could be built once that is kept.
        await breakFile(folder, 'src/thumbnail.ts');
      },
    });
  });
  suiteTeardown(() => host?.stop());
  keepScreenshotsOfFailures(() => host?.workbench);

  test('names the Node.js that is missing, and the setting to correct', async () => {
    await invokeReport(host);
    await host.workbench.notification('/no/such/node');
    await host.workbench.notification('lambdaLens.node.path');
    await keepScreenshot(host.workbench, 'missing-node');
    const notifications = await host.workbench.notifications();
    assert.equal(notifications.length, 1);
    assert.doesNotMatch(notifications[0] ?? '', /a problem of its own/);
  });

  test('shows where a handler does not compile', async () => {
    await host.workbench.run('Notifications: Clear All Notifications');
    await setNodePath(host.workspace, '');
    await host.workbench.run('Lambda Lens: Stop the Local Lambda Service');
    await invokeEmpty(host, 'thumbnail');
    const message = host.workbench.page.locator('.view-line', { hasText: 'errorMessage' });
    await message
      .filter({ hasText: /SyntaxError:\ssrc\/thumbnail\.ts:\d+/ })
      .first()
      .waitFor();
    await host.workbench.page.getByText('Failed · the code could not be built').first().waitFor();
    await keepScreenshot(host.workbench, 'does-not-compile');
    assert.deepEqual(await host.workbench.notifications(), []);
  });

  test('shows that what could be built last has run, and where the handler does not compile', async () => {
    const { workbench } = host;
    await invokeReport(host);
    await workbench.page
      .locator('.statusbar-item', { hasText: /nightly-report:.*Succeeded/ })
      .first()
      .waitFor();
    await breakFile(host.workspace, 'legacy/report.js');
    await invokeReport(host);
    await workbench.page.locator('.view-line', { hasText: 'the last code that' }).first().waitFor();
    await workbench.run('Problems: Focus on Problems View');
    await workbench.page
      .getByRole('treeitem', { name: /Expected identifier but found "="/ })
      .first()
      .waitFor();
  });
});

async function breakFile(workspace: string, path: string): Promise<void> {
  const file = join(workspace, path);
  await writeFile(file, `${await readFile(file, 'utf8')}\nconst = 1;\n`);
}

function invokeReport(host: OutsideHost): Promise<void> {
  return invokeEmpty(host, 'nightly-report');
}

async function invokeEmpty({ workbench }: OutsideHost, functionName: string): Promise<void> {
  await workbench.run('Lambda Lens: Invoke Function');
  await workbench.pick(functionName);
  await workbench.pick('Empty event');
}

async function setNodePath(workspace: string, path: string): Promise<void> {
  await mkdir(join(workspace, '.vscode'), { recursive: true });
  const settings = path === '' ? {} : { 'lambdaLens.node.path': path };
  await writeFile(join(workspace, '.vscode', 'settings.json'), JSON.stringify(settings));
}
