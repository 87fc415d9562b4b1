import assert from 'node:assert/strict';
import { readFile, rm, writeFile } from 'node:fs/promises';
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

suite('the Functions view', () => {
  let host: OutsideHost;

  suiteSetup(async () => {
    host = await startOutsideHost({ prepareWorkspace: copySamples });
    await showFunctions(host.workbench);
  });
  suiteTeardown(() => host?.stop());
  keepScreenshotsOfFailures(() => host?.workbench);

  test('lists the functions of the template by name, with their runtime and their triggers', async () => {
    const expected = [
      'Function check-stock, runtime nodejs24.x',
      'Function count-clicks, runtime nodejs24.x, invoked by Kinesis clicks',
      'Function fulfil-order, runtime nodejs24.x, invoked by SQS fulfilment',
      'Function nightly-report, runtime nodejs24.x, invoked by Schedule cron(15 2 * * ? *)',
      'Function orders-api, runtime nodejs24.x, invoked by HTTP API POST /orders, invoked by HTTP API GET /orders/{orderId}, invoked by HTTP API POST /quotes',
      'Function thumbnail, runtime nodejs24.x, invoked by S3 print-shop-uploads-dev',
    ];
    const items = await until('six functions', async () => {
      const labels = await host.workbench.treeItems('Functions');
      return labels.length === 6 && labels;
    });
    assert.deepEqual(items, expected);
  });

  test('opens the handler at a click, and unfolds to $LATEST', async () => {
    const { workbench } = host;
    await workbench.treeItem('Functions', /count-clicks/).click();
    await workbench.page.getByRole('tab', { name: /clicks\.ts/ }).waitFor();
    await workbench
      .treeItem('Functions', /count-clicks/)
      .locator('.monaco-tl-twistie')
      .click();
    await workbench.treeItem('Functions', /\$LATEST/).waitFor();
    await until('hints', async () => (await workbench.inlayHints()).length >= 2);
    await keepScreenshot(workbench, 'functions');
  });

  test('invokes with an event of the workspace, and shows cold and then warm', async () => {
    const { workbench } = host;
    const summary = workbench.page.locator('.statusbar-item', { hasText: 'count-clicks:' });
    for (const environment of ['cold start', 'warm environment']) {
      await workbench.treeItem('Functions', /count-clicks/).hover();
      await workbench
        .treeItem('Functions', /count-clicks/)
        .getByRole('button', { name: 'Invoke Function' })
        .click();
      await workbench.pick('five-clicks');
      await summary.filter({ hasText: environment }).waitFor();
    }
    await workbench.page.getByText('REPORT RequestId').first().waitFor();
    await keepScreenshot(workbench, 'invoked');
  });

  test('follows the template: a broken one is said and keeps its functions, one that is gone leaves the handlers', async () => {
    const { workbench, workspace } = host;
    const template = join(workspace, 'template.yaml');
    const good = await readFile(template, 'utf8');
    await writeFile(template, good.replace('Resources:', 'Resources: [\n'));
    await until('the problem', async () => {
      const items = await workbench.treeItems('Functions');
      return (
        /^Problem in template\.yaml, line \d+: This template does not parse/.test(items[0] ?? '') && items
      );
    });
    assert.ok(await workbench.treeItem('Functions', /^Function orders-api/).isVisible());
    await keepScreenshot(workbench, 'broken-template');
    await rm(template);
    await until('the handlers that no template names', async () => {
      const items = await workbench.treeItems('Functions');
      return (
        items.some(item => /^Function orders(?!-)/.test(item)) &&
        !items.some(item => item.startsWith('Function orders-api'))
      );
    });
    await writeFile(template, good);
    await workbench.treeItem('Functions', /^Function orders-api/).waitFor();
  });
});
