// What must hold for every file of the repository.
import assert from 'node:assert/strict';
import { homedir } from 'node:os';
import { listFiles, readJson, readText, root } from '../support/repository.ts';

suite('files', () => {
  test('no source and no test is longer than 400 lines', async () => {
    const files = await listFiles('{src,test}/**/*.{ts,mts,cts,js,mjs,cjs}');
    assert.ok(files.length > 50);
    const tooLong: string[] = [];
    for (const file of files) {
      const lines = (await readText(file)).split('\n').length - 1;
      if (lines > 400) tooLong.push(`${file}: ${lines} lines`);
    }
    assert.deepEqual(tooLong, []);
  });

  test('no file knows the machine that it was written on', async () => {
    const files = await listFiles('*', '.ci/*', '{src,test,samples,docs,media,syntaxes}/**/*');
    const places = [`${homedir()}/`, `${root}/`].filter(place => place.length > 2);
    const found: string[] = [];
    for (const file of files.filter(name => !/\.(png|ico|zip|jpg)$/.test(name))) {
      const text = await readText(file);
      if (places.some(place => text.includes(place))) found.push(file);
    }
    assert.deepEqual(found, []);
  });

  test('lock files name packages by integrity, not by the server that they came from', async () => {
    interface Lock {
      readonly lockfileVersion: number;
      readonly packages: Readonly<
        Record<string, { readonly resolved?: string; readonly integrity?: string }>
      >;
    }
    const locks = await listFiles(
      'package-lock.json',
      'test/**/package-lock.json',
      'samples/**/package-lock.json',
    );
    assert.ok(locks.includes('package-lock.json'));
    for (const file of locks) {
      const { lockfileVersion, packages } = await readJson<Lock>(file);
      assert.equal(lockfileVersion, 3, file);
      const wrong = Object.entries(packages).filter(
        ([path, { resolved, integrity }]) =>
          path !== '' && (resolved !== undefined || integrity === undefined),
      );
      assert.deepEqual(
        wrong.map(([path]) => path),
        [],
        file,
      );
    }
  });

  test('what runs before a merge is exactly "npm test"', async () => {
    const commands = (await readText('.ci/run'))
      .split('\n')
      .filter(line => line !== '' && !line.startsWith('#'));
    assert.deepEqual(commands, ['set -euo pipefail', 'cd "$(dirname "$0")/.."', 'exec npm test']);
    const { scripts } = await readJson<{ scripts: Record<string, string> }>('package.json');
    assert.equal(scripts.test, 'node src/scripts/bootstrap.mjs test.ts');
  });
});
