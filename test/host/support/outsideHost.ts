// For tests that look at the workbench from outside: a VS Code as a person has it, with this extension.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../../../src/scripts/host/chromium.ts';
import { startExtensionServer } from '../../../src/scripts/host/extensionServer.ts';
import { type RunningServer, workbenchUrl } from '../../../src/scripts/host/server.ts';
import { createTemporaryHome, type TemporaryHome } from '../../../src/scripts/host/temporaryHome.ts';
import { openWorkbench, type Workbench } from '../../../src/scripts/host/workbench.ts';

const root = join(import.meta.dirname, '..', '..', '..');

export interface OutsideHostOptions {
  /** Fills the folder that is opened. */
  readonly prepareWorkspace: (folder: string) => Promise<void>;
  /** Whether folders have to be trusted by the user, who is asked. Default: every folder is trusted. */
  readonly workspaceTrust?: boolean;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** A `.code-workspace` file in the folder, to be opened in its place. */
  readonly workspaceFile?: string;
}

export interface OutsideHost {
  readonly home: TemporaryHome;
  readonly browser: Browser;
  /** The folder that is open. */
  readonly workspace: string;
  readonly workbench: Workbench;
  /** Where a further window opens the same folder. */
  readonly address: URL;
  stop(): Promise<void>;
}

/** The caller stops it, whatever becomes of the test. */
export async function startOutsideHost(options: OutsideHostOptions): Promise<OutsideHost> {
  const home = await createTemporaryHome();
  let server: RunningServer | undefined;
  let browser: Browser | undefined;
  const stop = async () => {
    await browser?.close();
    await server?.stop();
    await home.remove();
  };
  try {
    const workspace = join(home.path, 'workspace');
    await mkdir(workspace);
    await options.prepareWorkspace(workspace);
    server = await startExtensionServer({
      ...home,
      extension: root,
      workspaceTrust: options.workspaceTrust ?? false,
      settings: { 'security.workspace.trust.startupPrompt': 'once', ...options.settings },
    });
    browser = await launchChromium();
    const address = workbenchUrl(server.url, join(workspace, options.workspaceFile ?? ''));
    return { home, browser, workspace, address, workbench: await openWorkbench(browser, address), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Keeps a picture in out/screenshots, for people to look at. */
export async function keepScreenshot(workbench: Workbench, name: string): Promise<void> {
  await workbench.page.screenshot({ path: join(root, 'out', 'screenshots', `${name}.png`) });
}

/** Opens the Lambda container of the activity bar. */
export async function showFunctions(workbench: Workbench): Promise<void> {
  await workbench.page.getByRole('tab', { name: 'Lambda', exact: true }).click();
}

/** In a suite: keeps a picture of the workbench of every test that fails. */
export function keepScreenshotsOfFailures(workbench: () => Workbench | undefined): void {
  teardown(async function () {
    const shown = workbench();
    const title = this.currentTest?.title.replaceAll(/\W+/g, '-');
    if (shown && this.currentTest?.state === 'failed') await keepScreenshot(shown, `failed-${title}`);
  });
}
