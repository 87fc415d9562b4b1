import assert from 'node:assert/strict';
import type { Placeholder } from '../../../../src/model/placeholder.ts';
import type { Trigger } from '../../../../src/model/trigger.ts';
import { placeholdersOf } from '../../../../src/vscode/functions/placeholders.ts';
import {
  describeFunction,
  triggerIcon,
  triggerName,
  triggersOf,
} from '../../../../src/vscode/functions/triggers.ts';
import { definitionOf, rangeAt, triggerOf } from '../support.ts';

suite('the triggers of a function', () => {
  const orders = definitionOf('orders');
  const check = (title: string, triggers: readonly Partial<Trigger>[], expected: string) =>
    test(title, () => {
      const all = triggers.map(facts => triggerOf('orders', facts));
      assert.equal(describeFunction(orders, triggersOf(orders, all)), expected);
    });
  check('may be none', [], 'nodejs24.x');
  check('are said in one line', [{ label: 'POST /orders' }], 'nodejs24.x · POST /orders');
  check(
    'are counted beyond the first',
    [{ label: 'POST /orders' }, { label: 'GET /orders' }, { label: 'x' }],
    'nodejs24.x · POST /orders +2',
  );
  check(
    'begin with what the function is there for',
    [
      { kind: 'schedule', label: 'rate(5 minutes)' },
      { kind: 'sqs', label: 'fulfilment' },
    ],
    'nodejs24.x · fulfilment +1',
  );
  check('of other functions do not count', [{ functionName: 'stock' }], 'nodejs24.x');

  test('have an icon and a name', () => {
    assert.equal(triggerIcon('sqs'), 'inbox');
    assert.equal(triggerName('sqs'), 'SQS');
  });
});

suite('what is not known of a function', () => {
  const unknown: Placeholder = {
    text: '<unresolved Fn::ImportValue queue>',
    reason: 'Only a deployment knows it.',
    range: rangeAt(7),
  };
  const check = (
    title: string,
    facts: Parameters<typeof definitionOf>[1],
    triggers: readonly Trigger[],
    count: number,
  ) =>
    test(title, () => {
      const other = { ...unknown, text: '<unresolved other>' };
      const found = placeholdersOf(definitionOf('orders', facts), triggers, [unknown, other, unknown]);
      assert.deepEqual(
        found,
        Array.from({ length: count }, () => unknown),
      );
    });
  check('is in its environment, for example', { environment: { QUEUE: `arn:${unknown.text}` } }, [], 1);
  check('is told once', { environment: { A: unknown.text, B: unknown.text } }, [], 1);
  check('is in what invokes it', {}, [triggerOf('orders', { label: unknown.text })], 1);
  check('is what other functions have', {}, [], 0);
});
