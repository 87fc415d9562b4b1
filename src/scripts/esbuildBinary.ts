// esbuild's executable for a platform other than the one that `npm ci` ran on.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, copyFile, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { UserError } from '../shared/errors.ts';

const run = promisify(execFile);

interface LockedPackage {
  readonly version: string;
  readonly integrity: string;
}

/**
 * Writes the executable of `@esbuild/<platform>` to `target`, with mode 0755. It comes from the npm client,
 * at the version of package-lock.json; a package whose SHA-512 is not the lock file's is refused.
 */
export async function downloadEsbuildBinary(root: string, platform: string, target: string): Promise<void> {
  const name = `@esbuild/${platform}`;
  const locked = await lockedPackage(root, name);
  const folder = await mkdtemp(join(tmpdir(), 'lambda-lens-esbuild-'));
  try {
    await npm(['pack', `${name}@${locked.version}`, '--pack-destination', folder, '--prefer-offline'], root);
    const archive = join(folder, await onlyFile(folder));
    verifyIntegrity(name, await readFile(archive), locked.integrity);
    const file = platform.startsWith('win32') ? 'package/esbuild.exe' : 'package/bin/esbuild';
    await run('tar', ['-xzf', archive, '-C', folder, file]);
    await copyFile(join(folder, file), target);
    await chmod(target, 0o755);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Throws unless `archive` is the package that the lock file names. */
export function verifyIntegrity(name: string, archive: Uint8Array, integrity: string): void {
  const actual = `sha512-${createHash('sha512').update(archive).digest('base64')}`;
  if (actual !== integrity)
    throw new UserError(
      `${name} is not the package that package-lock.json names: ${actual} is not ${integrity}.`,
    );
}

async function lockedPackage(root: string, name: string): Promise<LockedPackage> {
  const lock = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, LockedPackage | undefined>;
  };
  const locked = lock.packages[`node_modules/${name}`];
  if (!locked)
    throw new UserError(`package-lock.json has no ${name}: esbuild is not made for that platform.`);
  return locked;
}

/** The npm that started this script, which is a script for Node, else the one on PATH. */
async function npm(args: readonly string[], cwd: string): Promise<void> {
  const script = process.env.npm_execpath;
  if (script) await run(process.execPath, [script, ...args], { cwd });
  else await run('npm', [...args], { cwd });
}

async function onlyFile(folder: string): Promise<string> {
  const [file, ...others] = await readdir(folder);
  if (file === undefined || others.length > 0)
    throw new Error(`npm pack did not write one file to ${folder}.`);
  return file;
}
