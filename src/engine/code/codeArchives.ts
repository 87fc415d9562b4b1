import { createHash } from 'node:crypto';
import { existsSync, renameSync } from 'node:fs';
import { chmod, mkdir, open, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { readZip, type ZipEntry } from '../../shared/readZip.ts';
import type { Ids } from '../ports.ts';

/**
 * The code of versions and layers: zip archives by the SHA-256 of their bytes, read-only, and unpacked when they are
 * first run. What is there is complete, because it is written under another name first.
 */
export interface CodeArchives {
  /** Keeps an archive; settles with its SHA-256 in base64 when it is on the disk. */
  put(archive: Uint8Array): Promise<string>;
  /** @throws Error when there is no such archive. */
  read(sha256: string): Promise<Buffer>;
  /**
   * The folder that an archive is unpacked to.
   *
   * @param packageFolders folders of packages that are found from there, the outermost first
   */
  folderOf(sha256: string, packageFolders?: readonly string[]): string;
  /** Settles when the archive is in its folder. */
  unpacked(sha256: string, packageFolders?: readonly string[]): Promise<void>;
  /**
   * Removes what was there before this engine, has not been asked for since and is not among those; with it what a
   * killed engine has left half-written.
   */
  keepOnly(codes: () => ReadonlySet<string>): Promise<void>;
}

/** @param directory of the engine's own; made when it is needed */
export function createCodeArchives(directory: string, ids: Pick<Ids, 'hex'>): CodeArchives {
  /** Digests that this engine has written or asked for, and the files that it is writing. */
  const used = new Set<string>();
  const underWay = new Map<string, Promise<void>>();
  const fileOf = (sha256: string) => path.join(directory, `${hexOf(sha256)}.zip`);

  function newPath(): string {
    const name = `${temporaryPrefix}${ids.hex(8)}`;
    used.add(name);
    return path.join(directory, name);
  }

  async function unpack(sha256: string, packageFolders: readonly string[]): Promise<void> {
    const folder = path.join(directory, folderName(sha256, packageFolders));
    if (existsSync(folder)) return;
    const contents = readZip(await readFile(fileOf(sha256)));
    if (contents.kind === 'broken')
      throw new Error(`The archive ${fileOf(sha256)} cannot be read: ${contents.reason}`);
    const temporary = newPath();
    await linkPackages(temporary, packageFolders);
    const taskRoot = path.join(temporary, ...inside(packageFolders));
    await mkdir(taskRoot, { recursive: true });
    for (const entry of contents.entries) await unpackEntry(taskRoot, entry);
    try {
      await rename(temporary, folder);
    } catch (error) {
      // The last engine may have come to an end with it after this one has looked.
      if (!existsSync(folder)) throw error;
      await rm(temporary, { recursive: true, force: true });
    }
  }

  return {
    async put(archive) {
      const sha256 = createHash('sha256').update(archive).digest('base64');
      const file = fileOf(sha256);
      used.add(hexOf(sha256));
      if (existsSync(file)) return sha256;
      await mkdir(directory, { recursive: true });
      const temporary = newPath();
      const handle = await open(temporary, 'wx', 0o444);
      try {
        await handle.writeFile(archive);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(temporary, file);
      return sha256;
    },
    read: sha256 => readFile(fileOf(sha256)),
    folderOf: (sha256, packageFolders = []) =>
      path.join(directory, folderName(sha256, packageFolders), ...inside(packageFolders)),
    unpacked(sha256, packageFolders = []) {
      used.add(hexOf(sha256));
      const key = folderName(sha256, packageFolders);
      const known = underWay.get(key);
      if (known) return known;
      const unpacking = unpack(sha256, packageFolders);
      underWay.set(key, unpacking);
      // What has failed may be tried again.
      unpacking.catch(() => underWay.delete(key));
      return unpacking;
    },
    async keepOnly(codes) {
      const names = await readdir(directory).catch(() => []);
      const kept = new Set([...codes()].map(hexOf));
      for (const name of names) {
        const [digest = ''] = name.split(/[.-]/);
        if (kept.has(digest) || used.has(digest) || used.has(name)) continue;
        // From one moment to the next it is not there: nobody finds a half of it.
        const removed = newPath();
        renameSync(path.join(directory, name), removed);
        await rm(removed, { recursive: true, force: true });
      }
    },
  };
}

const temporaryPrefix = 'new-';

/** The code lies one folder deeper for each folder of packages: they are looked for from the inside out. */
function inside(packageFolders: readonly string[]): readonly string[] {
  return [...packageFolders.map(() => 'task'), 'code'];
}

async function linkPackages(root: string, packageFolders: readonly string[]): Promise<void> {
  let folder = root;
  await mkdir(folder, { recursive: true });
  for (const packages of packageFolders) {
    folder = path.join(folder, 'task');
    await mkdir(folder);
    await symlink(packages, path.join(folder, 'node_modules'), 'junction');
  }
}

async function unpackEntry(taskRoot: string, entry: ZipEntry): Promise<void> {
  const target = path.join(taskRoot, entry.name);
  await mkdir(path.dirname(target), { recursive: true });
  const contents = await entry.read();
  if (entry.kind === 'link') {
    const leadsTo = path.resolve(path.dirname(target), contents.toString('utf8'));
    // A link out of the code leads nowhere on Lambda either.
    if (leadsTo.startsWith(taskRoot + path.sep)) await symlink(contents.toString('utf8'), target);
    return;
  }
  await writeFile(target, contents, { flag: 'wx' });
  await chmod(target, entry.executable ? 0o555 : 0o444);
}

function folderName(sha256: string, packageFolders: readonly string[]): string {
  const digest = hexOf(sha256);
  if (packageFolders.length === 0) return `${digest}-code`;
  return `${digest}-${createHash('sha256').update(packageFolders.join('\0')).digest('hex').slice(0, 16)}`;
}

function hexOf(sha256: string): string {
  return Buffer.from(sha256, 'base64').toString('hex');
}
