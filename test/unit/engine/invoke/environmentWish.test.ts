import assert from 'node:assert/strict';
import { parseEnvironmentWish } from '../../../../src/engine/invoke/environmentWish.ts';

suite('the wish for an environment', () => {
  const check = (header: string, expected: ReturnType<typeof parseEnvironmentWish>) =>
    assert.deepEqual(parseEnvironmentWish(header), expected);

  test('a fresh one', () => check('{"kind":"fresh"}', { kind: 'fresh' }));

  test('one to debug, on a port that the system chooses or on that one', () => {
    check('{"kind":"debug","client":"w1"}', { kind: 'debug', client: 'w1', port: 0 });
    check('{"kind":"debug","client":"w1","port":9229}', { kind: 'debug', client: 'w1', port: 9229 });
  });

  test('what says something else is none', () => {
    for (const header of [
      '',
      'fresh',
      'null',
      '7',
      '{}',
      '{"kind":"warm"}',
      '{"kind":"debug"}',
      '{"kind":"debug","client":"w1","port":70000}',
      '{"kind":"debug","client":"w1","port":"9229"}',
      '{"kind":"debug","client":"w1","port":1.5}',
    ])
      check(header, undefined);
  });
});
