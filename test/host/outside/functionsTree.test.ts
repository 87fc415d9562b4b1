import assert from 'node:assert/strict';
import { cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from '../../../src/scripts/host/until.ts';
import { openWorkbench } from '../../../src/scripts/host/workbench.ts';
import {
  keepScreenshot,
  keepScreenshotsOfFailures,
  type OutsideHost,
  showFunctions,
  startOutsideHost,
} from '../support/outsideHost.ts';

const templates = join(import.meta.dirname, '..', '..', 'fixtures', 'host', 'templates');

suite('the Functions view of several templates', () => {
  let host: OutsideHost;

  suiteSetup(async () => {
    host = await startOutsideHost({ prepareWorkspace: folder => cp(templates, folder, { recursive: true }) });
    await showFunctions(host.workbench);
  });
  suiteTeardown(() => host?.stop());
  keepScreenshotsOfFailures(() => host?.workbench);

  test('lists the functions below their templates and stacks, with what invokes them and what is wrong', async () => {
    const expected = [
      /^Template services\/stock\.template\.json$/,
      /^Function stock, runtime nodejs24\.x, warning: services\/stock\/index\.js does not export hanlder, but handler\./,
      /^Template template\.yaml$/,
      /^Function orders, runtime nodejs24\.x, invoked by HTTP API POST \/orders, invoked by HTTP API GET \/orders, invoked by Schedule rate\(1 day\)$/,
      /^Function refund, runtime nodejs24\.x, invoked by SQS refunds, warning: No source file for the handler src\/refund\.handler/,
      /^Function status, runtime nodejs24\.x, warning: src\/orders\.ts does not export status, but handler\./,
      /^Nested stack Reports, template nested\/reports\.yaml$/,
      /^Function report, runtime nodejs24\.x$/,
    ];
    const isExpected = (label: string, index: number) => expected[index]?.test(label) === true;
    const items = await until('the functions with their problems', async () => {
      const labels = await host.workbench.treeItems('Functions');
      return labels.length >= expected.length && labels.every(isExpected) && labels;
    });
    assert.equal(items.length, expected.length);
    await keepScreenshot(host.workbench, 'functions-by-stack');
  });

  test('shows the triggers of a function, and where they are defined', async () => {
    const { workbench } = host;
    await workbench.treeItem('Functions', /^Function orders/).click();
    await workbench.page.getByRole('tab', { name: /orders\.ts/ }).waitFor();
    await workbench
      .treeItem('Functions', /^Function orders/)
      .locator('.monaco-tl-twistie')
      .click();
    await workbench
      .treeItem('Functions', /^Triggers: 3/)
      .locator('.monaco-tl-twistie')
      .click();
    await workbench.treeItem('Functions', /^Trigger: HTTP API, GET \/orders/).click();
    await workbench.page.getByRole('tab', { name: /template\.yaml/ }).waitFor();
    await workbench.page.getByText('Ln 31, Col 9').waitFor();
    await keepScreenshot(workbench, 'functions-triggers');
  });

  test('can be walked with the keyboard', async () => {
    const { workbench } = host;
    await workbench.run('Lambda: Focus on Functions View');
    for (const key of ['End', 'Enter']) await workbench.page.keyboard.press(key);
    await workbench.page.getByRole('tab', { name: /report\.js/ }).waitFor();
  });

  test('says in the tooltip what only a deployment knows', async () => {
    const { workbench } = host;
    const { page } = workbench;
    // A tooltip that was about to come does not, when the tree is drawn anew in that moment.
    await until('the tooltip', async () => {
      await page.mouse.move(0, 0);
      await workbench.treeItem('Functions', /^Function orders/).hover();
      const tooltip = page.getByText('Not known before it is deployed').waitFor({ timeout: 5000 });
      return tooltip.then(
        () => true,
        () => false,
      );
    });
    await page.getByText(/exported by a deployed stack as prices-table/).waitFor();
  });

  test('groups them by folder where there are several', async () => {
    const file = join(host.workspace, 'shop.code-workspace');
    await writeFile(file, JSON.stringify({ folders: [{ path: 'services' }, { path: '.' }] }));
    const address = new URL(host.address);
    address.searchParams.delete('folder');
    address.searchParams.set('workspace', file);
    const workbench = await openWorkbench(host.browser, address);
    await showFunctions(workbench);
    await workbench.treeItem('Functions', /^Folder services$/).waitFor();
    await workbench.treeItem('Functions', /^Folder workspace$/).waitFor();
    const labels = await until('the functions of the first folder', async () => {
      const items = await workbench.treeItems('Functions');
      return items.some(item => item.startsWith('Function status')) && items;
    });
    assert.match(labels[1] ?? '', /^Function stock/);
    await workbench.page.close();
  });
});
