import assert from 'node:assert/strict';
import { updateFunctions } from '../../../../src/engine/functions/registry.ts';
import type { FunctionDefinition } from '../../../../src/model/functionDefinition.ts';
import { definition } from './definition.ts';

const known = (...definitions: readonly FunctionDefinition[]) =>
  new Map(definitions.map(each => [each.name, each] as const));

suite('the functions of a workspace', () => {
  const orders = definition({ name: 'orders' });
  const mails = definition({ name: 'mails' });

  test('new ones change the set and outdate nothing', () => {
    const { functions, outdated, changed } = updateFunctions(known(), [orders, mails]);
    assert.deepEqual([[...functions.keys()], outdated, changed], [['orders', 'mails'], [], true]);
  });

  test('the same again is no change, and keeps its identity', () => {
    const { functions, outdated, changed } = updateFunctions(known(orders), [structuredClone(orders)]);
    assert.deepEqual([outdated, changed], [[], false]);
    assert.equal(functions.get('orders'), orders);
  });

  test('one that has moved in its template is the same', () => {
    const moved = { ...orders, definedAt: { ...orders.definedAt, startLine: 40, endLine: 50 } };
    assert.equal(updateFunctions(known(orders), [moved]).changed, false);
  });

  test('one that says something else is outdated', () => {
    const changed = { ...orders, environment: { TABLE: 'orders' } };
    const update = updateFunctions(known(orders, mails), [changed, mails]);
    assert.deepEqual([update.outdated, update.changed], [['orders'], true]);
    assert.equal(update.functions.get('orders'), changed);
  });

  test('one that is gone is outdated', () => {
    const update = updateFunctions(known(orders, mails), [mails]);
    assert.deepEqual(
      [[...update.functions.keys()], update.outdated, update.changed],
      [['mails'], ['orders'], true],
    );
  });
});
