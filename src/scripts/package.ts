// `npm run package`: the extension as it is installed, one .vsix per platform in out/vsix/.
//
//   npm run package                          every platform
//   npm run package -- --target linux-x64    this platform; may be given several times
//   npm run package -- --no-build            takes dist/ as it is, which must be a production build
//   npm run package -- --out <folder>
//
// Each is packed in a folder of its own that holds what .vscodeignore lets through and nothing else.
import { execFile } from 'node:child_process';
import { cp, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { isUserError, UserError } from '../shared/errors.ts';
import { build, esbuildBinaryName } from './build.ts';
import { downloadEsbuildBinary } from './esbuildBinary.ts';

const root = join(import.meta.dirname, '..', '..');
const run = promisify(execFile);

/** The platforms that there is a .vsix for, as VS Code names them; esbuild names them the same. */
export const targets = [
  'linux-x64',
  'linux-arm64',
  'darwin-x64',
  'darwin-arm64',
  'win32-x64',
  'win32-arm64',
] as const;

/** The marketplace takes more; a download that takes long on a train does not. */
export const sizeLimitBytes = 30 * 1024 * 1024;

interface Manifest {
  readonly name: string;
  readonly version: string;
}

/** Packs dist/ as it is for one platform and returns the path of the .vsix. */
export async function packageExtension(target: string, outDirectory: string): Promise<string> {
  refuseWhatWindowsCannotPack(target);
  const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as Manifest;
  await refuseDevelopmentBuild();
  const stage = join(root, 'out', 'stage', target);
  const vsix = join(outDirectory, `${manifest.name}-${target}-${manifest.version}.vsix`);
  await rm(stage, { recursive: true, force: true });
  await mkdir(stage, { recursive: true });
  await mkdir(outDirectory, { recursive: true });
  for (const name of ['.vscodeignore', ...(await packedNames())])
    await cp(join(root, name), join(stage, name), { recursive: true });
  await writeFile(join(stage, 'package.json'), JSON.stringify(installedManifest(manifest), null, 2));
  await putEsbuildBinary(target, join(stage, 'dist', 'bin'));
  await pack(stage, target, vsix);
  const { size } = await stat(vsix);
  if (size > sizeLimitBytes) throw new UserError(`${vsix} is too large: ${size} bytes.`);
  return vsix;
}

/** Only a file system with an executable bit can put one into the archive. */
function refuseWhatWindowsCannotPack(target: string): void {
  if (process.platform === 'win32' && !target.startsWith('win32'))
    throw new UserError(`${target} cannot be packed on Windows: esbuild would lose its executable bit.`);
}

async function refuseDevelopmentBuild(): Promise<void> {
  const files = await readdir(join(root, 'dist')).catch((): string[] => []);
  if (!files.includes('extension.js') || files.some(file => file.endsWith('.map')))
    throw new UserError('dist/ holds no production build: run "npm run build -- --production" first.');
}

/** The files and folders that .vscodeignore names as exceptions from leaving out everything. */
async function packedNames(): Promise<string[]> {
  const lines = (await readFile(join(root, '.vscodeignore'), 'utf8')).split('\n');
  return lines.filter(line => line.startsWith('!')).map(line => line.slice(1).replace(/\/\*\*$/, ''));
}

/** What only a checkout needs is left out. */
function installedManifest(manifest: Manifest): Record<string, unknown> {
  const { scripts, devDependencies, allowScripts, ...rest } = manifest as Manifest & Record<string, unknown>;
  return rest;
}

async function putEsbuildBinary(target: string, folder: string): Promise<void> {
  const here = `${process.platform}-${process.arch}`;
  if (target === here) return;
  await rm(folder, { recursive: true });
  await mkdir(folder);
  const [platform = ''] = target.split('-');
  await downloadEsbuildBinary(root, target, join(folder, esbuildBinaryName(platform)));
}

/** vsce asks questions where something is missing: it gets no terminal, so that they are errors. */
async function pack(stage: string, target: string, vsix: string): Promise<void> {
  const vsce = join(root, 'node_modules', '@vscode', 'vsce', 'vsce');
  const packing = run(
    process.execPath,
    [vsce, 'package', '--no-dependencies', '--target', target, '--out', vsix],
    { cwd: stage },
  );
  packing.child.stdin?.end();
  await packing;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      target: { type: 'string', multiple: true, default: [...targets] },
      out: { type: 'string', default: join(root, 'out', 'vsix') },
      build: { type: 'boolean', default: true },
    },
    allowNegative: true,
  });
  const unknown = values.target.filter(target => !targets.some(known => known === target));
  if (unknown.length > 0)
    throw new UserError(`No such target: ${unknown.join(', ')}. There are: ${targets.join(', ')}.`);
  if (values.build) await build({ production: true });
  for (const target of values.target) console.log(await packageExtension(target, resolve(values.out)));
}

if (import.meta.main) {
  try {
    await main();
  } catch (error) {
    if (!isUserError(error)) throw error;
    console.error(error.message);
    process.exitCode = 2;
  }
}
