// `npm run screenshots`: pictures of the real workbench for the README, light and dark, in docs/images.
// `npm run screenshots -- hints` takes the named ones only.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { build } from './build.ts';
import { launchChromium } from './host/chromium.ts';
import { copySamples } from './host/copySamples.ts';
import { startExtensionServer } from './host/extensionServer.ts';
import { workbenchUrl } from './host/server.ts';
import { createTemporaryHome } from './host/temporaryHome.ts';
import { until } from './host/until.ts';
import { openWorkbench, type Workbench } from './host/workbench.ts';
import { type Scene, scenes } from './screenshots/scenes.ts';

const root = join(import.meta.dirname, '..', '..');
const images = join(root, 'docs', 'images');
const viewport = { width: 1120, height: 630 };
const themes = { dark: 'Default Dark Modern', light: 'Default Light Modern' };

const chosen = process.argv.slice(2);
const unknown = chosen.filter(name => !scenes.some(scene => scene.name === name));
if (unknown.length > 0) {
  const names = scenes.map(scene => scene.name).join(', ');
  console.error(`No such picture: ${unknown.join(', ')}. There are: ${names}.`);
  process.exit(2);
}

await build({ production: true });
await mkdir(images, { recursive: true });
const browser = await launchChromium();
try {
  const wanted = scenes.filter(scene => chosen.length === 0 || chosen.includes(scene.name));
  for (const [theme, title] of Object.entries(themes)) await takePictures(browser, wanted, theme, title);
} finally {
  await browser.close();
}

async function takePictures(
  browser: Browser,
  wanted: readonly Scene[],
  theme: string,
  title: string,
): Promise<void> {
  const home = await createTemporaryHome();
  const folder = join(home.path, 'samples');
  await copySamples(folder);
  const server = await startExtensionServer({
    ...home,
    extension: root,
    workspaceTrust: false,
    settings: {
      'workbench.colorTheme': title,
      'window.commandCenter': false,
      // biome-ignore lint/suspicious/noTemplateCurlyInString: VS Code's own variables.
      'window.title': '${activeEditorShort}${separator}${rootName}',
      'editor.fontSize': 12,
      'editor.cursorBlinking': 'solid',
      // What a hover is about stands above it.
      'editor.hover.above': false,
      'editor.minimap.enabled': false,
      'editor.occurrencesHighlight': 'off',
    },
  });
  try {
    for (const scene of wanted) {
      const workbench = await openWorkbench(browser, workbenchUrl(server.url, folder), viewport);
      await scene.prepare(workbench, folder);
      await atRest(workbench);
      const path = join(images, `${scene.name}-${theme}.png`);
      await workbench.page.screenshot({ path });
      await workbench.page.context().close();
      console.log(path);
    }
  } finally {
    await server.stop();
    await home.remove();
  }
}

/** File icons and decorations come late and say nothing when they are there; what spins says that it does. */
async function atRest({ page }: Workbench): Promise<void> {
  const spinning = page.locator('.statusbar-item .codicon-modifier-spin');
  await until(
    'the workbench to rest',
    async () => {
      if ((await spinning.count()) > 0) return false;
      await delay(2000);
      return (await spinning.count()) === 0;
    },
    60_000,
  );
}
