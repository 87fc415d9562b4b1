import assert from 'node:assert/strict';
import fc from 'fast-check';
import { analyzeFiles } from '../../../src/analyzer/analyzeFiles.ts';
import { SourceStore } from '../../../src/analyzer/modules/sourceStore.ts';
import type { FileAnalysis, Region } from '../../../src/analyzer/protocol.ts';
import { corpusTexts, mutate, mutation } from './mutate.ts';

suite('any text', () => {
  test('is analysed in time, and its regions nest and lie inside of it', () => {
    const files = fc.record({
      file: fc.constantFrom(...corpusTexts),
      mutations: fc.array(mutation, { maxLength: 6 }),
    });
    fc.assert(
      fc.property(files, ({ file, mutations }) => {
        const text = mutate(file.text, mutations);
        const store = storeOf(
          new Map([...corpusTexts.map(each => [each.path, each.text] as const), [file.path, text]]),
        );
        const started = performance.now();
        const [analysis] = analyzeFiles(store, {
          files: [file.path],
          handlers: [{ file: file.path, exportPath: 'handler' }],
        });
        assert.ok(performance.now() - started < 5000, 'it took more than five seconds');
        assert.ok(analysis);
        checkRegions(analysis, text);
      }),
      { numRuns: 1000 },
    );
  });
});

function storeOf(files: ReadonlyMap<string, string>): SourceStore {
  return new SourceStore({
    stamp: path => (files.has(path) ? 'once' : undefined),
    read: path => files.get(path),
    realPath: () => undefined,
  });
}

function checkRegions({ regions }: FileAnalysis, text: string): void {
  const lines = text.split(/\r\n|[\n\r\u2028\u2029]/);
  const offsets = regions.map(region => {
    for (const [line, column] of [
      [region.startLine, region.startColumn],
      [region.endLine, region.endColumn],
    ] as const) {
      const length = lines[line - 1]?.length ?? -1;
      assert.ok(column >= 1 && column <= length + 1, `${line}:${column} is outside of the file`);
    }
    assert.ok(
      before(region.startLine, region.startColumn, region.endLine, region.endColumn),
      'a region is empty',
    );
    return region;
  });
  const open: Region[] = [];
  for (const region of offsets) {
    while (open.length > 0 && !overlaps(open.at(-1) as Region, region)) open.pop();
    const outer = open.at(-1);
    if (outer)
      assert.ok(contains(outer, region), `${JSON.stringify(outer)} and ${JSON.stringify(region)} cross`);
    open.push(region);
  }
}

function before(line: number, column: number, otherLine: number, otherColumn: number): boolean {
  return line < otherLine || (line === otherLine && column < otherColumn);
}

function overlaps(a: Region, b: Region): boolean {
  return before(b.startLine, b.startColumn, a.endLine, a.endColumn);
}

function contains(outer: Region, inner: Region): boolean {
  return (
    !before(inner.startLine, inner.startColumn, outer.startLine, outer.startColumn) &&
    !before(outer.endLine, outer.endColumn, inner.endLine, inner.endColumn)
  );
}
