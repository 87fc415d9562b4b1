import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../../shared/errors.ts';
import type { ArchiveFile } from '../code/writeZip.ts';
import type { Code } from './codeStore.ts';

/** What becomes of built code when it is published. */
export interface CodePackage {
  readonly files: readonly ArchiveFile[];
  /** Of the files that were bundled, relative to the workspace; empty where the code is its own source. */
  readonly sources: readonly ArchiveFile[];
  /** See VersionCode.packageFolders. */
  readonly packageFolders: readonly string[];
}

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const maxUnzippedBytes = 262_144_000;

/** Folders that no deployment has in its package. */
const neverPackaged = new Set([
  '.git',
  '.aws-sam',
  '.lambda-lens',
  '.mypy_cache',
  '.pytest_cache',
  '.venv',
  '.vscode',
  '__pycache__',
  'cdk.out',
]);

/**
 * The files of a function as an archive would have them.
 *
 * @param codeDirectory of the definition
 * @param root of the workspace, by its real path
 * @throws UserError when there is more of it than Lambda takes.
 */
export async function packageCode(code: Code, codeDirectory: string, root: string): Promise<CodePackage> {
  const { origin } = code;
  const bundled = origin?.kind === 'bundle';
  const files = await filesBelow(code.taskRoot, bundled ? new Set(['node_modules']) : neverPackaged);
  if (!bundled) {
    const { packageFolders = [] } = origin ?? {};
    return {
      files,
      sources: [],
      packageFolders: packageFolders.filter(folder => !isBelow(codeDirectory, folder)),
    };
  }
  const own = origin.sources.filter(
    file => isBelow(root, file) && !file.includes(`${path.sep}node_modules${path.sep}`),
  );
  return {
    files: files.map(file => withOwnSources(file, code.taskRoot, codeDirectory)),
    sources: await Promise.all(
      own.map(async file => ({ name: slashed(path.relative(root, file)), contents: await readFile(file) })),
    ),
    packageFolders: origin.packageFolders,
  };
}

async function filesBelow(directory: string, ignored: ReadonlySet<string>): Promise<readonly ArchiveFile[]> {
  const files: ArchiveFile[] = [];
  const folders = [directory];
  let bytes = 0;
  for (const folder of folders) {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      const file = path.join(folder, entry.name);
      // A package of the workspace may be a link; what it leads to is what is deployed.
      const stats = await stat(file).catch(() => undefined);
      if (!stats || ignored.has(entry.name)) continue;
      if (stats.isDirectory()) {
        // A link may lead to where it is found.
        const leadsUp = entry.isSymbolicLink() && isWithin(await realpath(file), await realpath(folder));
        if (!leadsUp) folders.push(file);
        continue;
      }
      if (!stats.isFile()) continue;
      bytes += stats.size;
      if (bytes > maxUnzippedBytes) {
        throw new UserError(
          `Unzipped size must be smaller than ${maxUnzippedBytes} bytes: ${directory} holds more. Bundle the function, or name a smaller code folder in the template.`,
        );
      }
      files.push({
        name: slashed(path.relative(directory, file)),
        contents: await readFile(file),
        executable: (stats.mode & 0o111) !== 0,
      });
    }
  }
  return files;
}

/**
 * Source maps name the sources by where the build lies; in an archive they name them as from the code folder, so
 * that the same code is the same archive wherever it was built.
 */
function withOwnSources(file: ArchiveFile, taskRoot: string, codeDirectory: string): ArchiveFile {
  if (!file.name.endsWith('.map')) return file;
  const map = JSON.parse(Buffer.from(file.contents).toString('utf8')) as { sources?: readonly string[] };
  const folder = path.dirname(path.join(taskRoot, file.name));
  const sources = (map.sources ?? []).map(source =>
    slashed(path.relative(path.dirname(path.join(codeDirectory, file.name)), path.resolve(folder, source))),
  );
  return { ...file, contents: Buffer.from(JSON.stringify({ ...map, sources })) };
}

function isWithin(directory: string, file: string): boolean {
  return directory === file || isBelow(directory, file);
}

function isBelow(directory: string, file: string): boolean {
  const relative = path.relative(directory, file);
  return relative !== '' && !relative.startsWith('..') && !path.isAbsolute(relative);
}

function slashed(file: string): string {
  return file.split(path.sep).join('/');
}
