import assert from 'node:assert/strict';
import { UserError } from '../../../src/shared/errors.ts';

suite('an error for the user', () => {
  test('is known by its name, whichever bundle it comes from', () => {
    class UserErrorOfAnotherBundle extends Error {
      override readonly name = 'UserError';
    }
    assert.ok(new UserErrorOfAnotherBundle('Choose another port.') instanceof UserError);
  });

  test('is not any error, nor anything with a name', () => {
    assert.ok(!(new TypeError('x is not a function') instanceof UserError));
    assert.ok(!(({ name: 'UserError' } as unknown) instanceof UserError));
  });
});
