// VS Code from the npm package code-server, for machines without one. Its version is locked in
// test/host/vscode, apart from the project's own dependencies, because only Linux x64 uses it.
import { createHash } from 'node:crypto';
import { copyFile, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../shared/errors.ts';
import { runCommand } from './runCommand.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const folder = join(root, 'test', 'host', 'vscode');
const modules = join(folder, 'node_modules');
const vscode = join(modules, 'code-server', 'lib', 'vscode');
const stamp = join(modules, '.lambda-lens-installed');

/** What VS Code needs of the modules that are not compiled, in JavaScript. */
const replacedModules = ['spdlog', 'native-watchdog'];

/** The server's entry. It runs on the project's Node: the native modules that it needs come prebuilt. */
export const codeServerMain = join(vscode, 'out', 'server-main.js');

/** Installs code-server as locked, unless that has been done. Throws a UserError where it cannot be. */
export async function installCodeServer(): Promise<void> {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new UserError(
      `VS Code from npm (code-server) is used on Linux x64 only, and this is ${process.platform}-${process.arch}: ` +
        'install VS Code, put its "code" command on the PATH, and run the command again.',
    );
  const wanted = await stampOfThisInstall();
  if ((await readFile(stamp, 'utf8').catch(() => '')) === wanted) return;
  console.error('Installing VS Code from npm (code-server) ...');
  await rm(modules, { recursive: true, force: true });
  try {
    await npm(['ci'], folder);
    // Its own postinstall would do this too, but also compiles modules, for which a C++ toolchain and
    // Kerberos headers would have to be installed.
    await npm(['install', '--omit=dev'], vscode);
    await npm(['install', '--omit=dev'], join(vscode, 'extensions'));
    for (const name of replacedModules)
      await copyFile(
        join(folder, 'replacements', `${name}.cjs`),
        join(vscode, 'node_modules', '@vscode', name, 'index.js'),
      );
    await writeFile(stamp, wanted);
  } catch (error) {
    await rm(modules, { recursive: true, force: true });
    throw error;
  }
}

/** Another lock file, or another way to install it, makes an install stale. */
async function stampOfThisInstall(): Promise<string> {
  const replacements = replacedModules.map(name => join(folder, 'replacements', `${name}.cjs`));
  const hash = createHash('sha256');
  for (const file of [join(folder, 'package-lock.json'), import.meta.filename, ...replacements])
    hash.update(await readFile(file));
  return hash.digest('hex');
}

async function npm(args: readonly string[], cwd: string): Promise<void> {
  const script = process.env.npm_execpath;
  const command = script ? process.execPath : 'npm';
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund'];
  const { code, output } = await runCommand(command, [...(script ? [script] : []), ...args, ...quiet], {
    cwd,
  });
  if (code === 0) return;
  console.error(output.trimEnd());
  throw new UserError(
    `VS Code could not be installed from npm: "npm ${args.join(' ')}" failed in ${cwd} (see above). ` +
      'Check that the npm registry can be reached, then run the command again.',
  );
}
