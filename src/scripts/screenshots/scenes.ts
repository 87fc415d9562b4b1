import { until } from '../host/until.ts';
import type { Workbench } from '../host/workbench.ts';

/** Something worth a picture, on the samples. */
export interface Scene {
  /** The picture is docs/images/<name>-<theme>.png. */
  readonly name: string;
  /** From a fresh window to what the picture shows. */
  readonly prepare: (workbench: Workbench) => Promise<void>;
}

export const scenes: readonly Scene[] = [
  {
    name: 'hints',
    async prepare(workbench) {
      await workbench.run('View: Toggle Primary Side Bar Visibility');
      await workbench.open('src/fulfilment.ts');
      await until('hints', async () => (await workbench.inlayHints()).length >= 3);
      await workbench.page.getByText(/λ fulfil-order · /).waitFor();
      await pointAt(workbench, /^new.client.every.invocation$/);
    },
  },
  {
    name: 'findings',
    async prepare(workbench) {
      await workbench.run('View: Toggle Primary Side Bar Visibility');
      await workbench.open('src/fulfilment.ts');
      await until('hints', async () => (await workbench.inlayHints()).length >= 3);
      const { page } = workbench;
      await page.locator('.squiggly-warning').first().waitFor();
      await page
        .locator('.view-line span', { hasText: /^SQSClient$/ })
        .last()
        .click();
      // The menu waits for everyone who may offer something: TypeScript takes its time to begin.
      await until('the fixes', async () => {
        await page.keyboard.press('Escape');
        await page.keyboard.press('Control+.');
        const menu = page.locator('.action-widget', { hasText: 'Build it once' });
        return menu.waitFor({ timeout: 8000 }).then(
          () => true,
          () => false,
        );
      });
    },
  },
  {
    name: 'functions',
    async prepare(workbench) {
      await showFunctions(workbench);
      await workbench.open('src/stock.ts');
      await until('hints', async () => (await workbench.inlayHints()).length >= 2);
    },
  },
  {
    name: 'invoke',
    async prepare(workbench) {
      await workbench.run('View: Toggle Primary Side Bar Visibility');
      await workbench.run('Lambda Lens: Invoke Function');
      await workbench.pick('count-clicks');
      await workbench.pick('five-clicks');
      await workbench.page.getByText('Succeeded').first().waitFor();
      await workbench.page.getByText('REPORT RequestId').first().waitFor();
    },
  },
  {
    name: 'debug',
    async prepare(workbench) {
      const { page } = workbench;
      await workbench.open('src/clicks.ts');
      await until('hints', async () => (await workbench.inlayHints()).length >= 2);
      await page.locator('.view-line', { hasText: 'visitors.set' }).click();
      await page.keyboard.press('F9');
      await workbench.run('Lambda Lens: Invoke with Debugger');
      await workbench.pick('count-clicks');
      await page.locator('.quick-input-list .monaco-list-row', { hasText: 'five-clicks' }).first().waitFor();
      await page.keyboard.type('five-clicks');
      await page.keyboard.press('Enter');
      await page.locator('.debug-toolbar').waitFor();
      await page.locator('.debug-top-stack-frame-line, .debug-top-stack-frame-column').first().waitFor();
    },
  },
];

/** Brings up the hover of a word in the editor, and keeps it there. */
async function pointAt({ page }: Workbench, word: RegExp): Promise<void> {
  await until('the hover', async () => {
    await page.mouse.move(0, 0);
    await page.locator('.view-line span', { hasText: word }).last().hover();
    const shown = page.locator('.monaco-hover .hover-contents').first();
    return shown.waitFor({ timeout: 3000 }).then(
      () => true,
      () => false,
    );
  });
}

async function showFunctions(workbench: Workbench): Promise<void> {
  await workbench.page.getByRole('tab', { name: 'Lambda', exact: true }).click();
  await until('functions', async () => (await workbench.treeItems('Functions')).length >= 6);
  await workbench
    .treeItem('Functions', /count-clicks/)
    .locator('.monaco-tl-twistie')
    .click();
}
