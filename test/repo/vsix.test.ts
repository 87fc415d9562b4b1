// The .vsix for this machine, made from the dist/ that the build step left. The host tests install this file.
import assert from 'node:assert/strict';
import { stat } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { verifyIntegrity } from '../../src/scripts/npmPackage.ts';
import { packageExtension, sizeLimitBytes, targets } from '../../src/scripts/package.ts';
import { readJson, root } from '../support/repository.ts';
import { readZip, type ZipEntry } from '../support/zip.ts';

const esbuild = process.platform === 'win32' ? 'esbuild.exe' : 'esbuild';

/** Everything that may be there; whatever else turns up is a mistake. */
const expected: readonly RegExp[] = [
  /^extension\.vsixmanifest$/,
  /^\[Content_Types\]\.xml$/,
  /^extension\/(package\.json|readme\.md|changelog\.md|LICENSE\.txt|THIRD-PARTY-NOTICES\.md)$/,
  /^extension\/dist\/[\w-]+\.js$/,
  /^extension\/dist\/bootstrap-python\.py$/,
  /^extension\/dist\/bin\/esbuild(\.exe)?$/,
  /^extension\/media\/([\w-]+\/)*[\w-]+\.(svg|png|md)$/,
  /^extension\/schemas\/[\w.-]+\.schema\.json$/,
  /^extension\/syntaxes\/[\w-]+\.tmLanguage\.json$/,
];

suite('the installable extension', () => {
  let path: string;
  let entries: readonly ZipEntry[];
  const entry = (name: string): ZipEntry => {
    const found = entries.find(candidate => candidate.name === name);
    assert.ok(found, `${name} is missing`);
    return found;
  };

  suiteSetup(async () => {
    path = await packageExtension(`${process.platform}-${process.arch}`, join(root, 'out', 'vsix'));
    entries = await readZip(path);
  });

  test('is under 30 MB', async () => {
    assert.ok(sizeLimitBytes <= 30 * 1024 * 1024);
    assert.ok((await stat(path)).size < sizeLimitBytes);
  });

  test('holds no sources, tests, maps or anything else of a checkout', () => {
    assert.deepEqual(
      entries.map(({ name }) => name).filter(name => !expected.some(pattern => pattern.test(name))),
      [],
    );
  });

  test('holds the documents and every bundle', async () => {
    const bundles = Object.keys(await readJson<Record<string, unknown>>('out/metafiles.json'));
    const documents = ['readme.md', 'changelog.md', 'LICENSE.txt', 'THIRD-PARTY-NOTICES.md', 'package.json'];
    for (const name of [...documents, ...bundles.map(bundle => `dist/${bundle}.js`)]) {
      assert.ok(entry(`extension/${name}`).size > 0, name);
    }
  });

  test('holds every file that its manifest names, and no more of the manifest than is used', () => {
    const manifest = JSON.parse(entry('extension/package.json').read().toString()) as Record<string, unknown>;
    const paths = [...filesNamedBy(manifest)];
    assert.ok(paths.length >= 6, `only ${paths.length} files are named`);
    for (const file of paths) entry(posix.join('extension', file));
    for (const key of ['scripts', 'devDependencies', 'dependencies', 'allowScripts'])
      assert.ok(!(key in manifest), key);
  });

  test('esbuild and the command line can be executed, and nothing else needs to be', () => {
    const executable = entries.filter(({ mode }) => (mode & 0o111) !== 0);
    assert.deepEqual(
      executable.map(({ name, mode }) => [name, mode]).sort(),
      [`extension/dist/bin/${esbuild}`, 'extension/dist/cli.js'].map(name => [name, 0o755]),
    );
  });

  test('no bundle knows where it was built', () => {
    const bundles = entries.filter(({ name }) => /^extension\/dist\/[^/]+\.js$/.test(name));
    assert.ok(bundles.length > 0);
    assert.deepEqual(
      bundles.filter(bundle => bundle.read().includes(root)).map(({ name }) => name),
      [],
    );
  });
});

suite("esbuild's executables for other platforms", () => {
  test('are in the lock file for every target, at the version that is installed here', async () => {
    type Lock = { packages: Record<string, { version: string; integrity: string } | undefined> };
    const { packages } = await readJson<Lock>('package-lock.json');
    for (const target of targets) {
      const locked = packages[`node_modules/@esbuild/${target}`];
      assert.equal(locked?.version, packages['node_modules/esbuild']?.version, target);
      assert.match(locked?.integrity ?? '', /^sha512-/, target);
    }
  });

  test('are refused where they are not what the lock file names', () => {
    const sha512OfAbc =
      'sha512-3a81oZNherrMQXNJriBBMRLm+k6JqX6iCp7u5ktV05ohkpkqJ0/BqDa6PCOj/uu9RU1EI2Q86A4qmslPpUyknw==';
    verifyIntegrity('abc', Buffer.from('abc'), sha512OfAbc);
    assert.throws(() => verifyIntegrity('abc', Buffer.from('abd'), sha512OfAbc), /abc is not the package/);
  });
});

/** The values of a manifest that are paths within the extension. */
function* filesNamedBy(value: unknown): Generator<string> {
  if (typeof value === 'string') {
    if (/^(\.\/)?(dist|media|schemas|syntaxes)\/[\w./-]+$/.test(value)) yield value;
  } else if (typeof value === 'object' && value !== null) {
    for (const child of Object.values(value)) yield* filesNamedBy(child);
  }
}
