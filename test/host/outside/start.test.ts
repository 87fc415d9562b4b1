// What a newcomer does: `npm start`, then the browser.
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../../../src/scripts/host/chromium.ts';
import { endProcessGroup, runCommand } from '../../../src/scripts/host/runCommand.ts';
import { createTemporaryHome, type TemporaryHome } from '../../../src/scripts/host/temporaryHome.ts';
import { until } from '../../../src/scripts/host/until.ts';
import { openWorkbench } from '../../../src/scripts/host/workbench.ts';
import { keepScreenshot } from '../support/outsideHost.ts';

const root = join(import.meta.dirname, '..', '..', '..');

suite('npm start', () => {
  let home: TemporaryHome;
  let browser: Browser;
  let started: ChildProcess;
  let output = '';

  suiteSetup(async () => {
    home = await createTemporaryHome();
    browser = await launchChromium();
    started = spawn('npm', ['start', '--', '--served', '--port=0'], {
      cwd: root,
      detached: true,
      env: { ...process.env, ...home.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [started.stdout, started.stderr])
      stream?.on('data', (chunk: Buffer) => {
        output += chunk.toString();
      });
  });

  suiteTeardown(async () => {
    await browser?.close();
    await endProcessGroup(started);
    await home?.remove();
  });

  test('prints an address at which the samples are shown, with hints and functions', async () => {
    const address = await until('the address', () => /^Open (http:\S+)$/m.exec(output)?.[1], 60_000);
    const workbench = await openWorkbench(browser, new URL(address));
    await workbench.page.getByRole('button', { name: /Yes, I trust/ }).click();
    await workbench.page.getByRole('tab', { name: 'Lambda', exact: true }).click();
    const functions = await until('the functions', async () => {
      const items = await workbench.treeItems('Functions');
      return items.length >= 4 && items;
    });
    for (const item of functions) assert.match(item, /^Function \S+, runtime nodejs/);
    await workbench
      .treeItem('Functions', /^Function/)
      .first()
      .click();
    const hints = await until('hints', async () => {
      const visible = await workbench.inlayHints();
      return visible.length >= 2 && visible;
    });
    assert.ok(hints.length >= 2);
    await keepScreenshot(workbench, 'start');
  });

  test('ends with everything that it started at Ctrl-C', async () => {
    const exit = once(started, 'exit');
    process.kill(-(started.pid ?? Number.NaN), 'SIGINT');
    await exit;
    const { output: processes } = await runCommand('ps', ['-eo', 'args']);
    assert.ok(!processes.includes(home.path), processes);
  });

  test('names a folder that does not exist', async () => {
    const missing = join(home.path, 'missing');
    const result = await runCommand('npm', ['start', '--silent', '--', missing], { cwd: root });
    assert.equal(result.code, 2);
    assert.match(result.output, /Lambda Lens: There is no folder .*missing\. Name one that exists/);
  });

  test('names a port that is in use', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const args = ['start', '--silent', '--', '--served', `--port=${port}`];
    const result = await runCommand('npm', args, { cwd: root });
    taken.close();
    assert.equal(result.code, 2);
    assert.match(result.output, new RegExp(`Lambda Lens: Port ${port} is in use`));
  });

  test('opens the desktop VS Code that is on the PATH', async () => {
    const bin = join(home.path, 'bin');
    await mkdir(bin);
    await writeFile(join(bin, 'code'), '#!/bin/sh\nprintf "%s\\n" "$@" > "$CODE_ARGUMENTS"\n', {
      mode: 0o755,
    });
    const file = join(home.path, 'arguments');
    const env = { ...process.env, PATH: [bin, process.env.PATH].join(delimiter), CODE_ARGUMENTS: file };
    const result = await runCommand('npm', ['start', '--silent', '--', home.path], { cwd: root, env });
    assert.equal(result.code, 0, result.output);
    const expected = ['--new-window', `--extensionDevelopmentPath=${root}`, home.path];
    assert.deepEqual((await readFile(file, 'utf8')).trim().split('\n'), expected);
  });
});
