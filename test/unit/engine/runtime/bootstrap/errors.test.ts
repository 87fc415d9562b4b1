import assert from 'node:assert/strict';
import {
  errorBody,
  loggedError,
  RuntimeError,
  unhandledRejection,
} from '../../../../../src/engine/runtime/bootstrap/errors.ts';

suite('what was thrown', () => {
  test('an error is told with type, message and trace, in this order', () => {
    const error = new TypeError('boom');
    error.stack = 'TypeError: boom\n    at handler (/x.ts:1:2)';
    assert.equal(
      JSON.stringify(errorBody(error)),
      '{"errorType":"TypeError","errorMessage":"boom","trace":["TypeError: boom","    at handler (/x.ts:1:2)"]}',
    );
  });

  const others: readonly (readonly [unknown, string, string])[] = [
    ['plain string', 'string', 'plain string'],
    [42, 'number', '42'],
    [undefined, 'undefined', 'undefined'],
    [null, 'object', 'null'],
    [{ a: 1 }, 'object', '[object Object]'],
  ];
  for (const [thrown, errorType, errorMessage] of others) {
    test(`${String(thrown)} has no trace`, () =>
      assert.deepEqual(errorBody(thrown), { errorType, errorMessage, trace: [] }));
  }

  test('what has the shape of an error is one, whichever realm it is from', () => {
    const like = { name: 'Foreign', message: 'far', stack: 'Foreign: far\n    at x' };
    assert.deepEqual(errorBody(like), {
      errorType: 'Foreign',
      errorMessage: 'far',
      trace: ['Foreign: far', '    at x'],
    });
  });

  test('an error that resists being read is told of all the same', () => {
    const error = Object.defineProperty(new Error('x'), 'message', {
      get: () => {
        throw new Error('no');
      },
    });
    assert.equal(errorBody(error).errorType, 'handled');
    assert.match(loggedError(error), /^\t\{"errorType":"handled"/);
  });

  test('DEL, which the Runtime API refuses, is escaped', () =>
    assert.equal(errorBody(new Error('a\x7fb')).errorMessage, 'a%7Fb'));

  test("in the log it comes with the error's own properties", () => {
    const error = Object.assign(new Error('denied'), { code: 'E1', detail: { table: 'orders' } });
    error.stack = 'Error: denied\n    at x';
    assert.equal(
      loggedError(error),
      '\t{"errorType":"Error","errorMessage":"denied","code":"E1","detail":{"table":"orders"},"stack":["Error: denied","    at x"]}',
    );
  });

  test('an error with properties that are no JSON is logged without them', () => {
    const error = Object.assign(new Error('big'), { big: 1n });
    error.stack = 'Error: big';
    assert.equal(loggedError(error), '\t{"errorType":"Error","errorMessage":"big","trace":["Error: big"]}');
  });

  test("an error of the runtime shows the stack of the user's", () => {
    const cause = new SyntaxError('Unexpected token');
    cause.stack =
      '/task/app.js:3\nconst = 1\n      ^\n\nSyntaxError: Unexpected token\n    at wrapSafe (node:x:1:2)';
    const error = new RuntimeError('Runtime.UserCodeSyntaxError', String(cause), cause);
    assert.deepEqual(errorBody(error), {
      errorType: 'Runtime.UserCodeSyntaxError',
      errorMessage: 'SyntaxError: Unexpected token',
      trace: [
        'Runtime.UserCodeSyntaxError: SyntaxError: Unexpected token',
        '    at /task/app.js:3',
        '    at wrapSafe (node:x:1:2)',
      ],
    });
  });

  test('a rejection that nobody handled has a type of its own', () =>
    assert.deepEqual(errorBody(unhandledRejection('late')), {
      errorType: 'Runtime.UnhandledPromiseRejection',
      errorMessage: 'late',
      trace: [
        'Runtime.UnhandledPromiseRejection: late',
        ...(unhandledRejection('late').stack ?? '').split('\n').slice(1),
      ],
    }));
});
