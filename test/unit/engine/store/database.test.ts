import assert from 'node:assert/strict';
import { openSqlite } from '../../../../src/engine/store/database.ts';
import { UserError } from '../../../../src/shared/errors.ts';

suite('the database', () => {
  const getBuiltinModule = process.getBuiltinModule;
  teardown(() => {
    process.getBuiltinModule = getBuiltinModule;
  });

  test('a runtime without node:sqlite is told which ones have it', () => {
    process.getBuiltinModule = (() => undefined) as unknown as typeof getBuiltinModule;
    assert.throws(
      () => openSqlite(':memory:'),
      (error: unknown) => {
        assert.ok(error instanceof UserError);
        assert.match(
          error.message,
          /^Lambda Lens keeps its state in node:sqlite, which this runtime \(Node\.js [\d.]+\) does not have\. Use Node\.js 22\.13 or newer/,
        );
        return true;
      },
    );
  });

  test('a file that cannot be opened is named', () =>
    assert.throws(() => openSqlite('/nonexistent/folder/lens.db'), {
      name: 'UserError',
      message:
        /^\/nonexistent\/folder\/lens\.db cannot be opened: .* Check that its folder can be written\.$/,
    }));
});
