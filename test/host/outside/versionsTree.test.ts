// Versions and aliases as a person handles them: rows, quick picks, keys and the mouse.
import assert from 'node:assert/strict';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Locator } from 'playwright-core';
import { runningEngines } from '../../../src/scripts/host/endEngines.ts';
import { until } from '../../../src/scripts/host/until.ts';
import {
  keepScreenshot,
  keepScreenshotsOfFailures,
  type OutsideHost,
  showFunctions,
  startOutsideHost,
} from '../support/outsideHost.ts';

const fixture = join(import.meta.dirname, '..', '..', 'fixtures', 'host', 'versions');

suite('versions and aliases in the Functions view', () => {
  let host: OutsideHost;

  suiteSetup(async () => {
    host = await startOutsideHost({
      prepareWorkspace: folder => cp(fixture, folder, { recursive: true }),
      // Rows are further down than a short window shows.
      settings: { 'window.dialogStyle': 'custom' },
    });
    await showFunctions(host.workbench);
    await row(/^Function orders/).waitFor();
  });
  suiteTeardown(() => host?.stop());
  keepScreenshotsOfFailures(() => host?.workbench);

  const row = (name: string | RegExp) => host.workbench.treeItem('Functions', name);
  const unfold = (name: string | RegExp) => row(name).locator('.monaco-tl-twistie').click();
  const input = () => host.workbench.page.locator('.quick-input-widget input[type=text]');
  const press = (key: string) => host.workbench.page.keyboard.press(key);
  /** Fills the box that asks for a text. */
  const answer = async (text: string) => {
    await host.workbench.page.locator('.quick-input-widget').waitFor();
    await input().fill(text);
    await press('Enter');
  };
  const inline = async (name: string | RegExp, action: string) => {
    await row(name).hover();
    await row(name).getByRole('button', { name: action }).click();
  };
  const change = async (from: string, to: string) => {
    const file = join(host.workspace, 'src', 'total.ts');
    await writeFile(file, (await readFile(file, 'utf8')).replace(from, to));
  };

  test('start nothing by being looked at, and say how to see them', async () => {
    await unfold(/^Function orders/);
    await unfold(/^Versions$/);
    await row('Start the Local Lambda Service, to see them').waitFor();
    assert.deepEqual(await runningEngines(host.home.env.XDG_STATE_HOME), []);
    await row('Start the Local Lambda Service, to see them').click();
    await row('Nothing has been published yet').waitFor();
    await unfold(/^Aliases$/);
    await row('Set Up DEV, STAGE and PROD..., no aliases yet').waitFor();
    // A service that starts tells several things, and for each the rows are drawn anew: VS Code forgets a row that is
    // clicked while it is.
    await delay(3000);
  });

  test('publishes from the row, with a description', async () => {
    await inline(/^Versions$/, 'Publish Version...');
    await answer('First');
    await row(/^Version 1, published .*, First, \d+ B$/).waitFor();
    await change('sum + price', 'sum + price * 1');
    await inline(/^Versions$/, 'Publish Version...');
    await answer('');
    await row(/^Version 2, published/).waitFor();
    const labels = await host.workbench.treeItems('Functions');
    const versions = labels.filter(label => label.startsWith('Version ') && !label.includes('code as it is'));
    assert.deepEqual(
      versions.map(label => label.slice(0, 9)),
      ['Version 2', 'Version 1'],
      'newest first',
    );
  });

  test('creates an alias by the palette, and says at once what is wrong with its name', async () => {
    const { workbench } = host;
    await workbench.run('Lambda Lens: Create Alias...');
    await workbench.pick('orders');
    await input().fill('1');
    await workbench.page.getByText('the name of an alias needs a letter').first().waitFor();
    await answer('live');
    await workbench.pick('v1');
    await row(/^Alias live, v1$/).waitFor();
    await row(/^Version 1, alias live, published/).waitFor();
  });

  test('points an alias at the version that it is dragged onto', async () => {
    await row(/^Alias live, v1$/).dragTo(row(/^Version 2, published/));
    await row(/^Alias live, v2$/).waitFor();
    await host.workbench.notification('live of orders: v2. It was v1.');
  });

  test('does not take an alias for another function', async () => {
    await unfold(/^Function invoices/);
    const latest = row(/^Version \$LATEST/).first();
    await row(/^Alias live, v2$/).dragTo(latest);
    await host.workbench.notification('Drop live onto a version of orders');
    await unfold(/^Function invoices/);
  });

  test('shifts traffic after a preview of what will happen', async () => {
    const { workbench } = host;
    await inline(/^Alias live, v2$/, 'Shift Traffic...');
    await workbench.pick('v1');
    await workbench.page.getByText('v2 75% · v1 25%: of 1,000 invocations about 250 run v1').waitFor();
    await keepScreenshot(workbench, 'shift-traffic');
    await workbench.pick('25%');
    await row(/^Alias live, v2 75% · v1 25%/).waitFor();
  });

  test('takes another share, with the preview while it is written', async () => {
    const { workbench } = host;
    await inline(/^Alias live/, 'Shift Traffic...');
    await workbench.pick('Another share...');
    await input().fill('none');
    await workbench.page.getByText('Give a number from 0 to 100.').first().waitFor();
    await input().fill('12.5');
    await workbench.page.getByText('of 1,000 invocations about 125 run v1').first().waitFor();
    await press('Enter');
    await row(/^Alias live, v2 87\.5% · v1 12\.5%/).waitFor();
  });

  test('shows what of the traffic really ran which version', async () => {
    const { workbench } = host;
    await inline(/^Alias live/, 'Shift Traffic...');
    await workbench.pick('50%');
    await row(/^Alias live, v2 50% · v1 50%/).waitFor();
    for (let count = 1; count <= 2; count++) {
      await inline(/^Alias live/, 'Invoke Version or Alias...');
      await workbench.pick('Empty event');
      await row(new RegExp(`^Alias live, v2 50% · v1 50%, \\d of ${count} ran v1$`)).waitFor();
    }
    await row(/^Alias live/).hover();
    await keepScreenshot(workbench, 'observed-split');
  });

  test('promotes from the row, and rolls back from the context menu by the keyboard', async () => {
    const { workbench } = host;
    await inline(/^Alias live/, 'Promote...');
    await row(/^Alias live, v1$/).waitFor();
    await row(/^Alias live, v1$/).click();
    await press('Shift+F10');
    await until('Roll Back to be chosen', async () => {
      await press('ArrowDown');
      return /Roll Back/.test((await workbench.page.locator('.action-item.focused').textContent()) ?? '');
    });
    await press('Enter');
    await row(/^Alias live, v2 50% · v1 50%/).waitFor();
    await workbench.run('Lambda Lens: Point Alias at Version...');
    await workbench.pick('orders');
    await workbench.pick('live');
    // Its row in the list before says what it gets, and this one how large it is.
    await workbench.pick(/v2.*\d B/);
    await row(/^Alias live, v2$/).waitFor();
  });

  test('compares a version with the working tree in the diff editor', async () => {
    const { workbench } = host;
    await workbench.run('View: Close All Editors');
    await inline(/^Version 1, /, 'Compare With...');
    await workbench.pick('Working Tree');
    await workbench.page.getByRole('tab', { name: /total\.ts \(orders: v1 ↔ Working Tree\)/ }).waitFor();
    await workbench.page
      .locator('.monaco-diff-editor .view-line', { hasText: /return.prices/ })
      .first()
      .waitFor();
    await keepScreenshot(workbench, 'compare');
  });

  test('deletes what is selected once it was asked, and says what keeps it', async () => {
    const { workbench } = host;
    const { page } = workbench;
    await row(/^Version 2, /).click();
    await press('Delete');
    await workbench.notification('v2 of orders cannot be deleted: live → v2');
    await row(/^Alias live, v2$/).click();
    await row(/^Version 2, /).click({ modifiers: ['ControlOrMeta'] });
    await press('Delete');
    const dialog = page.locator('.monaco-dialog-box');
    await dialog.getByText('Delete orders:live, orders v2?').waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await row(/^Alias live, v2$/).waitFor();
    await press('Delete');
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await gone(row(/^Alias live, v2$/));
    await gone(row(/^Version 2, /));
    await row(/^Version 1, /).waitFor();
  });

  test('sets up DEV, STAGE and PROD from the row that offers it', async () => {
    await row('Set Up DEV, STAGE and PROD..., no aliases yet').click();
    await row(/^Alias DEV, \$LATEST$/).waitFor();
    await row(/^Alias STAGE, v1$/).waitFor();
    await row(/^Alias PROD, v1$/).waitFor();
  });

  test('has a tooltip with what the row has no room for', async () => {
    const { page } = host.workbench;
    await until('the tooltip', async () => {
      await page.mouse.move(0, 0);
      await row(/^Version 1, /).hover();
      return page
        .getByText('arn:aws:lambda:us-east-1:000000000000:function:orders:1')
        .waitFor({ timeout: 5000 })
        .then(
          () => true,
          () => false,
        );
    });
  });

  test('shows the functions that have a text in their name', async () => {
    const { workbench } = host;
    await workbench.run('Lambda Lens: Filter Functions...');
    await answer('Order');
    await gone(row(/^Function invoices/));
    await row(/^Function orders/).waitFor();
    await workbench.page.getByText('Only functions with "order" in their name are shown.').waitFor();
    await workbench.run('Lambda Lens: Filter Functions...');
    await answer('');
    await row(/^Function invoices/).waitFor();
  });

  test('goes back to the offer when the service is stopped', async () => {
    await host.workbench.run('Lambda Lens: Stop the Local Lambda Service');
    await row('Start the Local Lambda Service, to see them').first().waitFor();
  });
});

async function gone(row: Locator): Promise<void> {
  await row.waitFor({ state: 'detached' });
}
