import assert from 'node:assert/strict';
import { findExport, parseHandler } from '../../../../../src/engine/runtime/bootstrap/handler.ts';

suite('handler strings', () => {
  const parsed: readonly (readonly [string, string, string, readonly string[]])[] = [
    ['index.handler', '', 'index', ['handler']],
    ['src/orders.handler', 'src/', 'orders', ['handler']],
    ['a/b/c.module.handler', 'a/b/', 'c', ['module', 'handler']],
    ['a/a.a', 'a/', 'a', ['a']],
    ['/abs/x.h', '/abs/', 'x', ['h']],
  ];
  for (const [handler, directory, module, exportPath] of parsed) {
    test(`${handler} is ${exportPath.join('.')} of ${directory}${module}`, () =>
      assert.deepEqual(parseHandler(handler), { directory, module, exportPath }));
  }

  const refused: readonly (readonly [string, string])[] = [
    ['index', 'Bad handler'],
    ['', 'Bad handler'],
    [
      '../index.handler',
      "'../index.handler' is not a valid handler name. Use absolute paths when specifying root directories in handler names.",
    ],
  ];
  for (const [handler, message] of refused) {
    test(`"${handler}" is malformed`, () =>
      assert.throws(() => parseHandler(handler), { name: 'Runtime.MalformedHandlerName', message }));
  }
});

suite('looking for the export', () => {
  const handler = () => {};
  const found: readonly (readonly [string, unknown, readonly string[]])[] = [
    ['a named export', { handler }, ['handler']],
    ['a nested one', { api: { orders: handler } }, ['api', 'orders']],
    ['one of the default export', { default: { handler } }, ['handler']],
    ['the default export itself', { default: handler }, ['default']],
  ];
  for (const [what, exports, path] of found) {
    test(`finds ${what}`, () => assert.equal(findExport(exports, path), handler));
  }

  test('finds nothing where there is nothing', () => {
    assert.equal(findExport({ other: handler }, ['handler']), undefined);
    assert.equal(findExport({}, ['a', 'b', 'c']), undefined);
    assert.equal(findExport(undefined, ['handler']), undefined);
  });
});
