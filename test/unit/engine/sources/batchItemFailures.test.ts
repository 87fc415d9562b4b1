import assert from 'node:assert/strict';
import type { InvokeOutcome } from '../../../../src/engine/invoke/invocation.ts';
import { batchOutcome } from '../../../../src/engine/sources/batchItemFailures.ts';

const ids = new Set(['a', 'b', 'c']);

function answered(payload: string, functionError?: 'Unhandled'): InvokeOutcome {
  return {
    kind: 'completed',
    payload: Buffer.from(payload),
    executedVersion: '$LATEST',
    log: '',
    environmentId: 'e',
    coldStart: false,
    durationMs: 1,
    ...(functionError === undefined ? {} : { functionError }),
  };
}

function rejected(name: string, status: number): InvokeOutcome {
  return { kind: 'rejected', error: { name, status, body: {} } };
}

/** Of a mapping that has ReportBatchItemFailures. */
function check(title: string, payload: string, expected: 'processed' | 'failed' | readonly string[]) {
  test(title, () => {
    const outcome = batchOutcome(answered(payload), ids, true);
    if (typeof expected === 'string') assert.equal(outcome.kind, expected);
    else assert.deepEqual(outcome, { kind: 'partial', failed: new Set(expected) });
  });
}

suite('ReportBatchItemFailures (lambda-facts 4.6)', () => {
  const list = (identifiers: readonly unknown[]) =>
    JSON.stringify({ batchItemFailures: identifiers.map(itemIdentifier => ({ itemIdentifier })) });

  check('an empty list is success', list([]), 'processed');
  check('a null list is success', '{"batchItemFailures":null}', 'processed');
  check('an empty object is success', '{}', 'processed');
  check('null is success', 'null', 'processed');
  check('an empty text is success', '""', 'processed');
  check('an empty response is success', '', 'processed');
  check('an empty identifier fails the whole batch', list(['']), 'failed');
  check('a null identifier fails the whole batch', list([null]), 'failed');
  check('a wrong key fails the whole batch', '{"batchItemFailures":[{"id":"a"}]}', 'failed');
  check('an unknown identifier fails the whole batch', list(['a', 'z']), 'failed');
  check('an invalid response fails the whole batch', '{"batchItemFailures":', 'failed');
  check('what is no list fails the whole batch', '{"batchItemFailures":"a"}', 'failed');
  check('some identifiers fail alone', list(['a', 'c', 'a']), ['a', 'c']);
  check('all identifiers may fail', list(['a', 'b', 'c']), ['a', 'b', 'c']);

  test('a mapping without it takes any response for success', () => {
    for (const payload of [list(['a']), 'no JSON', '']) {
      assert.deepEqual(batchOutcome(answered(payload), ids, false), { kind: 'processed' });
    }
  });

  test('an error of the function fails the whole batch, whatever the mapping reports', () => {
    for (const reports of [true, false]) {
      assert.equal(batchOutcome(answered(list([]), 'Unhandled'), ids, reports).kind, 'failed');
    }
  });

  test('what did not run is nobody’s failure, but a function that is not there is', () => {
    assert.equal(batchOutcome(rejected('TooManyRequestsException', 429), ids, true).kind, 'throttled');
    assert.equal(batchOutcome(rejected('ServiceException', 500), ids, true).kind, 'throttled');
    assert.equal(batchOutcome(rejected('ResourceNotFoundException', 404), ids, true).kind, 'failed');
  });
});
