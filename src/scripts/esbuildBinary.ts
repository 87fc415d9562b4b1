// esbuild's executable for a platform other than the one that `npm ci` ran on.
import { chmod, copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../shared/errors.ts';
import { unpackNpmPackage } from './npmPackage.ts';

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
    const file = platform.startsWith('win32') ? 'package/esbuild.exe' : 'package/bin/esbuild';
    await unpackNpmPackage({ name, ...locked }, folder, [file]);
    await copyFile(join(folder, file), target);
    await chmod(target, 0o755);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
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
