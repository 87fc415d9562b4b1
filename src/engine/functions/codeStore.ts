import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { OutputFile } from 'esbuild';

/** Code that can be run. */
export interface Code {
  /** What LAMBDA_TASK_ROOT says; the handler string is relative to it. */
  readonly taskRoot: string;
  /** The same for the same code. */
  readonly digest: string;
  /** What it was made from, where it was made here. */
  readonly origin?: CodeOrigin;
}

export interface CodeOrigin {
  /** A folder is run as it lies in the workspace. */
  readonly kind: 'bundle' | 'folder';
  /** Absolute paths of everything that was bundled. */
  readonly sources: readonly string[];
  /** The node_modules folders that the code sees, the outermost first. */
  readonly packageFolders: readonly string[];
}

/** Builds of one function that are kept: a process that is still running one reads its source map late. */
const keptBuilds = 3;

/**
 * The builds of one function, each in a folder of its own below `directory`. The packages of the workspace are
 * linked into it, so that what is not bundled is found as from the source file.
 */
export class CodeStore {
  readonly #directory: string;
  readonly #packageFolders: readonly string[];
  readonly #recent: string[] = [];

  constructor(directory: string, entry: string) {
    this.#directory = directory;
    this.#packageFolders = packageFoldersAbove(entry);
  }

  /** The node_modules folders that the code sees, the outermost first. */
  get packageFolders(): readonly string[] {
    return this.#packageFolders;
  }

  /** Where a build named `current` would lie: as deep as every other, so that relative paths agree. */
  get outputDirectory(): string {
    return this.#taskRoot('current');
  }

  /** @param files with paths below `outputDirectory` */
  async write(files: readonly OutputFile[]): Promise<Code> {
    const digest = digestOf(files);
    const taskRoot = this.#taskRoot(digest);
    if (!existsSync(taskRoot)) {
      await this.#linkPackages(digest);
      for (const file of files) {
        const target = path.join(taskRoot, path.relative(this.outputDirectory, file.path));
        await mkdir(path.dirname(target), { recursive: true });
        await writeFile(target, file.contents);
      }
    }
    await this.#keepRecent(digest);
    return { taskRoot, digest };
  }

  /** One folder for each folder of packages: node_modules are looked for from the inside out. */
  #taskRoot(digest: string): string {
    return path.join(this.#directory, digest, ...this.#packageFolders.map(() => 'task'));
  }

  async #linkPackages(digest: string): Promise<void> {
    let folder = path.join(this.#directory, digest);
    await mkdir(folder, { recursive: true });
    for (const packages of this.#packageFolders) {
      folder = path.join(folder, 'task');
      await mkdir(folder, { recursive: true });
      await symlink(packages, path.join(folder, 'node_modules'), 'junction');
    }
  }

  async #keepRecent(digest: string): Promise<void> {
    if (this.#recent.at(-1) === digest) return;
    this.#recent.push(digest);
    const kept = new Set(this.#recent.slice(-keptBuilds));
    const names = await readdir(this.#directory);
    await Promise.all(
      names
        .filter(name => !kept.has(name))
        .map(name => rm(path.join(this.#directory, name), { recursive: true, force: true })),
    );
  }
}

export function digestOf(files: readonly OutputFile[]): string {
  const hash = createHash('sha256');
  for (const file of files) hash.update(`${path.basename(file.path)}\0${file.hash}\0`);
  return hash.digest('hex').slice(0, 32);
}

/** The node_modules folders that a file sees, the outermost first. */
function packageFoldersAbove(file: string): string[] {
  const folders: string[] = [];
  for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
    const packages = path.join(folder, 'node_modules');
    if (existsSync(packages)) folders.unshift(packages);
    if (path.dirname(folder) === folder) return folders;
  }
}
