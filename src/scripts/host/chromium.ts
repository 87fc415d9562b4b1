// The browser in which tests, screenshots and benchmarks show VS Code.
import { type Browser, chromium } from 'playwright-core';
import { UserError } from '../../shared/errors.ts';
import { findExecutable, isExecutable } from './findExecutable.ts';
import { runCommand } from './runCommand.ts';

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
  await installByApt();
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

async function installByApt(): Promise<void> {
  const prefix = await aptPrefix();
  if (!prefix)
    throw new UserError(`Chromium is needed to show VS Code, and it is not on the PATH. ${advice}`);
  console.error(`Installing ${packages.join(' and ')} by apt-get ...`);
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', ...packages]]) {
    const [command = '', ...rest] = [...prefix, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args];
    const { code, output } = await runCommand(command, rest);
    if (code === 0) continue;
    console.error(output.trimEnd());
    throw new UserError(
      `Chromium could not be installed: "apt-get ${args[0]}" failed (see above). ${advice}`,
    );
  }
}

/** What to put before apt-get so that it may install; undefined where it may not. */
async function aptPrefix(): Promise<readonly string[] | undefined> {
  if (!(await findExecutable(['apt-get']))) return undefined;
  if (process.getuid?.() === 0) return [];
  const { code } = await runCommand('sudo', ['-n', 'true']);
  return code === 0 ? ['sudo', '-n'] : undefined;
}
