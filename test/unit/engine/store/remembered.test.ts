import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { createFunctionTable } from '../../../../src/engine/store/functionTable.ts';
import { migrate } from '../../../../src/engine/store/migrations.ts';
import { rememberFunctions, rememberSettings } from '../../../../src/engine/store/remembered.ts';
import { createSettingTable } from '../../../../src/engine/store/settingTable.ts';
import { version } from '../versions/records.ts';

suite('what is asked on every invocation', () => {
  test('functions are read once, until they are written or it is all forgotten', () => {
    const { table, reads } = countedReads(createFunctionTable(open()), 'get');
    const functions = rememberFunctions(table);
    const read = () => [functions.get('f')?.held, functions.get('f')?.held];
    assert.deepEqual([read(), reads()], [[undefined, undefined], 1]);
    functions.put({ name: 'f', latest: version(), held: true });
    assert.deepEqual([read(), reads()], [[true, true], 2]);
    functions.remove('f');
    assert.deepEqual([read(), reads()], [[undefined, undefined], 3]);
    functions.forget();
    assert.deepEqual([read(), reads()], [[undefined, undefined], 4]);
  });

  test('reservations are read once, until one is written or it is all forgotten', () => {
    const { table, reads } = countedReads(createSettingTable(open()), 'all');
    const settings = rememberSettings(table);
    const read = () => [
      ...settings.all('reserved').map(({ value }) => value.reserved),
      settings.all('reserved').length,
    ];
    assert.deepEqual([read(), reads()], [[0], 1]);
    settings.put('f', 'reserved', { reserved: 3 });
    assert.deepEqual([read(), reads()], [[3, 1], 2]);
    settings.put('f', 'tags', {});
    assert.deepEqual([read(), reads()], [[3, 1], 2]);
    settings.remove('f', 'reserved');
    assert.deepEqual([read(), reads()], [[0], 3]);
    settings.put('f', 'reserved', { reserved: 4 });
    settings.removeQualifier('g', '1');
    assert.deepEqual([read(), reads()], [[4, 1], 4]);
    settings.removeAll('f');
    assert.deepEqual([read(), reads()], [[0], 5]);
    settings.forget();
    assert.deepEqual([read(), reads()], [[0], 6]);
  });
});

function open() {
  const database = new DatabaseSync(':memory:');
  migrate(database, ':memory:');
  return database;
}

/** The table, and how often one of its methods has been called. */
function countedReads<Table extends object>(table: Table, method: keyof Table) {
  let count = 0;
  const read = table[method] as (...args: unknown[]) => unknown;
  const counted = (...args: unknown[]) => {
    count++;
    return read(...args);
  };
  return { table: { ...table, [method]: counted }, reads: () => count };
}
