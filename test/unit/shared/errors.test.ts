import assert from 'node:assert/strict';
import { isUserError, UserError } from '../../../src/shared/errors.ts';

suite('an error for the user', () => {
  test('is known by its name, whichever bundle it comes from', () => {
    class UserErrorOfAnotherBundle extends Error {
      override readonly name = 'UserError';
    }
    assert.ok(isUserError(new UserErrorOfAnotherBundle('Choose another port.')));
    assert.ok(isUserError(new UserError('Choose another port.')));
  });

  for (const other of [new TypeError('x is not a function'), { name: 'UserError' }, 'UserError', undefined]) {
    test(`is not ${String(other)}`, () => assert.ok(!isUserError(other)));
  }
});
