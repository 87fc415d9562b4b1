// `npm run icon` draws media/icon.png, which the marketplace wants, from media/icon.svg.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { launchChromium } from './host/chromium.ts';

const media = join(import.meta.dirname, '..', '..', 'media');
const browser = await launchChromium();
try {
  const page = await browser.newPage({ viewport: { width: 256, height: 256 } });
  await page.setContent(
    `<style>body { margin: 0 } svg { display: block }</style>${await readFile(join(media, 'icon.svg'), 'utf8')}`,
  );
  await page.screenshot({ path: join(media, 'icon.png'), omitBackground: true });
} finally {
  await browser.close();
}
