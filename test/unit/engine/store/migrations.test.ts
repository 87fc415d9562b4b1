import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { migrate, migrations } from '../../../../src/engine/store/migrations.ts';
import { UserError } from '../../../../src/shared/errors.ts';

const first = 'CREATE TABLE a (x)';
const second = 'ALTER TABLE a ADD COLUMN y; CREATE TABLE b (z)';

const tables = (database: DatabaseSync) =>
  database
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")
    .all()
    .map(row => row.name);
const version = (database: DatabaseSync) => database.prepare('PRAGMA user_version').get()?.user_version;

suite('migrations of the database', () => {
  test('an empty database gets every table', () => {
    const database = new DatabaseSync(':memory:');
    migrate(database, 'lens.db');
    assert.deepEqual(tables(database), [
      'alias',
      'alias_change',
      'async_event',
      'event_rule',
      'event_source_mapping',
      'function',
      'function_setting',
      'invocation',
      'layer_counter',
      'layer_version',
      'mark',
      'process',
      'shard_checkpoint',
      'version',
      'version_counter',
    ]);
    assert.equal(version(database), migrations.length);
  });

  test('an older database gets what is new to it, once', () => {
    const database = new DatabaseSync(':memory:');
    migrate(database, 'lens.db', [first]);
    database.exec('INSERT INTO a VALUES (1)');
    migrate(database, 'lens.db', [first, second]);
    migrate(database, 'lens.db', [first, second]);
    assert.deepEqual({ ...database.prepare('SELECT * FROM a').get() }, { x: 1, y: null });
    assert.equal(version(database), 2);
  });

  test('the first database that there was keeps its history', () => {
    const database = new DatabaseSync(':memory:');
    migrate(database, 'lens.db', migrations.slice(0, 1));
    database.exec("INSERT INTO invocation (function_name, record) VALUES ('f', '{}')");
    database.exec("INSERT INTO mark (name, value) VALUES ('event', 7)");
    migrate(database, 'lens.db');
    assert.equal(version(database), migrations.length);
    assert.equal(database.prepare('SELECT function_name FROM invocation').get()?.function_name, 'f');
    assert.equal(database.prepare('SELECT value FROM mark').get()?.value, 7);
  });

  test('a step that fails leaves the database as it was', () => {
    const database = new DatabaseSync(':memory:');
    migrate(database, 'lens.db', [first]);
    assert.throws(() => migrate(database, 'lens.db', [first, second, 'CREATE TABLE a (again)']));
    assert.deepEqual(tables(database), ['a']);
    assert.equal(version(database), 1);
  });

  test('a database of a newer version is refused', () => {
    const database = new DatabaseSync(':memory:');
    migrate(database, '/state/lens.db', [first, second]);
    assert.throws(
      () => migrate(database, '/state/lens.db', [first]),
      (error: unknown) => {
        assert.ok(error instanceof UserError);
        assert.equal(
          error.message,
          '/state/lens.db was written by a newer version of Lambda Lens (schema 2, this build knows 1). Update Lambda Lens, or choose another state folder.',
        );
        return true;
      },
    );
  });
});
