import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  EditHistory,
  type Place,
  shiftPlace,
  type TextChange,
} from '../../../../src/vscode/support/shift.ts';

const before = 'Resources:\n  Orders:\n    Handler: src/a.handler\n';

suite('a place in a text that is edited', () => {
  /** Replaces what stands between two offsets, several at a time; the place is that of a word. */
  const check = (
    title: string,
    word: string,
    replacements: readonly (readonly [start: number, end: number, text: string])[],
    expected: 'moves along' | 'is lost',
  ) =>
    test(title, () => {
      const edit = replacements.map(([start, end, text]) => ({ range: placeOf(before, start, end), text }));
      const start = before.indexOf(word);
      const shifted = shiftPlace(placeOf(before, start, start + word.length), edit);
      if (expected === 'is lost') assert.equal(shifted, undefined);
      else assert.equal(shifted && textAt(applied(before, replacements), shifted), word);
    });
  const at = (word: string) => before.indexOf(word);

  check(
    'stays where it is when something behind it changes',
    'Orders',
    [[at('src'), at('src') + 3, 'lib']],
    'moves along',
  );
  check('moves with lines that are added before it', 'Handler', [[0, 0, 'A: 1\nB: 2\n']], 'moves along');
  check('moves with lines that are removed before it', 'Handler', [[0, at('Orders'), '']], 'moves along');
  check('moves on its line', 'src/a.handler', [[at('Handler'), at('Handler') + 7, 'H']], 'moves along');
  check(
    'moves when its line is broken before it',
    'src/a.handler',
    [[at(' src'), at(' src') + 1, '\n      ']],
    'moves along',
  );
  check(
    'moves when its line is joined with the one before',
    'Handler',
    [[at(':\n    H') + 1, at('Handler'), ' ']],
    'moves along',
  );
  check(
    'stays when something is typed right behind it',
    'Orders',
    [[at('Orders') + 6, at('Orders') + 6, 'X']],
    'moves along',
  );
  check(
    'moves when something is typed right before it',
    'Orders',
    [[at('Orders'), at('Orders'), 'X']],
    'moves along',
  );
  check(
    'is lost when something is typed in it',
    'Orders',
    [[at('Orders') + 1, at('Orders') + 1, 'X']],
    'is lost',
  );
  check(
    'is lost when a part of it is removed',
    'Orders',
    [[at('Orders') - 1, at('Orders') + 1, '']],
    'is lost',
  );
  check('is lost when it is removed', 'Orders', [[0, before.length, '']], 'is lost');
  check(
    'moves with several changes at once, in any order',
    'Handler',
    [
      [0, 0, '# first\n'],
      [at('Orders'), at('Orders') + 6, 'O\n\n'],
    ],
    'moves along',
  );
  check(
    'moves with several changes from the bottom up',
    'src/a.handler',
    [
      [at('Handler'), at('Handler') + 7, 'H'],
      [at('Orders') + 6, at('Orders') + 6, '\n'],
      [0, 9, ''],
    ],
    'moves along',
  );

  test('is the same word after any edit that does not touch it', () => {
    const words = fc
      .array(fc.constantFrom('a', 'bc', '\n', ' '), { maxLength: 12 })
      .map(parts => parts.join(''));
    fc.assert(
      fc.property(words, words, words, words, (first, replaced, text, last) => {
        const start = first.length;
        const word = 'WORD';
        const all = first + replaced + last + word + last;
        const wordStart = first.length + replaced.length + last.length;
        const replacements = [[start, start + replaced.length, text]] as const;
        const edit = replacements.map(([from, to, given]) => ({
          range: placeOf(all, from, to),
          text: given,
        }));
        const shifted = shiftPlace(placeOf(all, wordStart, wordStart + word.length), edit);
        assert.equal(shifted && textAt(applied(all, replacements), shifted), word);
      }),
    );
  });
});

suite('the edits of a document', () => {
  const insertLine: readonly TextChange[] = [{ range: placeOf(before, 0, 0), text: '\n' }];
  const place = placeOf(before, before.indexOf('Orders'), before.indexOf('Orders') + 6);
  const line = (shifted: Place | undefined) => shifted?.start.line;

  test('lead from an older version to the newest', () => {
    const history = new EditHistory(3);
    history.record(4, insertLine);
    history.record(5, insertLine);
    assert.deepEqual(
      [3, 4, 5].map(version => line(history.shift(place, version))),
      [3, 2, 1],
    );
  });

  test('are not known before the first version that was seen', () => {
    const history = new EditHistory(3);
    assert.equal(history.shift(place, 2), undefined);
    assert.equal(history.shift(place, Number.NEGATIVE_INFINITY), undefined);
  });

  test('are forgotten where there are too many', () => {
    const history = new EditHistory(0);
    for (let version = 1; version <= 1_001; version += 1) history.record(version, insertLine);
    assert.equal(history.shift(place, 0), undefined);
    assert.equal(line(history.shift(place, 1)), 1_001);
  });
});

function placeOf(text: string, start: number, end: number): Place {
  const point = (offset: number) => {
    const lines = text.slice(0, offset).split('\n');
    return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
  };
  return { start: point(start), end: point(end) };
}

function applied(text: string, replacements: readonly (readonly [number, number, string])[]): string {
  return replacements
    .toSorted(([a], [b]) => b - a)
    .reduce((result, [start, end, given]) => result.slice(0, start) + given + result.slice(end), text);
}

function textAt(text: string, { start, end }: Place): string {
  const lines = text.split('\n');
  const offset = ({ line, character }: Place['start']) =>
    lines.slice(0, line).reduce((sum, each) => sum + each.length + 1, 0) + character;
  return text.slice(offset(start), offset(end));
}
