import assert from 'node:assert/strict';
import { parseGroup, parseMemory } from '../../../../src/engine/runtime/memory.ts';

suite('memory of a process', () => {
  const status = (lines: readonly string[]) => ['Name:\tnode', ...lines, ''].join('\n');

  test('is the high water mark of its resident set, and what it holds now without the pages of files', () =>
    assert.deepEqual(
      parseMemory(
        status([
          'VmHWM:\t   52225 kB',
          'VmRSS:\t   40000 kB',
          'RssAnon:\t   10240 kB',
          'RssFile:\t   28736 kB',
          'RssShmem:\t    1024 kB',
        ]),
      ),
      { peakMb: 52, heldMb: 11 },
    ));

  test('holds nothing that could be too much where the system tells the whole only', () =>
    assert.deepEqual(parseMemory(status(['VmHWM:\t   52225 kB'])), { peakMb: 52, heldMb: 0 }));

  test('is unknown where the system does not tell', () => assert.equal(parseMemory(status([])), undefined));
});

suite('the group of a process', () => {
  test('is read behind its name, whatever that is', () =>
    assert.equal(parseGroup('4711 (a) b (c)) S 1 4242 4242 0 -1'), 4242));
});
