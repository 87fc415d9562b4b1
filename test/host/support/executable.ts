#!/usr/bin/env node
// What VSCODE_TEST_EXECUTABLE names where no desktop VS Code can run: it takes VS Code's own command line,
// opens the workbench of a code-server in headless Chromium, and ends with the exit code of the tests.
// The console of the workbench, which is also that of the extension host, goes to stdout.
import { resolve } from 'node:path';
import { launchChromium } from '../../../src/scripts/host/chromium.ts';
import { quietSettings } from '../../../src/scripts/host/quietSettings.ts';
import {
  type RunningServer,
  remoteUri,
  startServer,
  workbenchUrl,
} from '../../../src/scripts/host/server.ts';
import { createTemporaryHome } from '../../../src/scripts/host/temporaryHome.ts';
import { messageOf } from '../../../src/shared/errors.ts';
import { type HostArguments, parseHostArguments } from './hostArguments.ts';

/** A host that hangs is a failure; no suite takes this long. */
const longestRunMs = 10 * 60_000;

try {
  process.exit(await runHost(parseHostArguments(process.argv.slice(2))));
} catch (error) {
  console.log(messageOf(error));
  process.exit(1);
}

async function runHost(options: HostArguments): Promise<number> {
  const home = await createTemporaryHome();
  let server: RunningServer | undefined;
  const browser = await launchChromium();
  try {
    server = await startServer({
      ...home,
      userDataDirectory: options.userDataDirectory,
      extensionsDirectory: options.extensionsDirectory,
      settings: quietSettings,
      workspaceTrust: !options.disableWorkspaceTrust,
      driver: true,
    });
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const exitCode = Promise.withResolvers<number>();
    await page.exposeFunction('codeAutomationLog', (_type: string, args: readonly unknown[]) =>
      console.log(...args),
    );
    await page.exposeFunction('codeAutomationExit', (code: number) => exitCode.resolve(code));
    let ending = false;
    const fail = (reason: string) => {
      if (!ending) console.log(reason);
      exitCode.resolve(1);
    };
    page.once('crash', () => fail('The page with the workbench crashed.'));
    page.once('close', () => fail('The page with the workbench was closed.'));
    void server.ended.then(output => fail(`VS Code's server ended. It wrote:\n${output}`));
    const deadline = setTimeout(
      () => fail(`The tests did not end in ${longestRunMs / 60_000} minutes.`),
      longestRunMs,
    );
    await page.goto(addressOf(server, options).href);
    const code = await exitCode.promise;
    clearTimeout(deadline);
    ending = true;
    return code;
  } finally {
    await browser.close();
    await server?.stop();
    await home.remove();
  }
}

function addressOf(server: RunningServer, options: HostArguments): URL {
  const uri = (path: string) => remoteUri(server.url, resolve(path));
  return workbenchUrl(server.url, options.workspace && resolve(options.workspace), [
    ...options.extensionDevelopmentPaths.map(path => ['extensionDevelopmentPath', uri(path)] as const),
    ['extensionTestsPath', uri(options.extensionTestsPath)],
    ['disableExtensions', String(options.disableExtensions)],
  ]);
}
