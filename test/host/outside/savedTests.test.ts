// Saved events with an expected result, as the Test Explorer shows and runs them.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { copySamples } from '../../../src/scripts/host/copySamples.ts';
import { until } from '../../../src/scripts/host/until.ts';
import {
  keepScreenshot,
  keepScreenshotsOfFailures,
  type OutsideHost,
  startOutsideHost,
} from '../support/outsideHost.ts';

const failing = join('.lambda-lens', 'events', 'count-clicks', 'five-clicks.expected.json');

suite('saved events in the Test Explorer', () => {
  let host: OutsideHost;

  suiteSetup(async () => {
    host = await startOutsideHost({
      prepareWorkspace: async folder => {
        await copySamples(folder);
        await writeFile(join(folder, failing), '{ "views": { "/": 4 }, "batchItemFailures": [] }\n');
      },
    });
    await host.workbench.run('Testing: Focus on Test Explorer View');
  });
  suiteTeardown(() => host?.stop());
  keepScreenshotsOfFailures(() => host?.workbench);

  const item = (name: RegExp) => host.workbench.page.getByRole('treeitem', { name });

  test('are listed by function', async () => {
    await item(/^count-clicks/).waitFor();
    await item(/^orders-api/).waitFor();
    assert.equal(await item(/^thumbnail/).count(), 0);
  });

  test('pass and fail', async () => {
    const { workbench } = host;
    await workbench.run('Test: Run All Tests');
    // On a busy machine two cold starts with their builds take their time.
    await item(/^orders-api.*Passed/).waitFor({ timeout: 60_000 });
    await item(/^count-clicks.*Failed/).waitFor();
    await item(/^count-clicks/).click();
    await workbench.page.keyboard.press('ArrowRight');
    await item(/^five-clicks.*Failed/).waitFor();
    await item(/^one-is-broken.*Passed/).waitFor();
    await keepScreenshot(workbench, 'tests');
  });

  test('have their events saved as others', async () => {
    const { workbench, workspace } = host;
    await item(/^five-clicks/).click({ button: 'right' });
    await workbench.page.getByRole('menuitem', { name: 'Save as Event...' }).hover();
    await workbench.page.keyboard.press('Enter');
    const input = workbench.page.locator('.quick-input-widget input[type=text]');
    await until('the suggestion', async () => (await input.inputValue()) === 'five-clicks-2');
    await workbench.page.keyboard.press('Enter');
    await workbench.page.getByRole('tab', { name: /five-clicks-2\.json/ }).waitFor();
    const events = join(workspace, '.lambda-lens', 'events', 'count-clicks');
    const [first, second] = await Promise.all(
      ['five-clicks.json', 'five-clicks-2.json'].map(file => readFile(join(events, file), 'utf8')),
    );
    assert.equal(second, first);
  });

  test('have their expectations updated', async () => {
    const { workbench, workspace } = host;
    await item(/^five-clicks/).click({ button: 'right' });
    // A menu takes no click right after it has opened, in case it opened below the pointer.
    await workbench.page.getByRole('menuitem', { name: 'Execute Using Profile...' }).hover();
    await workbench.page.keyboard.press('Enter');
    await workbench.pick('Update Expectations');
    await item(/^five-clicks.*Passed/).waitFor();
    const text = await until('the new expectation', async () => {
      const now = await readFile(join(workspace, failing), 'utf8');
      return now.includes('"/": 3') && now;
    });
    assert.deepEqual(JSON.parse(text), { views: { '/': 3 }, batchItemFailures: [] });
  });
});
