import assert from 'node:assert/strict';
import { parseParameter } from '../../../../src/engine/services/files/parameters.ts';
import { parseSecret } from '../../../../src/engine/services/files/secrets.ts';
import { parseEntries } from '../../../../src/engine/services/files/workspaceFile.ts';

suite('a file of parameters or secrets', () => {
  const read = <T>(text: string, parse: (value: unknown) => T) => [
    ...parseEntries('/w/file.json', Buffer.from(text), parse),
  ];

  test('holds parameters of three types', () => {
    assert.deepEqual(
      read(
        '{"a":"x","b":["x","y"],"c":{"type":"SecureString","value":"z"},"d":{"value":"w"}}',
        parseParameter,
      ),
      [
        ['a', { type: 'String', value: 'x' }],
        ['b', { type: 'StringList', value: 'x,y' }],
        ['c', { type: 'SecureString', value: 'z' }],
        ['d', { type: 'String', value: 'w' }],
      ],
    );
  });

  test('holds secrets that are texts or JSON', () => {
    assert.deepEqual(read('{"a":"x","b":{"user":"y"}}', parseSecret), [
      ['a', 'x'],
      ['b', '{"user":"y"}'],
    ]);
  });

  for (const [text, message] of [
    ['{', /^\/w\/file\.json:1:2 is no JSON: /],
    ['[]', /^\/w\/file\.json:1:1 has to be a JSON object/],
    ['{\n  "a": "b",\n  "a.b": 1\n}', /^\/w\/file\.json:3:3: "a\.b" has to be a text, a list/],
    ['{"a":{"type":"Text","value":"x"}}', /^\/w\/file\.json:1:2: "a" has a "type" that is none of/],
    ['{"a":{"value":1}}', /"a" has a "value" that is no text/],
  ] as const) {
    test(`that says ${JSON.stringify(text)} is wrong at a place`, () => {
      assert.throws(() => read(text, parseParameter), { name: 'UserError', message });
    });
  }

  test('that holds a secret which is a number is wrong', () => {
    assert.throws(() => read('{"a":1}', parseSecret), { message: /"a" has to be a text, or an object/ });
  });
});
