// One engine for a workspace folder, however many windows look at it.
import assert from 'node:assert/strict';
import { copySamples } from '../../../src/scripts/host/copySamples.ts';
import { runningEngines } from '../../../src/scripts/host/endEngines.ts';
import { openWorkbench, type Workbench, workbenchIsReady } from '../../../src/scripts/host/workbench.ts';
import { keepScreenshotsOfFailures, type OutsideHost, startOutsideHost } from '../support/outsideHost.ts';

suite('the engine of a workspace folder', () => {
  let host: OutsideHost;
  let engine: number | undefined;

  suiteSetup(async () => {
    host = await startOutsideHost({ prepareWorkspace: copySamples });
  });
  suiteTeardown(() => host?.stop());
  keepScreenshotsOfFailures(() => host?.workbench);

  const enginePids = async () => (await runningEngines(host.home.env.XDG_STATE_HOME)).map(({ pid }) => pid);

  test('is started by the first invocation, not by opening the folder', async () => {
    assert.deepEqual(await enginePids(), []);
    await invoke(host.workbench, 'cold start');
    const pids = await enginePids();
    assert.equal(pids.length, 1);
    engine = pids[0];
  });

  test('survives a reload of the window, with its warm environments', async () => {
    await host.workbench.page.reload();
    await workbenchIsReady(host.workbench.page);
    await invoke(host.workbench, 'warm environment');
    assert.deepEqual(await enginePids(), [engine]);
  });

  test('is shared by a second window', async () => {
    const second = await openWorkbench(host.browser, host.address);
    await invoke(second, 'warm environment');
    assert.deepEqual(await enginePids(), [engine]);
  });
});

async function invoke(workbench: Workbench, environment: string): Promise<void> {
  await workbench.run('Lambda Lens: Invoke Function');
  await workbench.pick('nightly-report');
  await workbench.pick('every-night');
  await workbench.page
    .locator('.statusbar-item', { hasText: 'nightly-report:' })
    .filter({ hasText: environment })
    .waitFor();
}
