// The /tmp of an environment: its own under its literal name, and no larger than the function has it.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { FunctionDefinition } from '../../../src/model/functionDefinition.ts';
import { functionIn, removeDist, withRuntime } from './support.ts';

suite('the /tmp of an environment', () => {
  suiteTeardown(removeDist);

  /** Answers with what the body returns; `part` counts the invocations. */
  const handler = (body: string) => `
import fs, { createReadStream, createWriteStream, readFileSync, writeFileSync } from 'node:fs';
import { open, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
const megabytes = (count: number) => Buffer.alloc(count * 1024 * 1024);
const codeOf = async (act: () => unknown) => {
  try { await act(); return 'written'; } catch (error) { return (error as NodeJS.ErrnoException).code; }
};
let part = 0;
export const handler = async (event: unknown): Promise<unknown> => {
  part++;
  ${body}
};`;

  const check = (
    body: string,
    expected: unknown,
    more: Partial<FunctionDefinition> = {},
    files: Readonly<Record<string, string>> = {},
  ) =>
    withRuntime(
      [{ timeoutSeconds: 60, memorySizeMb: 1024, ...more }],
      { 'app.ts': handler(body), ...files },
      async ({ invoke }) => assert.deepEqual((await invoke('fn')).payload, expected),
    );

  test('is what the literal path means, in every form of a function', () =>
    check(
      `writeFileSync('/tmp/a', '1');
  await writeFile(new URL('file:///tmp/b'), '2');
  await new Promise(resolve => fs.writeFile(Buffer.from('/tmp/c'), '3', resolve));
  await pipeline(Readable.from(['4']), createWriteStream('/tmp/d'));
  fs.renameSync('/tmp/a', '/tmp/./e');
  fs.mkdirSync('/tmp/deep/er', { recursive: true });
  fs.copyFileSync('/tmp/e', '/tmp/deep/er/f');
  let streamed = '';
  for await (const chunk of createReadStream('/tmp/d')) streamed += chunk;
  return [fs.readdirSync('/tmp').sort(), fs.readdirSync(tmpdir()).length, readFileSync(tmpdir() + '/deep/er/f', 'utf8'),
    await readFile('/tmp/b', 'utf8'), streamed, fs.realpathSync('/tmp') === fs.realpathSync(tmpdir())];`,
      [['b', 'c', 'd', 'deep', 'e'], 5, '1', '2', '4', true],
    ));

  test('can be the working folder, and a module can be loaded from it', () =>
    check(
      `writeFileSync('/tmp/made.cjs', 'module.exports = 42;');
  const { createRequire } = await import('node:module');
  const loaded = createRequire('/')('/tmp/made.cjs');
  process.chdir('/tmp');
  return [loaded, fs.existsSync('made.cjs')];`,
      [42, true],
    ));

  test('is nobody else’s, and ends with its environment', () =>
    withRuntime(
      [{ name: 'a' }, { name: 'b' }],
      { 'app.ts': handler("writeFileSync('/tmp/mine', ''); return [fs.readdirSync('/tmp'), tmpdir()];") },
      async ({ invoke, runtime }) => {
        const [a, b] = [await invoke('a'), await invoke('b')].map(
          ({ payload }) => payload as [string[], string],
        );
        assert.deepEqual([a?.[0], b?.[0]], [['mine'], ['mine']]);
        assert.notEqual(a?.[1], b?.[1]);
        assert.equal(existsSync('/tmp/mine'), false);
        await runtime.stop();
        assert.equal(existsSync(a?.[1] ?? ''), false);
      },
    ));

  test('holds 512 MB by default: a disk that is full is an error for the handler, and the next invocation is answered', () =>
    withRuntime(
      [{ timeoutSeconds: 60, memorySizeMb: 1024 }],
      {
        'app.ts': handler(`if (part > 1) return [part, fs.readdirSync('/tmp')];
  const whole = await codeOf(() => writeFileSync('/tmp/whole', megabytes(513)));
  const most = await codeOf(() => writeFileSync('/tmp/most', megabytes(500)));
  const rest = await codeOf(() => writeFile('/tmp/rest', megabytes(20)));
  fs.rmSync('/tmp/most');
  const room = await codeOf(() => writeFile('/tmp/rest', megabytes(20)));
  return [whole, most, rest, room];`),
      },
      async ({ invoke }) => {
        assert.deepEqual((await invoke('fn')).payload, ['ENOSPC', 'written', 'ENOSPC', 'written']);
        assert.deepEqual((await invoke('fn')).payload, [2, ['rest']]);
      },
    ));

  const ways: Readonly<Record<string, string>> = {
    writeSync:
      "const file = fs.openSync('/tmp/x', 'w'); for (let n = 0; n < 7; n++) fs.writeSync(file, megabytes(100));",
    write:
      "const file = fs.openSync('/tmp/x', 'w'); for (let n = 0; n < 7; n++) await new Promise((resolve, reject) => fs.write(file, megabytes(100), error => (error ? reject(error) : resolve(0))));",
    appendFile: "for (let n = 0; n < 7; n++) fs.appendFileSync('/tmp/x', megabytes(100));",
    'a stream':
      "await pipeline(Readable.from((function* () { for (let n = 0; n < 70; n++) yield megabytes(10); })()), createWriteStream('/tmp/x'));",
    'a file handle':
      "const file = await open('/tmp/x', 'w'); for (let n = 0; n < 7; n++) await file.write(megabytes(100));",
    'writeFile of an iterable':
      "await writeFile('/tmp/x', (function* () { for (let n = 0; n < 70; n++) yield megabytes(10); })());",
    copyFile: "writeFileSync('/tmp/x', megabytes(300)); fs.copyFileSync('/tmp/x', '/tmp/y');",
  };
  for (const [way, body] of Object.entries(ways)) {
    test(`is full for ${way}`, () =>
      check(
        `const code = await codeOf(async () => { ${body} }); return [code, fs.readdirSync('/tmp').length > 0];`,
        ['ENOSPC', true],
      ));
  }

  test('is as large as the function has it, and says so', () =>
    check(
      `const { blocks, bsize } = fs.statfsSync('/tmp');
  return [blocks * bsize, await codeOf(() => writeFileSync('/tmp/x', megabytes(600)))];`,
      [1024 * 1024 * 1024, 'written'],
      { ephemeralStorageMb: 1024 },
    ));

  test('is not limited elsewhere', () =>
    check("return codeOf(() => fs.writeFileSync(process.cwd() + '/large', megabytes(600)));", 'written'));

  test('/opt is what the layers of the project hold, the last one first', () =>
    withRuntime(
      [],
      {
        'app.ts': handler("return [readFileSync('/opt/both', 'utf8'), readFileSync('/opt/first', 'utf8')];"),
      },
      async ({ runtime, workspace, write, invoke }) => {
        await write({ 'one/both': '1', 'one/first': '1', 'two/both': '2' });
        const layers = ['one', 'two'].map(name => ({ arn: name, directory: join(workspace, name) }));
        runtime.update([functionIn(workspace, { layers })]);
        assert.deepEqual((await invoke('fn')).payload, ['2', '1']);
      },
    ));
});
