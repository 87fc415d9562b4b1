import assert from 'node:assert/strict';
import type { EventSchemas, JsonSchema } from '../../../../src/events/schema/jsonSchema.ts';
import { validate, validateEvent } from '../../../../src/events/schema/validate.ts';
import type { Json } from '../../../../src/model/resource.ts';

const schemas: EventSchemas = {
  definitions: {
    sqs: {
      type: 'object',
      required: ['Records'],
      properties: { Records: { type: 'array', items: { $ref: '#/definitions/Record' } } },
    },
    Record: { type: 'object', required: ['body'], properties: { body: { type: 'string' } } },
    Tree: { type: 'object', additionalProperties: { $ref: '#/definitions/Tree' } },
  },
};

suite('checking a value by a schema', () => {
  const check = (name: string, schema: JsonSchema, value: Json, ...problems: readonly string[]) =>
    test(name, () =>
      assert.deepEqual(
        validate(schema, value, schemas).map(({ path, message }) => `${path} ${message}`),
        problems,
      ),
    );

  check('no schema takes anything', {}, { a: 1 });
  check('a type', { type: 'string' }, 1, '$ should be a string');
  check('one of two types', { type: ['string', 'null'] }, 1, '$ should be a string or null');
  check('a list is no object', { type: 'object' }, [], '$ should be an object');
  check('null is no object', { type: 'object' }, null, '$ should be an object');
  check('a literal', { const: 'aws:sqs' }, 'aws:sns', '$ should be "aws:sqs"');
  check('one of several literals', { enum: ['a', 1, null] }, 'b', '$ should be "a" or 1 or null');
  check('one of several literals that it is', { enum: ['a', 1, null] }, null);
  check('a member that is missing', { type: 'object', required: ['a b'] }, {}, '$["a b"] is missing');
  check('an inherited member is missing', { required: ['toString'] }, {}, '$.toString is missing');
  check('members that nobody knows are allowed', { properties: { a: { type: 'number' } } }, { a: 1, b: 2 });
  check('other members', { additionalProperties: { type: 'number' } }, { a: 'x' }, '$.a should be a number');
  check('elements', { items: { type: 'number' } }, [1, 'x'], '$[1] should be a number');
  check(
    'the nearest of several',
    { anyOf: [{ type: 'null' }, { type: 'object', required: ['a', 'b'] }] },
    { a: 1 },
    '$ should be null',
  );
  check('one of several that holds', { anyOf: [{ type: 'null' }, { type: 'string' }] }, 'x');
  check('what contains itself', { $ref: '#/definitions/Tree' }, { a: { b: 1 } }, '$.a.b should be an object');

  test('a definition that is not there is a mistake of the schema', () =>
    assert.throws(
      () => validate({ $ref: '#/definitions/Nope' }, {}, schemas),
      /There is no definition Nope/,
    ));
});

suite('checking an event', () => {
  test('is by the kind that it looks like', () =>
    assert.deepEqual(validateEvent({ Records: [{ eventSource: 'aws:sqs', body: 7 }] }, schemas), [
      { path: '$.Records[0].body', message: 'should be a string' },
    ]));

  test('finds nothing where it looks like none', () =>
    assert.deepEqual(validateEvent({ body: 7 }, schemas), []));
});
