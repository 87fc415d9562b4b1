import assert from 'node:assert/strict';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { copySamples } from '../../../src/scripts/host/copySamples.ts';
import { until } from '../../../src/scripts/host/until.ts';
import {
  keepScreenshot,
  keepScreenshotsOfFailures,
  type OutsideHost,
  showFunctions,
  startOutsideHost,
} from '../support/outsideHost.ts';

suite('the Invocations view', () => {
  let host: OutsideHost;

  suiteSetup(async () => {
    host = await startOutsideHost({ prepareWorkspace: copySamples });
    const { workbench } = host;
    await showFunctions(workbench);
    await workbench.page.getByRole('button', { name: 'Invocations Section' }).click();
    for (const event of ['five-clicks', 'Empty event']) {
      await workbench.run('Lambda Lens: Invoke Function');
      await workbench.pick('count-clicks');
      await workbench.pick(event);
      await workbench.page.locator('.statusbar-item', { hasText: 'count-clicks:' }).waitFor();
    }
  });
  suiteTeardown(() => host?.stop());
  keepScreenshotsOfFailures(() => host?.workbench);

  const listed = (count: number) =>
    until(`${count} invocations`, async () => {
      const items = await host.workbench.treeItems('Invocations');
      return items.length === count && items;
    });

  test('lists what was invoked, newest first, with how it went', async () => {
    const [second = '', first = ''] = await listed(2);
    assert.match(first, /^count-clicks, succeeded, [\d.]+ ms, cold, init \d+ ms, \d+ MB, /);
    assert.match(second, /^count-clicks, failed with TypeError, [\d.]+ ms, warm, \d+ MB, /);
    await keepScreenshot(host.workbench, 'invocations');
  });

  test('replays an invocation with its event', async () => {
    const { workbench } = host;
    const row = workbench.treeItem('Invocations', /succeeded/);
    await row.hover();
    await row.getByRole('button', { name: 'Replay' }).click();
    const [third = ''] = await listed(3);
    assert.match(third, /^count-clicks, succeeded, [\d.]+ ms, warm, /);
  });

  test('saves the event of an invocation', async () => {
    const { workbench, workspace } = host;
    const row = workbench.treeItem('Invocations', /failed/);
    await row.hover();
    await row.getByRole('button', { name: 'Save as Event...' }).click();
    const input = workbench.page.locator('.quick-input-widget input[type=text]');
    await until('the suggestion', async () => (await input.inputValue()) === 'event');
    await workbench.page.keyboard.press('Enter');
    await workbench.page.getByRole('tab', { name: /event\.json/ }).waitFor();
    await access(join(workspace, '.lambda-lens', 'events', 'count-clicks', 'event.json'));
  });
});
