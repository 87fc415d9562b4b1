import { createHash } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from '../../../src/scripts/host/runCommand.ts';

const folder = join(import.meta.dirname, '..', 'peers');
const modules = join(folder, 'node_modules');
const stamp = join(modules, '.lambda-lens-installed');

/**
 * Installs what Lambda Lens is set against, as locked and without their install scripts, unless that has been
 * done. They are no dependencies of the project: 80 MB that only a benchmark needs.
 *
 * @returns why they are missing, or undefined
 */
export async function installPeers(): Promise<string | undefined> {
  const wanted = createHash('sha256')
    .update(await readFile(join(folder, 'package-lock.json')))
    .digest('hex');
  if ((await readFile(stamp, 'utf8').catch(() => '')) === wanted) return undefined;
  console.error('Installing serverless-offline and @vercel/fun ...');
  const script = process.env.npm_execpath;
  // serverless-offline's peer is the framework, which its users start it from.
  const args = ['ci', '--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund'];
  const [command, before] = script ? [process.execPath, [script]] : ['npm', []];
  const { code, output } = await runCommand(command, [...before, ...args], { cwd: folder });
  if (code !== 0) {
    await rm(modules, { recursive: true, force: true });
    return `"npm ci" failed in test/bench/peers: ${output.trim().split('\n').at(-1)}`;
  }
  await writeFile(stamp, wanted);
  return undefined;
}
