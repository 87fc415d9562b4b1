// The browser in which tests, screenshots and benchmarks show VS Code.
import { type Browser, chromium } from 'playwright-core';
import { UserError } from '../../shared/errors.ts';
import { installByApt } from './apt.ts';
import { findExecutable, isExecutable } from './findExecutable.ts';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const packages = ['chromium', 'fonts-dejavu-core'];
const advice =
  `Install it (Debian: sudo apt-get install ${packages.join(' ')}), ` +
  'or set CHROMIUM_PATH to a Chromium or Chrome executable.';

/**
 * The Chromium of CHROMIUM_PATH or of the PATH; where there is none it is installed by apt-get, if this
 * user may do that without being asked for a password. Throws a UserError that says what to install.
 */
export async function ensureChromium(): Promise<string> {
  const chosen = process.env.CHROMIUM_PATH;
  if (chosen) {
    if (await isExecutable(chosen)) return chosen;
    throw new UserError(`CHROMIUM_PATH is ${chosen}, which is not an executable file. ${advice}`);
  }
  const found = await findExecutable(names);
  if (found) return found;
  await installByApt({
    packages,
    need: 'Chromium is needed to show VS Code, and it is not on the PATH.',
    advice,
  });
  const installed = await findExecutable(names);
  if (installed) return installed;
  throw new UserError(
    `apt-get installed ${packages.join(' and ')}, but no chromium is on the PATH. ${advice}`,
  );
}

/** A headless Chromium that can reach nothing but this machine; installed if need be. */
export async function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: await ensureChromium(),
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-dev-shm-usage',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
    ],
  });
}
