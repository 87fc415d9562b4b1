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
    const handler = join(host.workspace, 'legacy', 'report.js');
    await writeFile(handler, `${await readFile(handler, 'utf8')}\nconst = 1;\n`);
    await invokeReport(host);
    const message = host.workbench.page.locator('.view-line', { hasText: 'errorMessage' });
    await message
      .filter({ hasText: /SyntaxError:\sreport\.js:\d+/ })
      .first()
      .waitFor();
    await host.workbench.page.getByText('Failed · the code could not be built').first().waitFor();
    await keepScreenshot(host.workbench, 'does-not-compile');
    assert.deepEqual(await host.workbench.notifications(), []);
  });
});

async function invokeReport({ workbench }: OutsideHost): Promise<void> {
  await workbench.run('Lambda Lens: Invoke Function');
  await workbench.pick('nightly-report');
  await workbench.pick('Empty event');
}

async function setNodePath(workspace: string, path: string): Promise<void> {
  await mkdir(join(workspace, '.vscode'), { recursive: true });
  const settings = path === '' ? {} : { 'lambdaLens.node.path': path };
  await writeFile(join(workspace, '.vscode', 'settings.json'), JSON.stringify(settings));
}
