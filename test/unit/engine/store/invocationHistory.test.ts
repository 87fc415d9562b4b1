import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import {
  createInvocationHistory,
  type HistoryLimits,
} from '../../../../src/engine/store/invocationHistory.ts';
import { migrate } from '../../../../src/engine/store/migrations.ts';
import type { InvocationRecord } from '../../../../src/model/engineEvent.ts';
import { createFakeClock } from '../../../support/fakeClock.ts';
import { silentLog } from '../../../support/silentLog.ts';

const record = (requestId: string, functionName = 'orders'): InvocationRecord => ({
  requestId,
  functionName,
  qualifier: '$LATEST',
  executedVersion: '$LATEST',
  environmentId: 'e',
  startedAt: 1,
  durationMs: 2.5,
  maxMemoryUsedMb: 40,
  status: 'success',
});

function start(limits?: HistoryLimits) {
  const database = new DatabaseSync(':memory:');
  migrate(database, ':memory:');
  const clock = createFakeClock();
  const history = createInvocationHistory(database, clock, silentLog, limits);
  const invoke = (requestId: string, payload: string, functionName?: string) => {
    history.remember(requestId, Buffer.from(payload));
    history.add(record(requestId, functionName));
  };
  const rows = () => database.prepare('SELECT COUNT(*) AS count FROM invocation').get()?.count;
  const payload = (functionName = 'orders') => {
    const bytes = history.lastPayload(functionName);
    return bytes && Buffer.from(bytes).toString();
  };
  return { database, clock, history, invoke, rows, payload };
}

suite('the history of invocations', () => {
  test('has the payload of each invocation, as long as it is kept', () => {
    const { history, invoke } = start({ records: 3, payloads: 1 });
    invoke('1', '{"n":1}');
    invoke('2', '{"n":2}');
    const payload = (requestId: string, functionName = 'orders') => {
      const bytes = history.payload(functionName, requestId);
      return bytes && Buffer.from(bytes).toString();
    };
    assert.equal(payload('2'), '{"n":2}');
    assert.deepEqual(
      [payload('1'), payload('3'), payload('2', 'thumbnails')],
      [undefined, undefined, undefined],
    );
  });

  test('is told newest first, function by function', () => {
    const { history, invoke } = start();
    invoke('1', '{}');
    invoke('2', '{}', 'thumbnails');
    invoke('3', '{}');
    assert.deepEqual(history.list('orders'), [record('3'), record('1')]);
    assert.deepEqual(history.list('thumbnails'), [record('2', 'thumbnails')]);
    assert.deepEqual(history.list('unknown'), []);
  });

  test('remembers the payload of the last invocation', () => {
    const { invoke, payload } = start();
    assert.equal(payload(), undefined);
    invoke('1', '{"n":1}');
    invoke('2', '{"n":2}');
    assert.equal(payload(), '{"n":2}');
  });

  test('is written a little later, all at once', () => {
    const { clock, invoke, rows } = start();
    invoke('1', '{}');
    invoke('2', '{}');
    assert.equal(rows(), 0);
    assert.equal(clock.pending(), 1);
    clock.pass(200);
    assert.equal(rows(), 2);
    assert.equal(clock.pending(), 0);
  });

  test('is written at the end', () => {
    const { history, invoke, rows } = start();
    invoke('1', '{}');
    history.dispose();
    assert.equal(rows(), 1);
  });

  test('keeps so many records of a function, and fewer payloads', () => {
    const { database, history, invoke } = start({ records: 3, payloads: 2 });
    for (const id of ['1', '2', '3', '4', '5']) invoke(id, `"${id}"`);
    invoke('6', '"6"', 'thumbnails');
    history.dispose();
    const kept = database
      .prepare('SELECT record, payload IS NOT NULL AS payload FROM invocation ORDER BY sequence')
      .all();
    assert.deepEqual(
      kept.map(row => [JSON.parse(String(row.record)).requestId, row.payload]),
      [
        ['3', 0],
        ['4', 1],
        ['5', 1],
        ['6', 1],
      ],
    );
  });

  test('knows no payload of an invocation that was not accepted', () => {
    const { history, payload } = start();
    history.remember('1', Buffer.from('{}'));
    history.forget('1');
    history.add(record('1'));
    assert.equal(payload(), undefined);
  });

  test('a database that cannot be written costs the history, not the invocation', () => {
    const { database, clock, history, invoke } = start();
    database.exec(
      'DROP TABLE mark; DROP INDEX invocation_by_function; ALTER TABLE invocation RENAME TO gone',
    );
    invoke('1', '{}');
    clock.pass(200);
    assert.equal(database.isTransaction, false);
    database.exec('ALTER TABLE gone RENAME TO invocation');
    assert.deepEqual(history.list('orders'), []);
  });
});
