import assert from 'node:assert/strict';
import fc from 'fast-check';
import { editsBetween } from '../../../../src/analyzer/fixes/editsBetween.ts';
import { applyEdits } from '../../../../src/model/applyEdits.ts';

suite('the edits between two texts', () => {
  test('leave the lines alone that stay', () => {
    const edits = editsBetween('a\nb\nc\nd\ne\n', 'a\nnew\nb\nc\nother\ne\n');
    assert.deepEqual(edits, [
      { start: 2, end: 2, newText: 'new\n' },
      { start: 6, end: 8, newText: 'other\n' },
    ]);
  });

  test('are none where nothing differs', () => {
    assert.deepEqual(editsBetween('a\nb', 'a\nb'), []);
    assert.deepEqual(editsBetween('', ''), []);
  });

  test('replace what differs as a whole where there is much of it', () => {
    const [old, now] = ['a\n', 'b\n'].map(line => line.repeat(2_100)) as [string, string];
    assert.deepEqual(editsBetween(`x\n${old}`, `x\n${now}`), [
      { start: 2, end: 2 + old.length, newText: now },
    ]);
  });

  test('make the one of the other, whatever they are', () => {
    const texts = fc.array(fc.constantFrom('a', 'b', '\n', '\r\n', 'a\n', '{\n', '}\n'), { maxLength: 40 });
    fc.assert(
      fc.property(texts, texts, (a, b) => {
        const [before, after] = [a.join(''), b.join('')];
        assert.equal(applyEdits(before, editsBetween(before, after)), after);
      }),
    );
  });
});
