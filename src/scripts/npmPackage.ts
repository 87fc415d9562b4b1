// A single package from the npm client, without what it depends on.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { UserError } from '../shared/errors.ts';

const run = promisify(execFile);

/** As a lock file names it. */
export interface PinnedPackage {
  readonly name: string;
  readonly version: string;
  /** `sha512-...` */
  readonly integrity: string;
}

/**
 * Unpacks a package into a folder that exists; everything of it is then in `package/`.
 *
 * @param files absent: all of them
 * @throws UserError where its SHA-512 is another one.
 */
export async function unpackNpmPackage(
  { name, version, integrity }: PinnedPackage,
  folder: string,
  files: readonly string[] = [],
): Promise<void> {
  const download = await mkdtemp(join(tmpdir(), 'lambda-lens-package-'));
  try {
    await npm(['pack', `${name}@${version}`, '--pack-destination', download, '--prefer-offline'], download);
    const archive = join(download, await onlyFile(download));
    verifyIntegrity(name, await readFile(archive), integrity);
    await run('tar', ['-xzf', archive, '-C', folder, ...files]);
  } finally {
    await rm(download, { recursive: true, force: true });
  }
}

/** Throws unless `archive` is the package that was pinned. */
export function verifyIntegrity(name: string, archive: Uint8Array, integrity: string): void {
  const actual = `sha512-${createHash('sha512').update(archive).digest('base64')}`;
  if (actual !== integrity)
    throw new UserError(`${name} is not the package that was pinned: ${actual} is not ${integrity}.`);
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
