import assert from 'node:assert/strict';
import { aliasesOf, chooseVersion, routingOf } from '../../../../src/engine/versions/aliases.ts';
import type { VersionRecord } from '../../../../src/engine/versions/records.ts';
import { alias, configuration, version } from './records.ts';

const arn = 'arn:aws:lambda:us-east-1:000000000000:function:f';
const versions: Readonly<Record<string, VersionRecord>> = {
  $LATEST: version(),
  1: version({ number: 1 }),
  2: version({ number: 2 }),
  3: version({
    number: 3,
    configuration: { ...configuration, roleArn: 'arn:aws:iam::000000000000:role/other' },
  }),
};

function checkRefused(target: string, weights: Readonly<Record<string, number>>, message: string) {
  const routing = routingOf({ version: target, weights }, name => versions[name], arn);
  assert.ok('kind' in routing);
  assert.equal(routing.error.body.message ?? routing.error.body.Message, message);
}

suite('where an alias leads', () => {
  const route = (target: string, weights?: Readonly<Record<string, number>>) =>
    routingOf({ version: target, weights }, name => versions[name], arn);

  test('to a version, or to $LATEST', () => {
    assert.deepEqual(route('1'), { version: '1' });
    assert.deepEqual(route('$LATEST'), { version: '$LATEST' });
  });

  test('to two versions, with the share of the second', () =>
    assert.deepEqual(route('1', { 2: 0.1 }), { version: '1', additional: { version: '2', weight: 0.1 } }));

  test('weights that are empty are none', () => assert.deepEqual(route('1', {}), { version: '1' }));

  test('not to a version that is not there', () => {
    checkRefused('10', {}, `Function not found: ${arn}:10`);
    checkRefused('1', { 10: 0.5 }, `Function not found: ${arn}:10`);
  });

  test('not to more than two, to one twice, or to $LATEST and another', () => {
    checkRefused(
      '1',
      { 2: 0.1, 3: 0.1 },
      'Number of items in AdditionalVersionWeights cannot be greater than 1',
    );
    checkRefused(
      '1',
      { 1: 0.5 },
      'Invalid function version 1. Function version 1 is already included in routing configuration.',
    );
    checkRefused(
      '$LATEST',
      { 1: 0.5 },
      '$LATEST is not supported for an alias pointing to more than 1 version',
    );
  });

  test('not to versions with different roles', () =>
    checkRefused('1', { 3: 0.5 }, 'Function versions of an alias must have the same execution role.'));
});

suite('the version that an invocation of an alias runs', () => {
  const routing = { version: '1', additional: { version: '2', weight: 0.1 } };

  test('is the additional one below its weight', () => {
    assert.equal(
      chooseVersion(routing, () => 0.0999),
      '2',
    );
    assert.equal(
      chooseVersion(routing, () => 0.1),
      '1',
    );
  });

  test('is always the one or the other at 0 and 1', () => {
    for (const random of [0, 0.5, 0.999999]) {
      assert.equal(
        chooseVersion({ ...routing, additional: { version: '2', weight: 0 } }, () => random),
        '1',
      );
      assert.equal(
        chooseVersion({ ...routing, additional: { version: '2', weight: 1 } }, () => random),
        '2',
      );
    }
  });

  test('is random, and neither in turns nor in blocks', () => {
    const random = seeded(42);
    const chosen = Array.from({ length: 10_000 }, () => chooseVersion(routing, random) === '2');
    const count = chosen.filter(Boolean).length;
    assert.ok(Math.abs(count - 1000) < 4 * Math.sqrt(10_000 * 0.1 * 0.9), `${count} of 10000`);
    // Wald and Wolfowitz: how often the version changes, where every choice is on its own.
    const runs = chosen.filter((each, index) => each !== chosen[index - 1]).length;
    const others = 10_000 - count;
    const expected = (2 * count * others) / 10_000 + 1;
    const variance = ((expected - 1) * (expected - 2)) / 9_999;
    assert.ok(Math.abs(runs - expected) < 4 * Math.sqrt(variance), `${runs} runs, ${expected} expected`);
  });
});

suite('the aliases of a version', () => {
  test('are those that lead to it, also in part', () => {
    const aliases = [
      alias({ name: 'dev', version: '3' }),
      alias({ name: 'live', version: '1', additional: { version: '2', weight: 0.1 } }),
    ];
    assert.deepEqual(aliasesOf('1', aliases), ['live']);
    assert.deepEqual(aliasesOf('2', aliases), ['live']);
    assert.deepEqual(aliasesOf('4', aliases), []);
  });
});

/** Mulberry32. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4294967296;
  };
}
