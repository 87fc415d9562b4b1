// Code on the disk: by its digest, read-only, complete, and gone when nothing needs it.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, realpath, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CodeArchives, createCodeArchives } from '../../../src/engine/code/codeArchives.ts';
import { writeZip } from '../../../src/engine/code/writeZip.ts';
import { packageCode } from '../../../src/engine/functions/packageCode.ts';
import { systemIds } from '../../../src/engine/systemIds.ts';

const zip = (text: string) =>
  writeZip([
    { name: 'src/index.js', contents: Buffer.from(text) },
    { name: 'bootstrap', contents: Buffer.from('#!/bin/sh'), executable: true },
  ]);

suite('code archives', () => {
  let folder: string;
  let directory: string;
  let archives: CodeArchives;
  setup(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), 'lambda-lens-archives-')));
    directory = join(folder, 'code');
    archives = createCodeArchives(directory, systemIds);
  });
  teardown(() => rm(folder, { recursive: true, force: true }));

  test('are kept once, read-only, and come back as they were', async () => {
    const archive = await zip('one');
    const sha256 = await archives.put(archive);
    assert.equal(await archives.put(archive), sha256);
    assert.deepEqual(await archives.read(sha256), archive);
    const names = await readdir(directory);
    assert.deepEqual(names, [`${Buffer.from(sha256, 'base64').toString('hex')}.zip`]);
    assert.equal((await stat(join(directory, names[0] ?? ''))).mode & 0o222, 0);
  });

  test('are unpacked once, however many ask at once, to files that nobody writes', async () => {
    const sha256 = await archives.put(await zip('one'));
    await Promise.all(Array.from({ length: 5 }, () => archives.unpacked(sha256)));
    const root = archives.folderOf(sha256);
    assert.equal(await readFile(join(root, 'src', 'index.js'), 'utf8'), 'one');
    assert.equal((await stat(join(root, 'src', 'index.js'))).mode & 0o777, 0o444);
    assert.equal((await stat(join(root, 'bootstrap'))).mode & 0o777, 0o555);
    assert.equal((await readdir(directory)).length, 2);
    // Another engine finds what the first has unpacked.
    const other = createCodeArchives(directory, systemIds);
    await other.unpacked(sha256);
    assert.equal(other.folderOf(sha256), root);
  });

  test('lie below the packages that they see', async () => {
    const packages = join(folder, 'node_modules');
    await mkdir(join(packages, 'words'), { recursive: true });
    await writeFile(join(packages, 'words', 'index.js'), "module.exports = 'words';");
    const sha256 = await archives.put(await zip('one'));
    await archives.unpacked(sha256, [packages]);
    const root = archives.folderOf(sha256, [packages]);
    assert.equal(
      await readFile(join(root, '..', 'node_modules', 'words', 'index.js'), 'utf8'),
      "module.exports = 'words';",
    );
    assert.notEqual(root, archives.folderOf(sha256));
  });

  test('are removed when nothing needs them, but not what is in use', async () => {
    const [kept, old] = [await archives.put(await zip('kept')), await archives.put(await zip('old'))];
    await archives.unpacked(old);
    const next = createCodeArchives(directory, systemIds);
    const used = await next.put(await zip('used'));
    await writeFile(join(directory, 'new-0123'), 'half of an archive');
    await next.keepOnly(() => new Set([kept]));
    assert.deepEqual(
      (await readdir(directory)).sort(),
      [kept, used].map(sha256 => `${Buffer.from(sha256, 'base64').toString('hex')}.zip`).sort(),
    );
  });

  test('that are damaged are told of, and can be put in order', async () => {
    const sha256 = await archives.put(await zip('one'));
    const file = join(directory, `${Buffer.from(sha256, 'base64').toString('hex')}.zip`);
    const archive = await readFile(file);
    await rm(file);
    await writeFile(file, archive.subarray(0, 20));
    await assert.rejects(archives.unpacked(sha256), /cannot be read: it is no zip archive/);
    await rm(file);
    await writeFile(file, archive);
    await archives.unpacked(sha256);
  });

  test('of a folder hold what it holds, links to packages included, and no link that leads up', async () => {
    const code = join(folder, 'function');
    await mkdir(join(code, '.git'), { recursive: true });
    await mkdir(join(folder, 'packages', 'words'), { recursive: true });
    await mkdir(join(code, 'node_modules'));
    await writeFile(join(code, 'app.js'), 'code');
    await writeFile(join(code, '.git', 'HEAD'), 'ref');
    await writeFile(join(folder, 'packages', 'words', 'index.js'), 'words');
    await symlink(join(folder, 'packages', 'words'), join(code, 'node_modules', 'words'));
    await symlink(code, join(code, 'node_modules', 'itself'));
    const origin = { kind: 'folder', sources: [], packageFolders: [join(code, 'node_modules')] } as const;
    const packed = await packageCode({ taskRoot: code, digest: 'd', origin }, code, folder);
    assert.deepEqual(packed.files.map(({ name }) => name).sort(), ['app.js', 'node_modules/words/index.js']);
    assert.deepEqual(packed.packageFolders, []);
  });
});
