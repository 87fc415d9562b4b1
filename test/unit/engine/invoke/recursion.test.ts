import assert from 'node:assert/strict';
import type { Invoker } from '../../../../src/engine/invoke/invocation.ts';
import { stopRecursion } from '../../../../src/engine/invoke/recursion.ts';
import { traceHeaderFor } from '../../../../src/engine/invoke/traceHeader.ts';

const ids = { hex: (bytes: number) => 'ab'.repeat(bytes) };

/** How often functions are run that call each other in a circle, where each passes its trace header on. */
async function runsOf(circle: readonly string[], mayLoop: readonly string[] = []): Promise<number> {
  let runs = 0;
  const next = (name: string) => circle[(circle.indexOf(name) + 1) % circle.length] ?? name;
  const inner: Invoker = {
    check: () => undefined,
    async invoke(request) {
      runs += 1;
      if (runs >= 100) throw new Error('It would never end.');
      const traceHeader = traceHeaderFor(request.traceHeader, request.functionName, 0, ids);
      return guarded.invoke({ ...request, functionName: next(request.functionName), traceHeader });
    },
  };
  const guarded = stopRecursion(inner, name => mayLoop.includes(name));
  const first = { requestId: 'r', functionName: circle[0] ?? '', payload: new Uint8Array() };
  const outcome = await guarded.invoke(first);
  assert.equal(outcome.kind === 'rejected' && outcome.error.name, 'RecursiveInvocationException');
  return runs;
}

suite('recursion', () => {
  test('of a function that calls itself is stopped after 16 runs', async () =>
    assert.equal(await runsOf(['a']), 16));

  test('of two functions that call each other is stopped after 16 runs of each', async () =>
    assert.equal(await runsOf(['a', 'b']), 32));

  test('goes on where the function wants it', () => assert.rejects(runsOf(['a'], ['a']), /never end/));

  test('of one function that may does not free another', async () =>
    assert.equal(await runsOf(['a', 'b'], ['a']), 33));
});
