// What a user waits for who opens the Functions view of a service with a thousand functions of fifty versions each.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { Measurement } from '../../src/scripts/bench/rows.ts';
import { openWorkbench } from '../../src/scripts/host/workbench.ts';
import { type OutsideHost, startOutsideHost } from '../host/support/outsideHost.ts';
import { startServe } from '../support/engine/cli.ts';
import { filledFunctions, filledVersionsEach, fillState, nameOfFilled } from './support/filledState.ts';

const distDirectory = join(import.meta.dirname, '..', '..', 'dist');
/** Each once with all rows, and once with one of them only, for what VS Code itself takes to show a view. */
const windows = 7;

export async function measure(): Promise<readonly Measurement[]> {
  const host = await startOutsideHost({
    prepareWorkspace: folder => writeFile(join(folder, 'notes.md'), 'Nothing is defined here.\n'),
  });
  try {
    const stateDirectory = join(host.home.path, 'filled');
    await mkdir(stateDirectory, { recursive: true });
    fillState(join(stateDirectory, 'lens.db'));
    const serve = await startServe(['--state', stateDirectory], {
      distDirectory,
      workspace: {
        root: host.workspace,
        stateDirectory,
        stateHome: host.home.env.XDG_STATE_HOME,
        remove: async () => {},
      },
    });
    try {
      return await measureWindows(host);
    } finally {
      await serve.stop();
    }
  } finally {
    await host.stop();
  }
}

async function measureWindows(host: OutsideHost): Promise<readonly Measurement[]> {
  const all: Opening[] = [];
  const one: Opening[] = [];
  for (let index = 0; index < windows; index++) {
    all.push(await openView(host));
    one.push(await openView(host, nameOfFilled(0)));
  }
  const budget = { name: 'budget', value: 300 };
  return [
    {
      name: `from a click to the first rows, ${filledFunctions} functions of ${filledVersionsEach} versions`,
      unit: 'ms',
      samples: all.map(({ paint }) => paint),
      comparedWith: budget,
    },
    {
      name: 'from a click to the first row, when there is but one',
      unit: 'ms',
      samples: one.map(({ paint }) => paint),
    },
    {
      name: `from a click to the newest of ${filledVersionsEach} versions`,
      unit: 'ms',
      samples: all.map(({ unfolding }) => unfolding),
      comparedWith: budget,
    },
  ];
}

interface Opening {
  readonly paint: number;
  readonly unfolding: number;
}

/** In a window of its own, which has known the engine for a while. */
async function openView(host: OutsideHost, filter?: string): Promise<Opening> {
  const workbench = await openWorkbench(host.browser, host.address);
  const { page } = workbench;
  const row = (label: RegExp) => workbench.treeItem('Functions', label);
  const unfold = (label: RegExp) => row(label).locator('.monaco-tl-twistie').click();
  await workbench.run('Lambda Lens: Start the Local Lambda Service');
  // The templates have been read before anybody looks at functions, as in any window with a handler open.
  await workbench.run('Lambda Lens: Refresh Functions');
  if (filter !== undefined) {
    await workbench.run('Lambda Lens: Filter Functions...');
    await page.getByText('A part of the name').waitFor();
    await page.keyboard.type(filter);
    await page.keyboard.press('Enter');
  }
  await page.waitForTimeout(2000);
  const name = nameOfFilled(0);
  const paint = await untilShown(page, `[role="treeitem"][aria-label^="Function ${name}"]`, () =>
    page.getByRole('tab', { name: 'Lambda', exact: true }).click(),
  );
  // What is drawn after the first rows must not come between two clicks.
  await page.waitForTimeout(2000);
  await unfold(new RegExp(`^Function ${name}`));
  await row(/^Versions$/).waitFor();
  const newest = `[role="treeitem"][aria-label^="Version ${filledVersionsEach},"]`;
  const unfolding = await untilShown(page, newest, () => unfold(/^Versions$/));
  await page.close();
  return { paint, unfolding };
}

/** From the press of the mouse until such an element is drawn, by the page's own clock. */
async function untilShown(page: Page, selector: string, click: () => Promise<void>): Promise<number> {
  // A text, since it is for the page: there is nothing of a page's here.
  const elapsed = page.evaluate<number>(`new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error('nothing was drawn')), 30000);
    let pressed = 0;
    const press = () => (pressed = performance.now());
    addEventListener('pointerdown', press, { capture: true, once: true });
    const look = () => {
      if (pressed > 0 && document.querySelector(${JSON.stringify(selector)})) resolve(performance.now() - pressed);
      else requestAnimationFrame(look);
    };
    look();
  })`);
  await click();
  return elapsed;
}
