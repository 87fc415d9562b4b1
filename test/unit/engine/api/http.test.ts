import assert from 'node:assert/strict';
import { parseTarget } from '../../../../src/engine/api/http.ts';
import { originRefusal } from '../../../../src/engine/api/originGuard.ts';

suite('request targets', () => {
  const check = (target: string, path: string, query: Readonly<Record<string, unknown>>) =>
    test(target, () => {
      const parsed = parseTarget(target);
      assert.deepEqual([parsed?.path, { ...parsed?.query }], [path, query]);
    });
  check('/', '/', {});
  check('/a%2Fb?x=1', '/a%2Fb', { x: '1' });
  check('/?a=1&a=2&a=3', '/', { a: ['1', '2', '3'] });
  check('/?a=%24LATEST&b&=c', '/', { a: '$LATEST', b: '', '': 'c' });
  check('/?a=x+y', '/', { a: 'x+y' });
  check('/?a=b=c', '/', { a: 'b=c' });

  test('a parameter may be called like a property of objects', () =>
    assert.deepEqual(Object.entries(parseTarget('/?__proto__=1')?.query ?? {}), [['__proto__', '1']]));

  for (const target of ['http://127.0.0.1/', '*', '', '/%zz', '/?a=%zz']) {
    test(`"${target}" is refused`, () => assert.equal(parseTarget(target), undefined));
  }
});

suite('where requests may come from', () => {
  const check = (name: string, headers: Readonly<Record<string, string>>, expected: RegExp | undefined) =>
    test(name, () => {
      const refusal = originRefusal({ headers }, 4000);
      if (expected) assert.match(refusal ?? '', expected);
      else assert.equal(refusal, undefined);
    });
  check('127.0.0.1 with the port', { host: '127.0.0.1:4000' }, undefined);
  check('localhost with the port', { host: 'localhost:4000' }, undefined);
  check(
    'another port',
    { host: '127.0.0.1:4001' },
    /Host header must be 127\.0\.0\.1:4000 or localhost:4000/,
  );
  check('no port', { host: '127.0.0.1' }, /Host header/);
  check('a rebound name', { host: 'evil.example:4000' }, /Host header/);
  check('no host', {}, /Host header/);
  check('a web page', { host: '127.0.0.1:4000', origin: 'http://127.0.0.1:4000' }, /Origin header/);
  check('a sandboxed web page', { host: '127.0.0.1:4000', origin: 'null' }, /Origin header/);
});
