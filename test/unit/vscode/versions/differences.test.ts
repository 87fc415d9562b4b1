import assert from 'node:assert/strict';
import {
  type ComparedFile,
  configurationText,
  differingFiles,
} from '../../../../src/vscode/versions/differences.ts';

const side = (files: Readonly<Record<string, number>>): ReadonlyMap<string, ComparedFile> =>
  new Map(Object.entries(files).map(([name, checksum]) => [name, { size: 1, checksum }]));

function check(
  left: Readonly<Record<string, number>>,
  right: Readonly<Record<string, number>>,
  expected: readonly string[],
) {
  const found = differingFiles(side(left), side(right));
  assert.deepEqual(
    found.map(({ name, left: a, right: b }) => `${a ? '<' : ''}${name}${b ? '>' : ''}`),
    expected,
  );
}

suite('what differs between two versions', () => {
  test('nothing between the same files', () => check({ a: 1, b: 2 }, { b: 2, a: 1 }, []));
  test('nothing between no files', () => check({}, {}, []));
  test('a file with other contents', () => check({ a: 1, b: 2 }, { a: 1, b: 3 }, ['<b>']));
  test('files that are on one side only, by their names', () =>
    check({ b: 1, c: 2 }, { a: 1, c: 2 }, ['a>', '<b']));

  test('a file of another size is another, whatever its checksum', () => {
    const left = new Map([['a', { size: 1, checksum: 5 }]]);
    const right = new Map([['a', { size: 2, checksum: 5 }]]);
    assert.equal(differingFiles(left, right).length, 1);
  });

  test('a configuration is told by its members in order, without what only says which version it is', () => {
    const text = configurationText({
      Timeout: 3,
      RevisionId: 'r',
      Version: '7',
      Environment: { Variables: { B: '2', A: '1' } },
      CodeSha256: 'x',
      Layers: [{ CodeSize: 1, Arn: 'l' }],
      Handler: undefined,
    });
    assert.equal(
      text,
      `${JSON.stringify(
        {
          Environment: { Variables: { A: '1', B: '2' } },
          Layers: [{ Arn: 'l', CodeSize: 1 }],
          Timeout: 3,
        },
        undefined,
        2,
      )}\n`,
    );
  });
});
