import assert from 'node:assert/strict';
import { traceHeaderFor } from '../../../../src/engine/invoke/traceHeader.ts';

const ids = { hex: (bytes: number) => 'ab'.repeat(bytes) };
const now = 0x65a0_0000 * 1000;
const segment = 'abababababababab';

suite('the trace header of an invocation', () => {
  const check = (caller: string | undefined, expected: string) =>
    assert.equal(traceHeaderFor(caller, now, ids), expected);
  const root = '1-5759e988-bd862e3fe1be46a994272793';

  test('without one of the caller a trace begins that is not sampled', () =>
    check(undefined, `Root=1-65a00000-abababababababababababab;Parent=${segment};Sampled=0`));

  test("the caller's trace goes on with a parent of its own", () =>
    check(`Root=${root};Parent=53995c3f42cd8ad8;Sampled=1`, `Root=${root};Parent=${segment};Sampled=1`));

  test('a root alone is enough', () => check(`Root=${root}`, `Root=${root};Parent=${segment};Sampled=0`));

  test('what is no root is not passed on', () =>
    check('Root=evil;Sampled=1', `Root=1-65a00000-abababababababababababab;Parent=${segment};Sampled=1`));
});
