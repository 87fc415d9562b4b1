import assert from 'node:assert/strict';
import { judge, type Outcome, parseExpectation } from '../../../../src/events/expectation/expectation.ts';
import { updateExpectation } from '../../../../src/events/expectation/update.ts';
import type { Json } from '../../../../src/model/resource.ts';

const returned = (value: Json): Outcome => ({ payload: JSON.stringify(value) });
const thrown = (errorType: string, errorMessage: string): Outcome => ({
  payload: JSON.stringify({ errorType, errorMessage, trace: ['at handler'] }),
  functionError: 'Unhandled',
});
const expecting = (value: Json) => parseExpectation(JSON.stringify(value), 'quote.expected.json');

suite('judging an invocation', () => {
  const check = (name: string, expected: Json, outcome: Outcome, message?: string) =>
    test(name, () => {
      const verdict = judge(expecting(expected), outcome);
      assert.equal(verdict.kind === 'passed' ? undefined : verdict.message, message);
    });

  check('the result that was expected', { statusCode: 200 }, returned({ statusCode: 200, body: 'ok' }));
  check('null', null, returned(null));
  check('a result that is no JSON is text', 'plain', { payload: 'plain' });
  check(
    'another result',
    { statusCode: 200 },
    returned({ statusCode: 500 }),
    'The result is not the one that was expected.',
  );
  check(
    'a failure instead',
    {},
    thrown('TypeError', 'x is undefined.'),
    'The function failed: TypeError: x is undefined.',
  );
  check('the error that was expected', { $error: { errorType: 'NotFound' } }, thrown('NotFound', 'no order'));
  check('any error', { $error: { $any: true } }, thrown('Error', 'x'));
  check(
    'another error',
    { $error: { errorType: 'NotFound' } },
    thrown('Error', 'x'),
    'The function failed with another error.',
  );
  check(
    'a result instead of an error',
    { $error: {} },
    returned(1),
    'The function was expected to fail, and did not.',
  );

  test('an empty expectation fails: it is there to be filled in', () =>
    assert.deepEqual(judge(parseExpectation(' \n', 'x'), returned(1)), {
      kind: 'failed',
      message: 'Nothing is expected yet.',
      differences: [],
    }));

  test('a failure instead of a result shows both', () => {
    const verdict = judge(expecting({ ok: true }), {
      payload: '{"errorMessage":"x"}',
      functionError: 'Unhandled',
    });
    assert.ok(verdict.kind === 'failed');
    assert.deepEqual(verdict.differences, [
      { path: '$', expected: '{"ok":true}', actual: '{"errorMessage":"x"}' },
    ]);
  });
});

suite('an expectation that cannot be used', () => {
  const check = (text: string, message: RegExp) =>
    test(text, () => assert.throws(() => parseExpectation(text, 'quote.expected.json'), message));

  check('{', /^UserError: quote\.expected\.json is not valid JSON: .*Correct it and run the test again\.$/);
  check('{"a":{"$anything":true}}', /cannot be used: \$\.a: there is no matcher \$anything; .*\$exactly\.$/);
  check('{"a":[{"$any":true,"b":1}]}', /\$\.a\[0\]: \$any stands alone/);
  check(
    '{"$type":"text"}',
    /\$: \$type takes one of string, number, integer, boolean, null, array, object\.$/,
  );
  check('{"$match":"("}', /\$: \$match takes a regular expression: Invalid regular expression/);
  check('{"$match":1}', /\$match takes a regular expression, as text/);
  check('{"$any":false}', /\$any takes nothing but true/);
  check('{"$contains":{}}', /\$contains takes a list/);
  check('{"$json":{"a":{"$nope":1}}}', /\$\.a: there is no matcher \$nope/);
  check('{"$error":{},"statusCode":200}', /\$error stands alone/);
  check('{"$error":{"errorType":{"$like":"x"}}}', /\$\.errorType: there is no matcher \$like/);
});

suite('updating an expectation', () => {
  const check = (name: string, expected: Json | undefined, outcome: Outcome, updated: Json) =>
    test(name, () => {
      const before = expected === undefined ? parseExpectation('', 'x') : expecting(expected);
      const text = updateExpectation(before, outcome);
      assert.deepEqual(JSON.parse(text), updated);
      assert.ok(text.endsWith('\n'));
      assert.deepEqual(judge(parseExpectation(text, 'x'), outcome), { kind: 'passed' });
    });

  check('an empty one takes all of the result', undefined, returned({ a: 1 }), { a: 1 });
  check('changed values', { a: 1, b: { c: 2 } }, returned({ a: 3, b: { c: 2 } }), { a: 3, b: { c: 2 } });
  check('matchers that still hold stay', { id: { $type: 'string' }, a: 1 }, returned({ id: 'x', a: 2 }), {
    id: { $type: 'string' },
    a: 2,
  });
  check('matchers that do not hold go', { id: { $type: 'string' } }, returned({ id: 7 }), { id: 7 });
  check('members that nobody spoke of are not added', { a: 1 }, returned({ a: 2, b: 3 }), { a: 2 });
  check('members that are gone go', { a: 1, b: 2 }, returned({ a: 1 }), { a: 1 });
  check('what is to be absent stays', { a: 1, b: { $absent: true } }, returned({ a: 2 }), {
    a: 2,
    b: { $absent: true },
  });
  check('lists grow and shrink', [{ id: { $any: true } }, 2], returned([{ id: 1 }, 3, 4]), [
    { id: { $any: true } },
    3,
    4,
  ]);
  check('within JSON', { body: { $json: { a: 1 } } }, returned({ body: '{"a":2,"b":3}' }), {
    body: { $json: { a: 2 } },
  });
  check('a result that looks like a matcher is taken literally', 1, returned({ a: { $type: 'x' } }), {
    $exactly: { a: { $type: 'x' } },
  });
  check('an error, without its stack', {}, thrown('NotFound', 'no order'), {
    $error: { errorType: 'NotFound', errorMessage: 'no order' },
  });
  check('an error that has changed', { $error: { errorType: 'A' } }, thrown('B', 'x'), {
    $error: { errorType: 'B' },
  });
  check('no error any more', { $error: { errorType: 'A' } }, returned({ ok: true }), { ok: true });
});
