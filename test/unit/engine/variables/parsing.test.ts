import assert from 'node:assert/strict';
import { parseDotEnv } from '../../../../src/engine/variables/dotEnv.ts';
import { parseEnvVars } from '../../../../src/engine/variables/envVars.ts';

suite('a .env file', () => {
  const check = (text: string, expected: ReturnType<typeof parseDotEnv>) =>
    assert.deepEqual(parseDotEnv(text), expected);

  test('has a variable on each line', () =>
    check('A=1\r\nexport B = two words \n', { A: '1', B: 'two words' }));

  test('has comments and empty lines', () => check('\n# all\nA=1 # one\nB=a#b\n', { A: '1', B: 'a#b' }));

  test('has quotes, in which only line breaks are special', () =>
    check(`A='it # is'\nB="a\\nb \\"c\\"" # x\nC=''\nD=`, { A: 'it # is', B: 'a\nb "c"', C: '', D: '' }));

  test('is refused at its first line that is none of this', () => {
    check('A=1\nB\n', 2);
    check('1A=1', 1);
    check('A="open', 1);
  });
});

suite('a file for --env-vars', () => {
  const parse = (text: string) => parseEnvVars(Buffer.from(text));

  test('has variables by function, as texts', () =>
    assert.deepEqual(parse('{ "F": { "A": "1", "B": 2, "C": true, "D": null } }'), {
      kind: 'read',
      variables: { F: { A: '1', B: '2', C: 'true', D: '' } },
    }));

  test('is refused without a word of what it says', () => {
    for (const text of [
      '{ "F": { "A": "secret" ',
      '["secret"]',
      '{ "F": "secret" }',
      '{ "F": { "A": ["secret"] } }',
    ]) {
      const reading = parse(text);
      assert.equal(reading.kind, 'faulty', text);
      assert.doesNotMatch(JSON.stringify(reading), /secret/);
    }
  });
});
