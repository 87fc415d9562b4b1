import assert from 'node:assert/strict';
import { recordFilter } from '../../../../src/engine/sources/filters.ts';

function check(title: string, patterns: readonly string[], data: string, expected: boolean) {
  test(title, () => assert.equal(recordFilter('body', patterns)({ data }), expected));
}

suite('filters of a queue (lambda-facts 4.8)', () => {
  const order = '{"body":{"kind":["order"]}}';
  check('no filter wants everything', [], 'anything', true);
  check('a pattern for JSON matches JSON', [order], '{"kind":"order"}', true);
  check('a pattern for JSON drops other JSON', [order], '{"kind":"return"}', false);
  check('a pattern for JSON drops text', [order], 'order', false);
  check('a pattern for text matches text', ['{"body":["order"]}'], 'order', true);
  check('a pattern for text drops JSON', ['{"body":["order"]}'], '{"kind":"order"}', false);
  check('one of several is enough', ['{"body":{"kind":["return"]}}', order], '{"kind":"order"}', true);
  check(
    'the keys of a pattern must all match',
    ['{"body":{"kind":["order"],"paid":[true]}}'],
    '{"kind":"order","paid":false}',
    false,
  );
  check('numbers are compared as they are written', ['{"body":{"price":[300]}}'], '{"price":300.0}', false);
  check(
    'a key beside the body is none of a message',
    ['{"messageAttributes":["x"]}'],
    '{"kind":"order"}',
    false,
  );
  check('what only looks like JSON is text', ['{"body":[{"prefix":"{"}]}'], '{no JSON', true);
});
