import assert from 'node:assert/strict';
import { stackPlaces } from '../../../src/vscode/invoke/stackPlaces.ts';

suite('the places of a stack', () => {
  const check = (text: string, ...expected: readonly string[]) =>
    assert.deepEqual(
      stackPlaces(text).map(({ file, line, column }) => [file, line, column].join(' ')),
      expected,
    );

  test('in a trace', () =>
    check(
      '"    at handler (/app/src/orders.ts:12:7)", "    at /app/src/lib/a.js:3:1"',
      '/app/src/orders.ts 12 7',
      '/app/src/lib/a.js 3 1',
    ));

  test('as a URL', () => check('at file:///app/index.mjs:1:20', '/app/index.mjs 1 20'));

  test('on Windows, as it is and as JSON', () => {
    check('at handler (C:\\app\\orders.ts:12:7)', 'C:\\app\\orders.ts 12 7');
    check('"at handler (C:\\\\app\\\\orders.ts:12:7)"', 'C:\\app\\orders.ts 12 7');
  });

  test('of Python, as it is and as JSON', () => {
    check('  File "/app/app.py", line 4, in handler', '/app/app.py 4 ');
    check('"  File \\"/app/app.py\\", line 4, in handler\\n"', '/app/app.py 4 ');
  });

  test('nothing else is one', () =>
    check(
      'at node:internal/process/task_queues:105:5 http://127.0.0.1:4000 12:30:00 arn:aws:lambda:us-east-1:000000000000:function:x /app/src 1:2',
    ));

  test('covers exactly what names it', () => {
    const text = 'x (/a/b.ts:1:2)';
    const [place] = stackPlaces(text);
    assert.equal(text.slice(place?.start, place?.end), '/a/b.ts:1:2');
  });
});
