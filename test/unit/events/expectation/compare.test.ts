import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compare, type Difference } from '../../../../src/events/expectation/compare.ts';
import type { Json } from '../../../../src/model/resource.ts';

/** Each difference on a line: `path: expected, actual`. */
const check = (name: string, expected: Json, actual: Json | undefined, ...differences: readonly string[]) =>
  test(name, () => assert.deepEqual(compare(expected, actual).map(line), differences));

const line = ({ path, expected, actual }: Difference) => `${path}: ${expected}, ${actual}`;

suite('comparing a result with what was expected', () => {
  check('the same is the same', { a: [1, 'x', null, { b: true }] }, { a: [1, 'x', null, { b: true }] });
  check('the actual object may have more', { a: 1 }, { a: 1, b: 2 });
  check('also within', { a: { b: 1 } }, { a: { b: 1, c: 2 } });
  check('another value', { a: 1 }, { a: 2 }, '$.a: 1, 2');
  check('a text is no number', { a: 1 }, { a: '1' }, '$.a: 1, "1"');
  check('null is not nothing', { a: null }, {}, '$.a: null, nothing');
  check('an inherited member is nothing', { toString: 1 }, {}, '$.toString: 1, nothing');
  check('an object is no list', {}, [], '$: {}, []');
  check('a list is no object', [], {}, '$: [], {}');
  check('a missing element', [1, 2], [1], '$: a list of 2, a list of 1');
  check('an element too many, and another', [1], [3, 2], '$: a list of 1, a list of 2', '$[0]: 1, 3');
  check('names that need quotes', { 'a b': 1 }, { 'a b': 2 }, '$["a b"]: 1, 2');
  check('a long value is cut', { a: 'x' }, { a: 'y'.repeat(500) }, `$.a: "x", "${'y'.repeat(158)}…`);
});

suite('matchers', () => {
  check('$any takes anything', { a: { $any: true } }, { a: null });
  check('$any wants something', { a: { $any: true } }, {}, '$.a: anything, nothing');
  check('$absent wants nothing', { a: { $absent: true } }, {});
  check('$absent takes no null', { a: { $absent: true } }, { a: null }, '$.a: nothing, null');

  for (const [type, value] of [
    ['string', ''],
    ['number', 1.5],
    ['integer', 2],
    ['boolean', false],
    ['null', null],
    ['array', []],
    ['object', {}],
  ] as const) {
    check(`$type ${type}`, { $type: type }, value);
  }
  check('a list is no object, for $type either', { $type: 'object' }, [], '$: of type object, []');
  check('1.5 is no integer', { $type: 'integer' }, 1.5, '$: of type integer, 1.5');
  check('nothing is of no type', { a: { $type: 'null' } }, {}, '$.a: of type null, nothing');

  check('$match finds', { $match: '^id-\\d+$' }, 'id-42');
  check('$match takes only texts', { $match: '1' }, 1, '$: a text that matches /1/, 1');

  check('$json reads a text', { body: { $json: { id: { $type: 'integer' } } } }, { body: '{"id":7,"x":1}' });
  check('$json tells where within', { $json: { id: 7 } }, '{"id":8}', '$:json.id: 7, 8');
  check('$json wants JSON', { $json: {} }, '{', '$: a text that is JSON, "{"');

  check('$exactly the same', { $exactly: { a: [{ $any: 1 }] } }, { a: [{ $any: 1 }] });
  check(
    '$exactly allows no more',
    { $exactly: { a: 1 } },
    { a: 1, b: 2 },
    '$: exactly {"a":1}, {"a":1,"b":2}',
  );
  check('$exactly wants something', { a: { $exactly: null } }, {}, '$.a: exactly null, nothing');

  check('$contains in any order', { $contains: [{ id: 2 }, { id: 1 }] }, [{ id: 1, x: 1 }, { id: 2 }, 3]);
  check('$contains tells what is missing', { $contains: [1, 4] }, [1, 2], '$: a list that contains 4, [1,2]');
  check('$contains wants a list', { $contains: [1] }, 1, '$: a list, 1');
});

suite('any result', () => {
  const plain = fc.jsonValue().map(value => JSON.parse(JSON.stringify(value).replaceAll('$', '')) as Json);

  test('is as expected where it is expected itself', () =>
    fc.assert(fc.property(plain, value => assert.deepEqual(compare(value, value), []))));

  test('is exactly itself, and another one where it is another one', () =>
    fc.assert(
      fc.property(plain, plain, (one, other) => {
        const isSame = JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
        assert.equal(compare({ $exactly: one }, other).length === 0, isSame);
      }),
    ));
});

/** With the members of objects in one order. */
function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([name, member]): [string, Json] => [name, sorted(member)]);
  return Object.fromEntries(members.sort(([a], [b]) => (a < b ? -1 : 1)));
}
