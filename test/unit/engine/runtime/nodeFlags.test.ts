import assert from 'node:assert/strict';
import { heapFlags } from '../../../../src/engine/runtime/nodeFlags.ts';

suite('flags of Node.js', () => {
  test('the heap is limited by the memory of the function', () => {
    assert.deepEqual(heapFlags(128), ['--max-semi-space-size=6', '--max-old-space-size=115']);
    assert.deepEqual(heapFlags(1769), ['--max-semi-space-size=88', '--max-old-space-size=1592']);
  });
});
