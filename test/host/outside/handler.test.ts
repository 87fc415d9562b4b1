// What the window shows of a handler: hints, marks, lens and status bar, as settings and breakpoints change them.
import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { copySamples } from '../../../src/scripts/host/copySamples.ts';
import { until } from '../../../src/scripts/host/until.ts';
import {
  keepScreenshot,
  keepScreenshotsOfFailures,
  type OutsideHost,
  startOutsideHost,
} from '../support/outsideHost.ts';

const isOurs = (hover: string) => hover.startsWith('λ ');

suite('the window with a handler', () => {
  let host: OutsideHost;

  suiteSetup(async () => {
    host = await startOutsideHost({ prepareWorkspace: copySamples });
    await host.workbench.open('src/orders.ts');
  });
  suiteTeardown(() => host?.stop());
  keepScreenshotsOfFailures(() => host?.workbench);

  const statusItem = () => host.workbench.page.locator('.statusbar-item', { hasText: 'λ' });
  /** As the workspace's settings: those of the user are read only once. */
  const change = async (settings: Readonly<Record<string, unknown>>) => {
    await mkdir(join(host.workspace, '.vscode'), { recursive: true });
    await writeFile(join(host.workspace, '.vscode', 'settings.json'), JSON.stringify(settings));
  };
  const hints = () => host.workbench.inlayHints();
  /** How many signs of ours are in the gutter. */
  const marks = () =>
    host.workbench.page
      .locator('.glyph-margin-widgets .cgmr')
      .evaluateAll(
        signs =>
          signs.filter(sign =>
            sign.ownerDocument.defaultView?.getComputedStyle(sign).backgroundImage.includes('gutter-'),
          ).length,
      );

  test('says in the status bar which function it is and how much runs when', async () => {
    await statusItem()
      .filter({ hasText: /^λ orders-api: \d+ init · \d+ invoke$/ })
      .waitFor();
    const label = await statusItem().locator('a').getAttribute('aria-label');
    assert.match(
      label ?? '',
      /^Lambda handlers: orders-api, \d+ statements once per environment · \d+ on every invocation$/,
    );
    await keepScreenshot(host.workbench, 'handler');
  });

  test('lists from there what runs when, and goes to what is picked', async () => {
    const { page } = host.workbench;
    await statusItem().click();
    const choices = await host.workbench.choices();
    assert.ok(
      choices.some(choice => choice.startsWith('const queue = new SQSClient')),
      choices.join('\n'),
    );
    await host.workbench.pick('async function placeOrder');
    await page.getByText(/^Ln 37, Col 16$/).waitFor();
  });

  test('has a lens that does the same', async () => {
    const { page } = host.workbench;
    await page.keyboard.press('Control+Home');
    await page.locator('.codelens-decoration a', { hasText: 'λ orders-api' }).click();
    await host.workbench.pick('async function getOrder');
    await page.getByText(/^Ln 47, Col 16$/).waitFor();
    await page.keyboard.press('Control+Home');
  });

  test('shows our hover below that of TypeScript, with links', async () => {
    const { page } = host.workbench;
    const parts = page.locator('.monaco-hover .hover-row');
    // TypeScript's comes later while it is still reading the project.
    const texts = await until('both hovers', async () => {
      await page.mouse.move(0, 0);
      await page
        .locator('.view-line span', { hasText: /^placeOrder$/ })
        .first()
        .hover();
      const theirs = parts.filter({ hasText: /function placeOrder/ }).first();
      const shown = await theirs.waitFor({ timeout: 3000 }).then(
        () => parts.allInnerTexts(),
        () => [],
      );
      const readable = shown.map(text => text.replaceAll('\u00a0', ' ').trim()).filter(text => text !== '');
      return readable.some(isOurs) && readable;
    });
    const ours = texts.findIndex(isOurs);
    assert.match(texts[ours] ?? '', /λ Every invocation\s+Invoke → handler$/);
    assert.ok(texts.findIndex(text => text.includes('function placeOrder')) < ours, texts.join('\n---\n'));
    await keepScreenshot(host.workbench, 'hover');
    await page.locator('.monaco-hover a', { hasText: 'handler' }).last().click();
    await page.getByText(/^Ln 13, Col 14$/).waitFor();
  });

  test('explains a hint when somebody points at it', async () => {
    const { page } = host.workbench;
    await page.keyboard.press('Control+Home');
    await until('the explanation', async () => {
      await page.mouse.move(0, 0);
      await page
        .locator('.view-line span', { hasText: /^client.reused$/ })
        .last()
        .hover();
      return page
        .locator('.monaco-hover', { hasText: /SQSClient is made once per environment/ })
        .waitFor({ timeout: 3000 })
        .then(
          () => true,
          () => false,
        );
    });
    await page.mouse.move(0, 0);
  });

  test('shows no hints where inlay hints are off in the editor', async () => {
    assert.ok((await hints()).length >= 4);
    await change({ 'editor.inlayHints.enabled': 'off' });
    await until('no hints', async () => (await hints()).length === 0);
    await change({});
    await until('the hints', async () => (await hints()).length >= 4);
  });

  test('shows more hints in full, none when they are off, and marks in both', async () => {
    const edges = (await hints()).length;
    await change({ 'lambdaLens.hints.mode': 'full' });
    await until('more hints', async () => (await hints()).length > edges);
    await change({ 'lambdaLens.hints.mode': 'off' });
    await until('no hints', async () => (await hints()).length === 0);
    assert.ok((await marks()) >= 3);
    await change({});
    await until('the edges', async () => (await hints()).length === edges);
  });

  test('has signs in the gutter that give way to breakpoints', async () => {
    const { page } = host.workbench;
    const before = await until('the signs', async () => (await marks()) >= 3 && marks());
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('F9');
    await page.locator('.codicon-debug-breakpoint, .codicon-debug-breakpoint-unverified').first().waitFor();
    await until('a sign less', async () => (await marks()) === before - 1);
    await keepScreenshot(host.workbench, 'breakpoint');
    await page.keyboard.press('F9');
    await until('the signs', async () => (await marks()) === before);
    await change({ 'lambdaLens.hints.gutter': false });
    await until('no signs', async () => (await marks()) === 0);
    await change({});
  });

  test('leaves the status bar to others in a file without a handler', async () => {
    await host.workbench.open('src/lib/prices.ts');
    await statusItem().waitFor({ state: 'detached' });
    await host.workbench.open('src/stock.ts');
    await statusItem()
      .filter({ hasText: /^λ check-stock: / })
      .waitFor();
  });
});
