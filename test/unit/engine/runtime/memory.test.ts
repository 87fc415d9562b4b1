import assert from 'node:assert/strict';
import { parsePeakMemory } from '../../../../src/engine/runtime/memory.ts';

suite('memory of a process', () => {
  test('is the high water mark of its resident set, in MB rounded up', () =>
    assert.equal(parsePeakMemory('Name:\tnode\nVmHWM:\t   52225 kB\nVmRSS:\t   40000 kB\n'), 52));

  test('is unknown where the system does not tell', () =>
    assert.equal(parsePeakMemory('Name:\tnode\n'), undefined));
});
