import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from '../host/until.ts';
import type { Workbench } from '../host/workbench.ts';

/** Something worth a picture, on the samples. */
export interface Scene {
  /** The picture is docs/images/<name>-<theme>.png. */
  readonly name: string;
  /** From a fresh window to what the picture shows; `folder` is a copy of the samples, which may be written to. */
  readonly prepare: (workbench: Workbench, folder: string) => Promise<void>;
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
    name: 'versions',
    async prepare(workbench, folder) {
      await publishTwice(workbench, folder);
      await workbench.open('src/clicks.ts');
      await until('hints', async () => (await workbench.inlayHints()).length >= 2);
      await workbench.page
        .getByText(/PROD v1 90% · v2 10% partly/)
        .first()
        .waitFor();
      await closeNotifications(workbench);
    },
  },
  {
    name: 'compare',
    async prepare(workbench, folder) {
      await publishTwice(workbench, folder);
      await workbench.treeItem('Functions', /^Version 1, /).hover();
      await workbench
        .treeItem('Functions', /^Version 1, /)
        .getByRole('button', { name: 'Compare With...' })
        .click();
      await workbench.pick(/Warns of/);
      await workbench.page.locator('.monaco-diff-editor .view-line').first().waitFor();
      await workbench.run('View: Toggle Primary Side Bar Visibility');
      await closeNotifications(workbench);
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

/** Two versions of a function and a canary between them; they are there already where a scene has been before. */
async function publishTwice(workbench: Workbench, folder: string): Promise<void> {
  const { page } = workbench;
  const row = (name: RegExp) => workbench.treeItem('Functions', name);
  const unfold = (name: RegExp) => row(name).locator('.monaco-tl-twistie').click();
  const inline = async (name: RegExp, action: string) => {
    await row(name).hover();
    await row(name).getByRole('button', { name: action }).click();
  };
  const publish = async (description: string) => {
    await inline(/^Versions$/, 'Publish Version...');
    await page.getByPlaceholder('Description').fill(description);
    await page.keyboard.press('Enter');
    await row(new RegExp(`^Version .*, ${description}, `)).waitFor();
  };
  await showFunctions(workbench);
  await unfold(/^Versions$/);
  await workbench.run('Lambda Lens: Start the Local Lambda Service');
  await row(/^Nothing has been published yet|^Version 2, /).waitFor();
  await unfold(/^Aliases$/);
  await row(/^Set Up DEV|^Alias PROD/).waitFor();
  if (await row(/^Alias PROD/).isVisible()) return;
  const file = join(folder, 'src', 'clicks.ts');
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace(/^ {6}console\.warn.*\n/m, '').replace(' ?? 0) + 1', ' ?? 1) + 1'));
  await publish('Counts clicks');
  await row(/^Set Up DEV/).click();
  await row(/^Alias PROD, v1$/).waitFor();
  await writeFile(file, text);
  await publish('Warns of what is no click');
  await inline(/^Alias PROD/, 'Shift Traffic...');
  await workbench.pick(/v2.*\d K?B/);
  await workbench.pick('10%');
  await row(/^Alias PROD, v1 90%/).waitFor();
}

async function closeNotifications({ run }: Workbench): Promise<void> {
  await run('Notifications: Clear All Notifications');
}

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
