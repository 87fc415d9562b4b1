import assert from 'node:assert/strict';
import { UserError } from '../../../../src/shared/errors.ts';
import { FunctionState } from '../../../../src/vscode/versions/functionState.ts';
import { aliasOf, targetOf, versionOf } from './target.ts';

/** Pages that come when the test says so. */
function createPages() {
  const gates = Array.from({ length: 3 }, () => Promise.withResolvers<void>());
  async function* versions() {
    for (const [index, gate] of gates.entries()) {
      await gate.promise;
      yield [versionOf(2 * index + 1), versionOf(2 * index + 2)];
    }
  }
  return { versions, open: (index: number) => gates[index]?.resolve() };
}

async function settledTurns(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}

suite('the versions of a function', () => {
  test('are known page by page, and said to be complete at the end', async () => {
    const pages = createPages();
    const counts: string[] = [];
    const state = new FunctionState('orders', () =>
      counts.push(`${state.view.versions.length}${state.view.isComplete ? ' complete' : ''}`),
    );
    state.read(targetOf({ versions: pages.versions, aliases: async () => [aliasOf('live', '1')] }));
    for (const index of [0, 1, 2]) {
      pages.open(index);
      await settledTurns();
    }
    await state.settled;
    assert.deepEqual(counts, ['2', '4', '6', '6 complete']);
    assert.equal(state.view.aliases?.length, 1);
  });

  test('stay as they were while they are read again', async () => {
    const state = new FunctionState('orders', () => {});
    const first = createPages();
    for (const index of [0, 1, 2]) first.open(index);
    state.read(targetOf({ versions: first.versions, aliases: async () => [] }));
    await state.settled;
    const second = createPages();
    state.read(targetOf({ versions: second.versions, aliases: async () => [] }));
    second.open(0);
    await settledTurns();
    assert.equal(state.view.versions.length, 6);
    assert.equal(state.view.isComplete, true);
  });

  test('of a reading that another one has overtaken are left alone', async () => {
    const state = new FunctionState('orders', () => {});
    const slow = createPages();
    state.read(targetOf({ versions: slow.versions, aliases: async () => [] }));
    const overtaken = state.settled;
    async function* one() {
      yield [versionOf(9)];
    }
    state.read(targetOf({ versions: one, aliases: async () => [] }));
    for (const index of [0, 1, 2]) slow.open(index);
    await Promise.all([overtaken, state.settled]);
    assert.deepEqual(
      state.view.versions.map(({ version }) => version),
      ['9'],
    );
  });

  test('that cannot be read say why, and are read again when asked for', async () => {
    const state = new FunctionState('orders', () => {});
    const fails = async () => {
      throw new UserError('The token has expired.');
    };
    const pages = createPages();
    for (const index of [0, 1, 2]) pages.open(index);
    state.read(targetOf({ versions: pages.versions, aliases: fails }));
    await state.settled;
    assert.deepEqual([state.view.failure, state.view.isComplete], ['The token has expired.', true]);
    const again = createPages();
    for (const index of [0, 1, 2]) again.open(index);
    state.read(targetOf({ versions: again.versions, aliases: async () => [] }));
    await state.settled;
    assert.equal(state.view.failure, undefined);
  });
});
