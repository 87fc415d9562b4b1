import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type ArchiveFile, writeZip } from '../../../../src/engine/code/writeZip.ts';
import { readZip } from '../../../../src/shared/readZip.ts';

const file = (name: string, text: string, executable = false): ArchiveFile => ({
  name,
  contents: Buffer.from(text),
  executable,
});

async function contentsOf(archive: Buffer) {
  const contents = readZip(archive);
  assert.equal(contents.kind, 'entries');
  if (contents.kind !== 'entries') return [];
  return Promise.all(
    contents.entries.map(
      async entry => [entry.name, (await entry.read()).toString(), entry.executable] as const,
    ),
  );
}

function checkBroken(archive: Buffer, reason: RegExp) {
  const contents = readZip(archive);
  assert.equal(contents.kind, 'broken');
  assert.match(contents.kind === 'broken' ? contents.reason : '', reason);
}

suite('zip archives', () => {
  test('hold what was put in, with what is executable', async () => {
    const archive = await writeZip([
      file('src/ä.js', 'x'.repeat(1000)),
      file('bootstrap', '#!/bin/sh', true),
      file('empty', ''),
    ]);
    assert.deepEqual(await contentsOf(archive), [
      ['bootstrap', '#!/bin/sh', true],
      ['empty', '', false],
      ['src/ä.js', 'x'.repeat(1000), false],
    ]);
  });

  test('are the same for the same files in any order', async () => {
    const files = [file('a', '1'), file('b', '2'), file('c', '3')];
    assert.deepEqual(await writeZip(files), await writeZip(files.toReversed()));
  });

  test('any files come back as they were', () =>
    fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.stringMatching(/^[a-z]{1,8}(\/[a-z]{1,8})?$/), fc.uint8Array({ maxLength: 300 })),
        async files => {
          const archive = await writeZip(
            Object.entries(files).map(([name, contents]) => ({ name, contents })),
          );
          const contents = readZip(archive);
          assert.ok(contents.kind === 'entries');
          for (const entry of contents.entries) {
            assert.deepEqual(new Uint8Array(await entry.read()), files[entry.name]);
          }
          assert.equal(contents.entries.length, Object.keys(files).length);
        },
      ),
      { numRuns: 50 },
    ));

  test('what is no archive, or half of one, is told', async () => {
    checkBroken(Buffer.from('hello'), /no zip archive/);
    const archive = await writeZip([file('a', 'text')]);
    const end = archive.subarray(archive.length - 22);
    checkBroken(end, /ends too early|damaged/);
    const cut = Buffer.from(archive);
    cut.writeUInt32LE(3, archive.length - 22 + 16);
    checkBroken(cut, /directory is damaged/);
  });

  for (const name of ['../evil', '/etc/passwd', 'a/../../b', 'C:/x', 'a\\b']) {
    test(`a file called ${name} is not let out`, async () =>
      checkBroken(await writeZip([file(name, 'x')]), /outside/));
  }

  test('contents that are not what the archive says are an error, and never more than it says', async () => {
    const archive = await writeZip([file('a', 'y'.repeat(5000))]);
    const directory = archive.lastIndexOf('PK\x01\x02', undefined, 'latin1');
    archive.writeUInt32LE(10, directory + 24);
    const contents = readZip(archive);
    assert.ok(contents.kind === 'entries');
    await assert.rejects(contents.entries[0]?.read() ?? Promise.resolve());
  });
});
