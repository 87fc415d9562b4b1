// Looks at the workbench and uses it as a person does: by keys, by what is visible.
import type { Browser, Locator, Page } from 'playwright-core';
import { until } from './until.ts';

export interface Workbench {
  readonly page: Page;
  /** Runs a command from the palette by its full title, for example `Lambda Lens: Invoke Function`. */
  run(title: string): Promise<void>;
  /** Opens a file of the workspace by its path, or as much of it as is unambiguous. */
  open(path: string): Promise<void>;
  /** Takes the entry with that label in the list that is open at the top. */
  pick(label: string | RegExp): Promise<void>;
  /** The labels of the list that is open at the top. */
  choices(): Promise<readonly string[]>;
  /** The inlay hints that are visible in the active editor, from top to bottom. */
  inlayHints(): Promise<readonly string[]>;
  /** The accessible names of a view's visible rows; `view` is the view's title. */
  treeItems(view: string): Promise<readonly string[]>;
  treeItem(view: string, name: string | RegExp): Locator;
  /** The notifications that are visible as toasts. */
  notifications(): Promise<readonly string[]>;
  /** Waits for a toast with that text. */
  notification(text: string | RegExp): Promise<void>;
}

/** How long anything in the workbench may take, on a machine that does other things too. */
const timeout = 30_000;

/** Opens a page of its own at the address of a server's workbench, and waits until it can be used. */
export async function openWorkbench(
  browser: Browser,
  address: URL,
  viewport = { width: 1280, height: 800 },
): Promise<Workbench> {
  const page = await browser.newPage({ viewport });
  page.setDefaultTimeout(timeout);
  await page.goto(address.href);
  const workbench = workbenchOf(page);
  await workbenchIsReady(page);
  return workbench;
}

/** Also to be awaited after a reload of the page. */
export async function workbenchIsReady(page: Page): Promise<void> {
  await page.waitForSelector('.monaco-workbench .part.activitybar .action-item');
  await page.waitForSelector('.monaco-workbench .part.statusbar .statusbar-item');
}

function workbenchOf(page: Page): Workbench {
  const input = page.locator('.quick-input-widget input[type=text]');
  const rows = page.locator('.quick-input-list .monaco-list-row');
  const view = (title: string) =>
    page.locator('.pane', { has: page.locator(`.pane-header[aria-label^="${title} Section"]`) });
  const toasts = page.locator('.notification-toast .notification-list-item-message');

  const search = async (text: string) => {
    await page.keyboard.press('F1');
    await input.fill(text);
  };
  const pick = (label: string | RegExp) => rows.filter({ hasText: label }).first().click();
  return {
    page,
    pick,
    run: title =>
      until(
        `the command ${title}`,
        async () => {
          // The list does not learn of commands that are contributed while it is open.
          await search(`>${title}`);
          const row = rows.filter({ hasText: title }).first();
          const isThere = await row.waitFor({ timeout: 1000 }).then(
            () => true,
            () => false,
          );
          await (isThere ? row.click() : page.keyboard.press('Escape'));
          return isThere;
        },
        timeout,
      ).then(() => undefined),
    async open(path) {
      await search(path);
      await pick(path.slice(path.lastIndexOf('/') + 1));
      await page.locator('.editor-instance .view-line').first().waitFor();
    },
    async choices() {
      await rows.first().waitFor();
      return rows.locator('.label-name').allInnerTexts();
    },
    inlayHints: () => visibleHints(page),
    treeItem: (title, name) => view(title).getByRole('treeitem', { name }),
    treeItems: title =>
      view(title)
        .getByRole('treeitem')
        .evaluateAll(items => items.map(item => item.getAttribute('aria-label') ?? '')),
    notifications: () => toasts.allInnerTexts(),
    notification: text => toasts.filter({ hasText: text }).first().waitFor(),
  };
}

/** Monaco shows a hint as injected text: a span whose class is made from the hint's own decoration. */
async function visibleHints(page: Page): Promise<readonly string[]> {
  const hints = page.locator('.editor-instance .view-lines span[class*="dyn-rule"]');
  return (await hints.allInnerTexts())
    .map(text => text.replaceAll('\u00a0', ' ').trim())
    .filter(text => text !== '');
}
