import assert from 'node:assert/strict';
import { oneOf, parseCommandLine } from '../../../src/cli/arguments.ts';
import { UserError } from '../../../src/shared/errors.ts';

const parse = (...args: readonly string[]) =>
  parseCommandLine('serve', {
    args: [...args],
    options: { root: { type: 'string', default: '.' }, ephemeral: { type: 'boolean' } },
  });

suite('the command line', () => {
  test('options are read, with their defaults', () => {
    assert.deepEqual({ ...parse('--ephemeral').values }, { root: '.', ephemeral: true });
    assert.equal(parse('--root=x').values.root, 'x');
  });

  const check = (args: readonly string[], message: string) =>
    test(`${args.join(' ')} is refused in one sentence`, () =>
      assert.throws(
        () => parse(...args),
        (error: unknown) => {
          assert.ok(error instanceof UserError);
          assert.equal(error.message, message);
          return true;
        },
      ));
  check(['--nope'], "Unknown option '--nope'. See lambda-lens serve --help.");
  check(['--root'], "Option '--root <value>' argument missing. See lambda-lens serve --help.");
  check(['extra'], "Unexpected argument 'extra'. See lambda-lens serve --help.");

  test('a choice is one of those there are', () => {
    assert.equal(oneOf('type', 'b', ['a', 'b']), 'b');
    assert.throws(() => oneOf('type', 'c', ['a', 'b']), { message: "--type must be one of a, b, not 'c'." });
  });
});
