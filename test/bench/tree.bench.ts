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
  const paints: number[] = [];
  const unfoldings: number[] = [];
  for (let index = 0; index < windows; index++) {
    const workbench = await openWorkbench(host.browser, host.address);
    const { page } = workbench;
    await workbench.run('Lambda Lens: Start the Local Lambda Service');
    // The templates have been read before anybody looks at functions, as in any window with a handler open.
    await workbench.run('Lambda Lens: Refresh Functions');
    await page.waitForTimeout(2000);
    const name = nameOfFilled(0);
    paints.push(
      await untilShown(page, `[role="treeitem"][aria-label^="Function ${name}"]`, () =>
        page.getByRole('tab', { name: 'Lambda', exact: true }).click(),
      ),
    );
    const row = (label: string | RegExp) => workbench.treeItem('Functions', label);
    await row(new RegExp(`^Function ${name}`))
      .locator('.monaco-tl-twistie')
      .click();
    unfoldings.push(
      await untilShown(page, `[role="treeitem"][aria-label^="Version ${filledVersionsEach},"]`, () =>
        row(/^Versions$/)
          .locator('.monaco-tl-twistie')
          .click(),
      ),
    );
    await page.close();
  }
  return [
    {
      name: `from a click to the first rows, ${filledFunctions} functions of ${filledVersionsEach} versions`,
      unit: 'ms',
      samples: paints,
      comparedWith: { name: 'budget', value: 300 },
    },
    {
      name: `from a click to the newest of ${filledVersionsEach} versions`,
      unit: 'ms',
      samples: unfoldings,
      comparedWith: { name: 'budget', value: 300 },
    },
  ];
}

/** From the press of the mouse until such an element is drawn, by the page's own clock. */
async function untilShown(page: Page, selector: string, click: () => Promise<void>): Promise<number> {
  // A text, since it is for the page: there is nothing of a page's here.
  const elapsed = page.evaluate<number>(`new Promise(resolve => {
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
