// Other ways to invoke than "Invoke Function", as a person takes them from the tree and the palette.
import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
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

suite('ways to invoke', () => {
  let host: OutsideHost;

  suiteSetup(async () => {
    host = await startOutsideHost({
      prepareWorkspace: async folder => {
        await copySamples(folder);
        const events = join(folder, '.lambda-lens', 'events', 'count-clicks');
        await mkdir(events, { recursive: true });
        const clicks = ['/a', '/b', '/b'].map(page => ({ page, visitor: 'ada' }));
        await writeFile(join(events, 'clicks.json'), JSON.stringify(clicks));
      },
    });
    await showFunctions(host.workbench);
  });
  suiteTeardown(() => host?.stop());
  keepScreenshotsOfFailures(() => host?.workbench);

  const row = () => host.workbench.treeItem('Functions', /^Function count-clicks/);
  const fromMenu = async (item: string) => {
    const { page } = host.workbench;
    await row().click({ button: 'right' });
    await page.getByRole('menuitem', { name: item }).hover();
    await page.keyboard.press('Enter');
  };
  const status = (text: string | RegExp) =>
    host.workbench.page.locator('.statusbar-item', { hasText: text }).first().waitFor({ timeout: 60_000 });

  test('as a batch, of what triggers the function', async () => {
    const { workbench } = host;
    await fromMenu('Invoke as Batch...');
    const [first] = await until('the sources', async () => {
      const choices = await workbench.choices();
      return choices.length === 3 && choices;
    });
    assert.match(first ?? '', /Kinesis/);
    await workbench.pick('Kinesis');
    await workbench.pick('clicks.json');
    await keepScreenshot(workbench, 'batch');
    await workbench.page.keyboard.press('Enter');
    await status(/count-clicks:.*Succeeded/);
    await workbench.page.locator('.monaco-editor .view-lines', { hasText: '"/b": 2' }).first().waitFor();
  });

  test('in a fresh environment, which is a cold start each time', async () => {
    const { workbench } = host;
    await workbench.page.getByRole('button', { name: 'Invocations Section' }).click();
    for (const count of [2, 3]) {
      await fromMenu('Invoke in Fresh Environment');
      const events = workbench.page.locator('.quick-input-list .monaco-list-row');
      await events.filter({ hasText: 'five-clicks.json' }).waitFor();
      // By keys, since rows may still move.
      await workbench.page.keyboard.type('five-clicks');
      await workbench.page.keyboard.press('Enter');
      const items = await until(`${count} invocations`, async () => {
        const listed = await workbench.treeItems('Invocations');
        return listed.length === count && listed;
      });
      assert.match(items[0] ?? '', /cold, init \d+ ms/);
    }
  });

  /** What is in the clipboard, once that is in it. */
  const copied = (what: string) =>
    until(`${what} in the clipboard`, async () => {
      const text = String(await host.workbench.page.evaluate('navigator.clipboard.readText()'));
      return text.includes(what) && text;
    });

  test('by the AWS CLI, with the variables that were copied for it', async () => {
    const { workbench } = host;
    await workbench.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await workbench.run('Lambda Lens: Copy CLI Environment');
    await workbench.pick('bash');
    const text = await copied('AWS_ENDPOINT_URL');
    assert.match(text, /^export AWS_ENDPOINT_URL='http:\/\/127\.0\.0\.1:\d+'$/m);
    assert.match(text, /^export AWS_SECRET_ACCESS_KEY='\S+'$/m);
  });

  test('elsewhere, as what the last invocation was copied as', async () => {
    const { workbench } = host;
    for (const [choice, what, text] of [
      ['AWS CLI', 'aws lambda invoke', /--function-name '?count-clicks'?/],
      ['curl', 'curl --aws-sigv4', /\/2015-03-31\/functions\/count-clicks\/invocations/],
      ['Unit test', 'node:test', /handler/],
    ] as const) {
      await workbench.run('Lambda Lens: Copy Invocation As...');
      await workbench.pick(choice);
      const command = await copied(what);
      assert.match(command, text);
      assert.match(command, /visitor/);
      assert.doesNotMatch(command, /AWS_SECRET_ACCESS_KEY=\S/);
    }
  });
});
