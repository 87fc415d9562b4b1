import assert from 'node:assert/strict';
import type { AliasRouting, FunctionAlias } from '../../../../src/model/target.ts';
import {
  ageText,
  aliasesTo,
  aliasNameFault,
  isSameRouting,
  percentOf,
  routingText,
  shareOf,
  sizeText,
} from '../../../../src/vscode/versions/texts.ts';

const shared = (weight: number): AliasRouting => ({ version: '7', additional: { version: '8', weight } });

suite('what the tree says of versions and aliases', () => {
  for (const [routing, text] of [
    [{ version: '7' }, 'v7'],
    [{ version: '$LATEST' }, '$LATEST'],
    [shared(0.1), 'v7 90% · v8 10%'],
    [shared(0.125), 'v7 87.5% · v8 12.5%'],
    [shared(0.3333), 'v7 66.67% · v8 33.33%'],
    [shared(0), 'v7 100% · v8 0%'],
    [shared(1), 'v7 0% · v8 100%'],
  ] as const) {
    test(`traffic is told as ${text}`, () => assert.equal(routingText(routing), text));
  }

  test('each version has its share of the traffic', () => {
    assert.deepEqual(
      ['7', '8', '9'].map(version => shareOf(version, shared(0.25))),
      [0.75, 0.25, 0],
    );
  });

  test('two routings are the same when versions and share are', () => {
    assert.equal(isSameRouting({ version: '7' }, { version: '7' }), true);
    assert.equal(isSameRouting(shared(0.1), shared(0.1)), true);
    assert.equal(isSameRouting(shared(0.1), shared(0.2)), false);
    assert.equal(isSameRouting({ version: '7' }, shared(0.1)), false);
  });

  test('an alias counts for both of its versions', () => {
    const alias: FunctionAlias = { ...shared(0.1), name: 'live', arn: '', description: '', revisionId: '' };
    assert.deepEqual(
      ['7', '8', '9'].map(version => aliasesTo(version, [alias]).length),
      [1, 1, 0],
    );
  });

  for (const [bytes, text] of [
    [0, '0 B'],
    [999, '999 B'],
    [1234, '1.2 KB'],
    [45_678, '46 KB'],
    [3_400_000, '3.4 MB'],
    [52_428_800, '52 MB'],
  ] as const) {
    test(`${bytes} bytes are ${text}`, () => assert.equal(sizeText(bytes), text));
  }

  const now = Date.UTC(2026, 0, 31);
  for (const [secondsAgo, text] of [
    [0, 'now'],
    [-5, 'now'],
    [59, '59 seconds ago'],
    [120, '2 minutes ago'],
    [7_200, '2 hours ago'],
    [86_400, 'yesterday'],
    [3 * 86_400, '3 days ago'],
    [62 * 86_400, '2 months ago'],
    [800 * 86_400, '2 years ago'],
  ] as const) {
    test(`${secondsAgo} seconds before now is ${text}`, () =>
      assert.equal(ageText(now - secondsAgo * 1000, now, 'en', 'long'), text));
  }

  for (const [name, fault] of [
    ['PROD', undefined],
    ['blue-green_2', undefined],
    ['7a', undefined],
    ['', 'empty'],
    ['7', 'number'],
    ['a b', 'characters'],
    ['é', 'characters'],
    ['$LATEST', 'characters'],
    ['x'.repeat(128), undefined],
    ['x'.repeat(129), 'long'],
  ] as const) {
    const shown = name.length > 20 ? `${name.length} letters` : `"${name}"`;
    test(`${shown} as the name of an alias: ${fault ?? 'fine'}`, () =>
      assert.equal(aliasNameFault(name), fault));
  }

  for (const [text, percent] of [
    ['10', 10],
    [' 12.5 % ', 12.5],
    ['12,5', 12.5],
    ['0', 0],
    ['100%', 100],
    ['101', undefined],
    ['-1', undefined],
    ['1e1', undefined],
    ['ten', undefined],
    ['', undefined],
    ['NaN', undefined],
  ] as const) {
    test(`"${text}" is ${percent === undefined ? 'no share' : `${percent}%`}`, () =>
      assert.equal(percentOf(text), percent));
  }
});
