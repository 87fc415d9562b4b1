import assert from 'node:assert/strict';
import { AliasHistory } from '../../../../src/vscode/versions/aliasHistory.ts';
import { aliasOf, targetOf } from './target.ts';

function createHistory() {
  const kept = new Map<string, unknown>();
  let now = 0;
  const store = {
    get: <T>(key: string) => kept.get(key) as T | undefined,
    update: async (key: string, value: unknown) => void kept.set(key, structuredClone(value)),
  };
  return { kept, history: new AliasHistory(store, () => ++now) };
}

suite('what aliases pointed at before', () => {
  const deployed = targetOf({});

  test('is what was seen of a deployed alias, the latest first', async () => {
    const { history } = createHistory();
    history.see(deployed, 'orders', [aliasOf('live', '1')]);
    history.see(deployed, 'orders', [aliasOf('live', '1', { additional: { version: '2', weight: 0.1 } })]);
    history.see(deployed, 'orders', [aliasOf('live', '2')]);
    assert.deepEqual(await history.before(deployed, 'orders', 'live'), [
      { version: '1', additional: { version: '2', weight: 0.1 }, replacedAt: 2 },
      { version: '1', replacedAt: 1 },
    ]);
  });

  test('does not grow by looking twice, or by another description', async () => {
    const { history } = createHistory();
    for (const description of ['one', 'two'])
      history.see(deployed, 'orders', [aliasOf('live', '1', { description })]);
    assert.deepEqual(await history.before(deployed, 'orders', 'live'), []);
  });

  test('is kept for each alias, function and target', async () => {
    const { history, kept } = createHistory();
    const other = targetOf({ identity: { ...deployed.identity, id: 'aws prod' } });
    for (const version of ['1', '2']) history.see(deployed, 'orders', [aliasOf('live', version)]);
    history.see(deployed, 'orders', [aliasOf('test', '9')]);
    history.see(other, 'orders', [aliasOf('live', '5')]);
    assert.equal((await history.before(deployed, 'orders', 'live')).length, 1);
    assert.deepEqual(await history.before(deployed, 'orders', 'test'), []);
    assert.deepEqual(await history.before(other, 'orders', 'live'), []);
    assert.deepEqual(await history.before(deployed, 'invoices', 'live'), []);
    assert.equal(kept.size, 2);
  });

  test('ends after twenty changes', async () => {
    const { history } = createHistory();
    for (let version = 1; version <= 30; version++)
      history.see(deployed, 'orders', [aliasOf('live', String(version))]);
    const before = await history.before(deployed, 'orders', 'live');
    assert.equal(before.length, 20);
    assert.equal(before[0]?.version, '29');
  });

  test('is asked of the engine, which knows it, and not kept', async () => {
    const { history, kept } = createHistory();
    const past = [{ version: '3', replacedAt: 7 }];
    const local = targetOf({ engine: { aliasChanges: async () => past } as never });
    for (const version of ['1', '2']) history.see(local, 'orders', [aliasOf('live', version)]);
    assert.deepEqual(await history.before(local, 'orders', 'live'), past);
    assert.equal(kept.size, 0);
  });
});
