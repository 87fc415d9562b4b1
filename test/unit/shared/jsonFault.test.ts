import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findJsonFault } from '../../../src/shared/jsonFault.ts';

const valueExpected =
  "expected a valid value (JSON String, Number, Array, Object or token 'null', 'true' or 'false')";

function check(text: string | Uint8Array, place: string, message: string) {
  const fault = findJsonFault(typeof text === 'string' ? Buffer.from(text) : text);
  assert.equal(fault && `${fault.line}:${fault.column} ${fault.message}`, `${place} ${message}`);
}

suite('where a payload stops being JSON', () => {
  // The first two are recorded from AWS: what the CLI sends that takes a text for base64.
  test('an invalid UTF-8 start byte in a word', () =>
    check(Buffer.from('n\x87r\x9e\xe9', 'latin1'), '1:3', 'Invalid UTF-8 start byte 0x87'));
  test('a control character for a value', () =>
    check(
      Buffer.from('\x99\xeb,j', 'latin1'),
      '1:1',
      `Unexpected character ((CTRL-CHAR, code 153)): ${valueExpected}`,
    ));
  test('nothing but space', () => check(' \n ', '2:2', 'No content to map due to end-of-input'));
  test('a word that is none of JSON', () =>
    check(
      '{"a": hello}',
      '1:12',
      "Unrecognized token 'hello': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')",
    ));
  test('single quotes', () => check("'a'", '1:1', `Unexpected character (''' (code 39)): ${valueExpected}`));
  test('a name without quotes', () =>
    check(
      '{a: 1}',
      '1:2',
      "Unexpected character ('a' (code 97)): was expecting double-quote to start field name",
    ));
  test('a missing colon', () =>
    check(
      '{"a" 1}',
      '1:6',
      "Unexpected character ('1' (code 49)): was expecting a colon to separate field name and value",
    ));
  test('a missing comma, in its line', () =>
    check(
      '{\n  "a": 1\n  "b": 2\n}',
      '3:3',
      `Unexpected character ('"' (code 34)): was expecting comma to separate Object entries`,
    ));
  test('a comma too many', () =>
    check('[1, ]', '1:5', `Unexpected character (']' (code 93)): ${valueExpected}`));
  test('an object that does not end', () =>
    check('{"a": 1', '1:8', 'Unexpected end-of-input: expected close marker for Object'));
  test('an array that does not end', () =>
    check('[1', '1:3', 'Unexpected end-of-input: expected close marker for Array'));
  test('a string that does not end', () =>
    check('"abc', '1:5', 'Unexpected end-of-input: was expecting closing quote for a string value'));
  test('a line break in a string', () =>
    check(
      '"a\nb"',
      '1:3',
      'Illegal unquoted character ((CTRL-CHAR, code 10)): has to be escaped using backslash to be included in string value',
    ));
  test('an escape that there is not', () =>
    check('"\\x"', '1:3', "Unrecognized character escape 'x' (code 120)"));
  test('a number that is none', () => check('01', '1:1', 'Invalid numeric value: 01'));
  test('something after the end', () =>
    check('{} x', '1:4', `Unexpected character ('x' (code 120)): ${valueExpected}`));
  test('a million brackets', () =>
    check('['.repeat(1_000_000), '1:1000001', 'Unexpected end-of-input: expected a value'));

  test('valid JSON has no fault', () => {
    fc.assert(
      fc.property(fc.json(), text => {
        assert.equal(findJsonFault(Buffer.from(text)), undefined);
      }),
    );
  });

  test('what JSON.parse refuses always has a place inside the text', () => {
    const broken = fc
      .tuple(fc.json(), fc.nat(), fc.string({ minLength: 1, maxLength: 2 }))
      .map(([text, at, part]) => {
        const cut = at % (text.length + 1);
        return text.slice(0, cut) + part + text.slice(cut + 1);
      });
    fc.assert(
      fc.property(broken, text => {
        const fault = findJsonFault(Buffer.from(text));
        assert.equal(fault === undefined, isJson(text));
        if (fault) {
          assert.notEqual(fault.message, 'Unexpected content');
          assert.ok(fault.line >= 1 && fault.column >= 1 && fault.column <= Buffer.byteLength(text) + 1);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
