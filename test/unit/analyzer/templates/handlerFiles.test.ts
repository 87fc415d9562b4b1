import assert from 'node:assert/strict';
import type { KnownHandler } from '../../../../src/analyzer/protocol.ts';
import { HandlerFiles } from '../../../../src/analyzer/templates/handlerFiles.ts';
import type { OpenText } from '../../../../src/model/templateRequests.ts';
import { type Files, memoryFileSystem } from './support.ts';

suite('the place of a handler', () => {
  const check = (
    title: string,
    files: Files,
    { file, exportPath }: KnownHandler,
    expected: string,
    open: readonly OpenText[] = [],
  ) =>
    test(title, () => {
      const found = new HandlerFiles(memoryFileSystem(files)).locate({ file, exportPath }, open);
      const shown =
        found.kind === 'found'
          ? `${found.at.file}:${found.at.startLine}:${found.at.startColumn}-${found.at.endColumn}`
          : found.kind === 'missing'
            ? `missing, but ${found.exports.join(', ')}`
            : 'unknown';
      assert.equal(shown, expected);
    });
  const handler: KnownHandler = { file: '/app/a.ts', exportPath: 'handler' };

  check('is its name', { '/app/a.ts': '\nexport const handler = 1;' }, handler, '/app/a.ts:2:14-21');
  check(
    'is followed into the file that declares it',
    {
      '/app/a.ts': "export { run as handler } from './lib/run.js';",
      '/app/lib/run.ts': "import { inner } from '../inner';\nexport { inner as run };",
      '/app/inner/index.ts': 'export function inner() {}',
    },
    handler,
    '/app/inner/index.ts:1:17-22',
  );
  check(
    'is followed through `export *`',
    {
      '/app/a.ts': "export * from './b';\nexport * from './c';",
      '/app/b.ts': 'export const other = 1;',
      '/app/c.ts': 'export const handler = 1;',
    },
    handler,
    '/app/c.ts:1:14-21',
  );
  check(
    'is the export itself where a package declares the value',
    {
      '/app/a.ts': "export { handler } from 'some-package';",
    },
    handler,
    '/app/a.ts:1:10-17',
  );
  check(
    'is not known where a package may export it',
    { '/app/a.ts': "export * from 'some-package';" },
    handler,
    'unknown',
  );
  check(
    'is none, and the file has others',
    { '/app/a.ts': 'export const handlr = () => 1, other = 2;' },
    handler,
    'missing, but handlr, other',
  );
  check(
    'is the first part of a path',
    { '/app/a.ts': 'export const api = { handler() {} };' },
    { ...handler, exportPath: 'api.handler' },
    '/app/a.ts:1:14-17',
  );
  check(
    'is found though modules import each other',
    {
      '/app/a.ts': "export * from './b';",
      '/app/b.ts': "export * from './a';",
    },
    handler,
    'unknown',
  );
  check(
    'is what the editor shows, saved or not',
    { '/app/a.ts': 'export const other = 1;' },
    handler,
    '/app/a.ts:1:17-24',
    [{ file: '/app/a.ts', text: 'export function handler() {}', version: 2 }],
  );
  check('is not known where there is no file', {}, handler, 'unknown');
  check(
    'is not known in a language that is not read',
    { '/app/a.rb': 'def handler' },
    { file: '/app/a.rb', exportPath: 'handler' },
    'unknown',
  );

  const python: KnownHandler = { file: '/app/a.py', exportPath: 'handler' };
  check(
    'is a function of Python',
    { '/app/a.py': 'import os\n\nasync def handler(event, context):\n    pass\n' },
    python,
    '/app/a.py:3:11-18',
  );
  check(
    'is a variable of Python',
    { '/app/a.py': 'handler: Callable = wrap(f)\n' },
    python,
    '/app/a.py:1:1-8',
  );
  check(
    'is not known where Python imports it',
    { '/app/a.py': 'from b import (\n  handler,\n)\n' },
    python,
    'unknown',
  );
  check(
    'is none in Python either',
    { '/app/a.py': 'def main(event, context):\n    if (event == 1): pass\n' },
    python,
    'missing, but main',
  );

  test('is read again when the file has changed', () => {
    const files: Record<string, string> = { '/app/a.ts': 'export const handler = 1;' };
    let stamp = 1;
    const handlers = new HandlerFiles({ stamp: () => String(stamp), read: path => files[path] });
    assert.equal(handlers.locate(handler, []).kind, 'found');
    files['/app/a.ts'] = 'export const other = 1;';
    assert.equal(handlers.locate(handler, []).kind, 'found');
    stamp = 2;
    assert.equal(handlers.locate(handler, []).kind, 'missing');
  });
});
