// Bundles the extension. `npm run build` for development, with `--production` minified and without maps of
// others, with `--watch` on every change.
import { createHash } from 'node:crypto';
import { chmod, copyFile, glob, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { type BuildOptions, context, type Metafile } from 'esbuild';
import { adjustFauxqs } from './adjustFauxqs.ts';
import { compilerOnly } from './compilerOnly.ts';

const root = join(import.meta.dirname, '..', '..');

/** Every file of dist/ and where it starts. ARCHITECTURE.md says what each is for. */
const entries = {
  extension: 'src/extension.ts',
  aws: 'src/client/aws.ts',
  analyzer: 'src/analyzer/worker.ts',
  engine: 'src/engine/main.ts',
  watchdog: 'src/engine/ownership/watchdog.ts',
  cli: 'src/cli/main.ts',
  samples: 'src/events/samples/bundle.ts',
  versions: 'src/vscode/versions/bundle.ts',
  asynchronous: 'src/vscode/asynchronous/bundle.ts',
  resources: 'src/vscode/resources/bundle.ts',
  'bootstrap-node': 'src/engine/runtime/bootstrap/node.ts',
  'service-fauxqs': 'src/engine/services/hosts/fauxqs.ts',
  'service-kinesis': 'src/engine/services/hosts/kinesis.ts',
} as const;

export interface BuildResult {
  /** One per entry, by its name in dist/. */
  readonly metafiles: Readonly<Record<keyof typeof entries, Metafile>>;
}

/** Writes dist/ afresh. */
export async function build(options: { readonly production: boolean }): Promise<BuildResult> {
  await prepareDist();
  const buildId = await hashSources();
  const results = await Promise.all(
    Object.entries(entries).map(async ([name, entry]) => {
      const bundler = await context(bundleOptions(name, entry, options.production, buildId));
      try {
        const { metafile } = await bundler.rebuild();
        return [name, metafile] as const;
      } finally {
        await bundler.dispose();
      }
    }),
  );
  const metafiles = Object.fromEntries(results) as BuildResult['metafiles'];
  await mkdir(join(root, 'out'), { recursive: true });
  await writeFile(join(root, 'out', 'metafiles.json'), JSON.stringify(metafiles));
  return { metafiles };
}

function bundleOptions(name: string, entry: string, production: boolean, buildId: string) {
  return {
    entryPoints: [join(root, entry)],
    outfile: join(root, 'dist', `${name}.js`),
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    mainFields: ['module', 'main'],
    external: ['vscode'],
    plugins: [adjustFauxqs, compilerOnly],
    define: { __BUILD_ID__: JSON.stringify(buildId) },
    minify: production,
    keepNames: production,
    sourcemap: production ? false : 'linked',
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
    // esbuild asks for its own path, which ESBUILD_BINARY_PATH makes unnecessary.
    logOverride: { 'require-resolve-not-external': 'silent' },
  } satisfies BuildOptions;
}

async function watch(): Promise<void> {
  await prepareDist();
  const buildId = await hashSources();
  for (const [name, entry] of Object.entries(entries)) {
    const bundler = await context(bundleOptions(name, entry, false, buildId));
    await bundler.watch();
  }
}

/** An empty dist/ with what needs no bundling: esbuild's binary for the user's handlers, and Python's bootstrap. */
async function prepareDist(): Promise<void> {
  const dist = join(root, 'dist');
  await rm(dist, { recursive: true, force: true });
  await mkdir(join(dist, 'bin'), { recursive: true });
  const target = join(dist, 'bin', esbuildBinaryName(process.platform));
  await copyFile(installedEsbuildBinary(), target);
  await chmod(target, 0o755);
  await copyFile(join(root, pythonBootstrap), join(dist, 'bootstrap-python.py'));
}

const pythonBootstrap = 'src/engine/runtime/bootstrap/python/bootstrap.py';

/** The file name of esbuild's executable under dist/bin. */
export function esbuildBinaryName(platform: string): string {
  return platform === 'win32' ? 'esbuild.exe' : 'esbuild';
}

function installedEsbuildBinary(): string {
  const require = createRequire(join(root, 'package.json'));
  const packageFolder = dirname(
    createRequire(require.resolve('esbuild')).resolve(
      `@esbuild/${process.platform}-${process.arch}/package.json`,
    ),
  );
  return join(packageFolder, process.platform === 'win32' ? 'esbuild.exe' : join('bin', 'esbuild'));
}

/** Two builds of the same sources have the same id; an engine of another id is replaced. */
async function hashSources(): Promise<string> {
  const files = (await Array.fromAsync(glob('src/**/*.{ts,py}', { cwd: root }))).sort();
  const hash = createHash('sha256').update(await readFile(join(root, 'package-lock.json')));
  for (const file of files) hash.update(relative(root, file)).update(await readFile(join(root, file)));
  return hash.digest('hex').slice(0, 16);
}

if (import.meta.main) {
  if (process.argv.includes('--watch')) await watch();
  else await build({ production: process.argv.includes('--production') });
}
