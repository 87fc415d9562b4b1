import assert from 'node:assert/strict';
import type { AnalyzedFile } from '../../../../src/analyzer/protocol.ts';
import { ShownDocument, type ShownFile } from '../../../../src/vscode/hints/shown.ts';
import type { TextChange } from '../../../../src/vscode/support/shift.ts';

/** An answer about a file with one hint, mark, band and handler on line 3, column 5. */
function answer(version: number, isComplete: boolean, label = 'every invocation'): AnalyzedFile {
  const at = { line: 3, column: 5, phase: 'invoke' } as const;
  return {
    version,
    isComplete,
    analysis: { path: '/app/a.ts', handlers: [], regions: [], notes: [], findings: [] },
    summaries: [
      {
        handler: { name: 'handler', line: 3, column: 5, via: 'type' },
        statements: { init: 1, invoke: 2, lazy: 0 },
        files: 1,
      },
    ],
    hints: [{ ...at, label, kind: 'region' }],
    marks: [at],
    bands: [{ startLine: 3, endLine: 6, phase: 'invoke' }],
  };
}

/** Replaces from one place to another; lines and characters count from 0. */
function change(from: [number, number], to: [number, number], text: string): TextChange {
  const point = ([line, character]: [number, number]) => ({ line, character });
  return { range: { start: point(from), end: point(to) }, text };
}

/** For example `hints 3:5, marks 3:5, bands 3-6, handlers 3:5`. */
function show({ hints, marks, bands, summaries }: ShownFile): string {
  const places = (of: readonly { readonly line: number; readonly column: number }[]) =>
    of.map(({ line, column }) => `${line}:${column}`).join(' ');
  return [
    `hints ${places(hints)}`,
    `marks ${places(marks)}`,
    `bands ${bands.map(({ startLine, endLine }) => `${startLine}-${endLine}`).join(' ')}`,
    `handlers ${places(summaries.map(({ handler }) => handler))}`,
  ].join(', ');
}

suite('what is shown of a document', () => {
  test('is the newest answer of a text without syntax errors', () => {
    const document = new ShownDocument(1);
    document.answered(answer(1, true));
    document.edited(2, [change([0, 0], [0, 0], '\n')]);
    assert.deepEqual(document.answered(answer(2, true, 'newer')).hints[0]?.label, 'newer');
  });

  test('is what there is, where no text was without syntax errors yet', () => {
    const document = new ShownDocument(1);
    assert.equal(document.answered(answer(1, false, 'first')).hints[0]?.label, 'first');
    document.edited(2, []);
    assert.equal(document.answered(answer(2, false, 'second')).hints[0]?.label, 'second');
    assert.equal(document.lastGood(2), undefined);
  });

  const check = (title: string, edit: TextChange, expected: string) =>
    test(`moves with the text while that has syntax errors: ${title}`, () => {
      const document = new ShownDocument(1);
      document.answered(answer(1, true));
      document.edited(2, [edit]);
      assert.equal(show(document.answered(answer(2, false, 'a guess'))), expected);
    });

  const unmoved = 'hints 3:5, marks 3:5, bands 3-6, handlers 3:5';
  check('below', change([6, 0], [6, 0], 'a\nb\n'), unmoved);
  check('behind it in the line', change([2, 9], [2, 9], ' more {'), unmoved);
  check('a new line above', change([0, 3], [0, 3], '\n'), 'hints 4:5, marks 4:5, bands 4-7, handlers 4:5');
  check(
    'a new line right before it',
    change([2, 4], [2, 4], '\n'),
    'hints 4:1, marks 4:1, bands 3-7, handlers 4:1',
  );
  check('a line above goes', change([0, 0], [1, 0], ''), 'hints 2:5, marks 2:5, bands 2-5, handlers 2:5');
  check(
    'before it in the line',
    change([2, 0], [2, 0], '//'),
    'hints 3:7, marks 3:7, bands 3-6, handlers 3:7',
  );
  check('it goes itself', change([2, 2], [2, 8], ''), 'hints , marks , bands 3-6, handlers ');
  check('all of it goes', change([1, 0], [7, 0], ''), 'hints , marks , bands , handlers ');

  test('moves by every edit since, answered or not', () => {
    const document = new ShownDocument(1);
    document.answered(answer(1, true));
    document.edited(2, [change([0, 0], [0, 0], '\n')]);
    document.answered(answer(2, false));
    document.edited(3, [change([0, 0], [0, 0], '\n')]);
    document.edited(4, [change([0, 0], [0, 0], '\n')]);
    assert.equal(show(document.answered(answer(4, false))), 'hints 6:5, marks 6:5, bands 6-9, handlers 6:5');
  });

  test('stays when the analyzer fails', () => {
    const document = new ShownDocument(1);
    document.answered(answer(1, true));
    document.edited(2, [change([0, 0], [0, 0], '\n')]);
    assert.equal(
      show(document.lastGood(2) ?? answer(2, true)),
      'hints 4:5, marks 4:5, bands 4-7, handlers 4:5',
    );
  });
});
