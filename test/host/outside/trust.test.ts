import assert from 'node:assert/strict';
import { copySamples } from '../../../src/scripts/host/copySamples.ts';
import { runningEngines } from '../../../src/scripts/host/endEngines.ts';
import { until } from '../../../src/scripts/host/until.ts';
import {
  keepScreenshot,
  keepScreenshotsOfFailures,
  type OutsideHost,
  showFunctions,
  startOutsideHost,
} from '../support/outsideHost.ts';

suite('workspace trust', () => {
  let host: OutsideHost;

  suiteSetup(async () => {
    host = await startOutsideHost({ prepareWorkspace: copySamples, workspaceTrust: true });
    await host.workbench.page.getByRole('button', { name: /No, I don't trust/ }).click();
  });
  suiteTeardown(() => host?.stop());
  keepScreenshotsOfFailures(() => host?.workbench);

  test('is not needed to see hints and functions', async () => {
    const { workbench } = host;
    await showFunctions(workbench);
    await until('the functions', async () => (await workbench.treeItems('Functions')).length === 6);
    await workbench.treeItem('Functions', /orders-api/).click();
    await until('hints', async () => (await workbench.inlayHints()).length >= 2);
    await keepScreenshot(workbench, 'restricted');
  });

  test('is asked for before anything runs', async () => {
    const { workbench, home } = host;
    await workbench.run('Lambda Lens: Invoke Function');
    await workbench.notification('Trust the workspace to invoke its functions');
    await keepScreenshot(workbench, 'untrusted');
    assert.deepEqual(await runningEngines(home.env.XDG_STATE_HOME), []);
  });

  test('lets functions run once it is given', async () => {
    const { workbench } = host;
    await workbench.page.getByRole('button', { name: 'Manage Workspace Trust' }).click();
    await workbench.page.getByRole('button', { name: 'Trust', exact: true }).click();
    const restricted = workbench.page.locator('.statusbar-item', { hasText: 'Restricted Mode' });
    await restricted.waitFor({ state: 'hidden' });
    await workbench.run('Lambda Lens: Invoke Function');
    await workbench.pick('count-clicks');
    await workbench.pick('five-clicks');
    await workbench.page.locator('.statusbar-item', { hasText: 'cold start' }).waitFor();
  });
});
