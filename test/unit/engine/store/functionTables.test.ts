import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { createAliasTable } from '../../../../src/engine/store/aliasTable.ts';
import { createFunctionTable, createVersionTable } from '../../../../src/engine/store/functionTable.ts';
import { migrate } from '../../../../src/engine/store/migrations.ts';
import { createSettingTable } from '../../../../src/engine/store/settingTable.ts';
import { inTransaction } from '../../../../src/engine/store/transaction.ts';
import { alias, version } from '../versions/records.ts';

function open() {
  const database = new DatabaseSync(':memory:');
  migrate(database, ':memory:');
  return database;
}

suite('what is kept of functions', () => {
  test('functions come back as they were put, and those of the API are told apart', () => {
    const table = createFunctionTable(open());
    const record = { name: 'b', latest: version(), held: true };
    table.put(record);
    table.put({ name: 'a', latest: version(), held: false });
    table.put({ name: 'a2', latest: version(), held: true });
    assert.deepEqual(table.get('b'), record);
    assert.deepEqual(table.held(), ['a2', 'b']);
    table.remove('b');
    assert.equal(table.get('b'), undefined);
  });

  test('versions are listed by number, page by page, and their numbers outlive them', () => {
    const table = createVersionTable(open());
    for (let number = 1; number <= 12; number++) table.add('f', version({ number }), `print-${number}`);
    assert.deepEqual(
      table.list('f', 8, 3).map(({ number }) => number),
      [9, 10, 11],
    );
    assert.equal(table.fingerprint('f', 12), 'print-12');
    table.removeAll('f');
    assert.deepEqual(table.list('f', 0, 50), []);
    assert.equal(table.lastNumber('f'), 12);
    assert.equal(table.lastNumber('g'), 0);
  });

  test('code that several versions share counts once', () => {
    const table = createVersionTable(open());
    table.add('f', version({ number: 1 }), '1');
    table.add('f', version({ number: 2 }), '2');
    table.add(
      'g',
      version({ number: 1, code: { sha256: 'code-2', size: 5, packageFolders: [], sources: 's' } }),
      '1',
    );
    assert.equal(table.codeSize(), 15);
    assert.deepEqual([...table.codes()].sort(), ['code-1', 'code-2', 's']);
  });

  test('of an alias it is remembered what it was, the latest first, fifty times', () => {
    const table = createAliasTable(open());
    for (let index = 0; index < 60; index++) {
      table.addChange({ alias: alias({ revisionId: String(index) }), replacedAt: index });
    }
    const changes = table.changes('f', 'live');
    assert.equal(changes.length, 50);
    assert.equal(changes[0]?.alias.revisionId, '59');
    table.removeAll('f');
    assert.deepEqual(table.changes('f', 'live'), []);
  });

  test('settings are kept by function, kind and qualifier', () => {
    const table = createSettingTable(open());
    table.put('f', 'reserved', { reserved: 3 });
    table.put('f', 'provisioned', { requested: 2, modifiedAt: 1 }, '1');
    table.put('f', 'provisioned', { requested: 4, modifiedAt: 1 }, 'live');
    assert.deepEqual(table.get('f', 'reserved'), { reserved: 3 });
    assert.deepEqual(
      table.list('f', 'provisioned').map(({ qualifier }) => qualifier),
      ['1', 'live'],
    );
    table.removeQualifier('f', 'live');
    table.remove('f', 'reserved');
    assert.deepEqual(table.all('provisioned'), [
      { functionName: 'f', qualifier: '1', value: { requested: 2, modifiedAt: 1 } },
    ]);
    table.removeAll('f');
    assert.deepEqual(table.list('f', 'provisioned'), []);
  });

  test('a change that breaks off is undone', () => {
    const database = open();
    const table = createFunctionTable(database);
    assert.throws(() =>
      inTransaction(database, () => {
        table.put({ name: 'f', latest: version(), held: true });
        throw new Error('stop');
      }),
    );
    assert.equal(table.get('f'), undefined);
    assert.equal(database.isTransaction, false);
  });
});
