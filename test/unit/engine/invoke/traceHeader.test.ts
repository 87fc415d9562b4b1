import assert from 'node:assert/strict';
import { runsInChain, traceHeaderFor } from '../../../../src/engine/invoke/traceHeader.ts';

const ids = { hex: (bytes: number) => 'ab'.repeat(bytes) };
const now = 0x65a0_0000 * 1000;
const segment = 'abababababababab';
const once = '1c168adb:1';

suite('the trace header of an invocation', () => {
  const header = (caller: string | undefined, functionName = 'orders') =>
    traceHeaderFor(caller, functionName, now, ids);
  const check = (caller: string | undefined, expected: string) => assert.equal(header(caller), expected);
  const root = '1-5759e988-bd862e3fe1be46a994272793';

  test('without one of the caller a trace begins that is not sampled', () =>
    check(undefined, `Root=1-65a00000-abababababababababababab;Parent=${segment};Sampled=0;Lineage=${once}`));

  test("the caller's trace goes on with a parent of its own", () =>
    check(
      `Root=${root};Parent=53995c3f42cd8ad8;Sampled=1`,
      `Root=${root};Parent=${segment};Sampled=1;Lineage=${once}`,
    ));

  test('a root alone is enough', () =>
    check(`Root=${root}`, `Root=${root};Parent=${segment};Sampled=0;Lineage=${once}`));

  test('what is no root is not passed on', () =>
    check(
      'Root=evil;Sampled=1',
      `Root=1-65a00000-abababababababababababab;Parent=${segment};Sampled=1;Lineage=${once}`,
    ));

  test('counts each function of the chain by itself', () => {
    const chain = header(header(header(header(undefined, 'a'), 'b'), 'a'), 'a');
    assert.deepEqual([runsInChain(chain, 'a'), runsInChain(chain, 'b'), runsInChain(chain, 'c')], [3, 1, 0]);
    assert.match(chain, /;Lineage=[0-9a-f]{8}:3\|[0-9a-f]{8}:1$/);
  });

  test('what is no lineage is not passed on', () =>
    check(
      `Root=${root};Lineage=evil:1|${'9'.repeat(9)}:x`,
      `Root=${root};Parent=${segment};Sampled=0;Lineage=${once}`,
    ));
});
