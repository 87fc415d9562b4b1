import assert from 'node:assert/strict';
import { misfitOf } from '../../../src/events/fit.ts';
import { sampleById } from '../../../src/events/samples/library.ts';
import type { Json } from '../../../src/model/resource.ts';
import type { TriggerKind } from '../../../src/model/trigger.ts';

suite('whether an event fits the triggers of a function', () => {
  const check = (sample: string, triggers: readonly TriggerKind[], expected: string | undefined) =>
    assert.equal(misfitOf(sampleById(sample).build() as unknown as Json, triggers)?.title, expected);

  test('one that a trigger sends fits', () => check('s3:put', ['sqs', 's3'], undefined));

  test('one that none of them sends does not', () => check('s3:put', ['httpApi'], 'S3'));

  test('a function without triggers is sent anything', () => check('s3:put', [], undefined));

  test('so is one that is invoked by something unknown', () =>
    check('s3:put', ['httpApi', 'other'], undefined));

  test('an event of no known kind is nobody’s', () => {
    assert.equal(misfitOf({ hello: 1 }, ['httpApi']), undefined);
    assert.equal(misfitOf('text', ['httpApi']), undefined);
  });
});
