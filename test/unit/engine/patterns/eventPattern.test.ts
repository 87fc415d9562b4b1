import assert from 'node:assert/strict';
import { parsePattern } from '../../../../src/engine/patterns/eventPattern.ts';
import { parseJsonValue } from '../../../../src/engine/patterns/jsonValue.ts';

const matches = (pattern: string, event: string) => parsePattern(pattern)(parseJsonValue(event));

suite('an event pattern', () => {
  /** Each event of the first list is for the pattern, each of the second one is not. */
  const check = (pattern: string, matching: readonly string[], others: readonly string[]) =>
    test(pattern, () => {
      assert.deepEqual(
        matching.filter(event => !matches(pattern, event)),
        [],
        'matches',
      );
      assert.deepEqual(
        others.filter(event => matches(pattern, event)),
        [],
        'does not match',
      );
    });

  check(
    '{"a":["x"]}',
    ['{"a":"x"}', '{"a":"x","b":1}', '{"a":["y","x"]}'],
    ['{"a":"y"}', '{"a":"X"}', '{}', '{"b":"x"}', '{"a":{"x":1}}', '[]', 'null'],
  );
  check('{"a":["x","y"]}', ['{"a":"x"}', '{"a":"y"}'], ['{"a":"z"}']);
  check('{"a":["x"],"b":["y"]}', ['{"a":"x","b":"y"}'], ['{"a":"x"}', '{"b":"y"}', '{"a":"x","b":"x"}']);
  check(
    '{"a":{"b":["x"]}}',
    ['{"a":{"b":"x"}}', '{"a":[{"b":"y"},{"b":"x"}]}'],
    ['{"a":"x"}', '{"b":"x"}', '{"a":{"b":{"c":"x"}}}'],
  );
  check('{"a":{"b":["x"],"c":["y"]}}', ['{"a":[{"b":"x","c":"y"}]}'], ['{"a":[{"b":"x"},{"c":"y"}]}']);

  // Numbers compare as they are written.
  check('{"n":[300]}', ['{"n":300}'], ['{"n":300.0}', '{"n":3.0e2}', '{"n":"300"}']);
  check('{"n":[null,true,""]}', ['{"n":null}', '{"n":true}', '{"n":""}'], ['{"n":false}', '{}', '{"n":0}']);

  check('{"a":[{"prefix":"us-"}]}', ['{"a":"us-east-1"}'], ['{"a":"eu-us-"}', '{"a":1}']);
  check('{"a":[{"suffix":".png"}]}', ['{"a":"cat.png"}'], ['{"a":"cat.PNG"}']);
  check(
    '{"a":[{"prefix":{"equals-ignore-case":"US-"}}]}',
    ['{"a":"us-east-1"}', '{"a":"Us-x"}'],
    ['{"a":"eu"}'],
  );
  check('{"a":[{"suffix":{"equals-ignore-case":".Png"}}]}', ['{"a":"cat.pNG"}'], ['{"a":"png.cat"}']);
  check('{"a":[{"equals-ignore-case":"Alice"}]}', ['{"a":"aLICE"}'], ['{"a":"alicE."}']);
  check(
    '{"a":[{"wildcard":"/a/*/z"}]}',
    ['{"a":"/a/b/c/z"}', '{"a":"/a//z"}'],
    ['{"a":"/a/z"}', '{"a":"x/a/b/z"}'],
  );
  check(
    '{"a":[{"wildcard":"1.\\\\*\\\\\\\\*"}]}',
    ['{"a":"1.*\\\\x"}'],
    ['{"a":"12*\\\\"}', '{"a":"1.x\\\\"}'],
  );

  check('{"a":[{"anything-but":"x"}]}', ['{"a":"y"}', '{"a":1}'], ['{"a":"x"}', '{}']);
  check('{"a":[{"anything-but":["x",1]}]}', ['{"a":"y"}', '{"a":2}', '{"a":1.0}'], ['{"a":"x"}', '{"a":1}']);
  check('{"a":[{"anything-but":{"prefix":"us-"}}]}', ['{"a":"eu-west-1"}'], ['{"a":"us-east-1"}']);
  check(
    '{"a":[{"anything-but":{"suffix":[".png",".gif"]}}]}',
    ['{"a":"a.jpg"}'],
    ['{"a":"a.gif"}', '{"a":"a.png"}'],
  );
  check('{"a":[{"anything-but":{"wildcard":"*/lib/*"}}]}', ['{"a":"/src/a"}'], ['{"a":"/x/lib/a"}']);
  check('{"a":[{"anything-but":{"equals-ignore-case":"x"}}]}', ['{"a":"y"}'], ['{"a":"X"}']);

  check(
    '{"n":[{"numeric":[">",0,"<=",5]}]}',
    ['{"n":5}', '{"n":0.1}', '{"n":5.0}'],
    ['{"n":0}', '{"n":5.1}', '{"n":"3"}'],
  );
  check('{"n":[{"numeric":["=",300]}]}', ['{"n":300}', '{"n":3e2}'], ['{"n":301}']);

  check(
    '{"a":[{"exists":true}]}',
    ['{"a":null}', '{"a":0}', '{"a":["x"]}'],
    ['{}', '{"a":{"b":1}}', '{"a":[]}'],
  );
  check('{"a":[{"exists":false}]}', ['{}', '{"b":1}'], ['{"a":null}']);
  check('{"a":["x",{"exists":false}]}', ['{}', '{"a":"x"}'], ['{"a":"y"}']);

  check(
    '{"ip":[{"cidr":"10.0.0.0/24"}]}',
    ['{"ip":"10.0.0.255"}'],
    ['{"ip":"10.0.1.0"}', '{"ip":"no"}', '{"ip":1}'],
  );
  check(
    '{"ip":[{"cidr":"2001:db8::/32"}]}',
    ['{"ip":"2001:db8::1"}'],
    ['{"ip":"2001:db9::1"}', '{"ip":"10.0.0.1"}'],
  );

  check('{"$or":[{"a":["x"]},{"b":["y"]}]}', ['{"a":"x"}', '{"b":"y"}'], ['{"a":"y"}', '{}']);
  check('{"c":["z"],"$or":[{"a":["x"]},{"b":["y"]}]}', ['{"c":"z","b":"y"}'], ['{"b":"y"}', '{"c":"z"}']);
  check('{"d":{"$or":[{"a":["x"]},{"b":["y"]}]}}', ['{"d":{"a":"x"}}'], ['{"a":"x"}', '{"d":{}}']);
  check('{"__proto__":["x"]}', ['{"__proto__":"x"}'], ['{}', '{"a":"x"}']);

  const refuses = (pattern: string, message: string | RegExp) =>
    test(`is none: ${pattern}`, () =>
      assert.throws(() => parsePattern(pattern), { name: 'PatternFault', message }));

  refuses('{', /^The event pattern is no JSON: /);
  refuses('[]', 'The event pattern must be an object.');
  refuses('{}', 'The event pattern must name a key.');
  refuses('{"a":"x"}', 'The event pattern at a must be an object.');
  refuses('{"a":[]}', 'The event pattern at a must list a value.');
  refuses('{"a":{"b":[["x"]]}}', 'The event pattern at a.b must not list a list.');
  refuses('{"a":[{"like":"x"}]}', 'The event pattern at a has the operator like, which is none.');
  refuses(
    '{"a":[{"prefix":"x","suffix":"y"}]}',
    'The event pattern at a must have one operator in an object.',
  );
  refuses('{"a":[{"prefix":1}]}', 'The event pattern at a.prefix needs a text.');
  refuses('{"a":[{"exists":"yes"}]}', 'The event pattern at a needs true or false for exists.');
  refuses(
    '{"a":[{"numeric":[">"]}]}',
    'The event pattern at a.numeric needs one or two comparisons, as in [">", 0, "<=", 5].',
  );
  refuses('{"a":[{"numeric":["~",1]}]}', /needs one or two comparisons/);
  refuses('{"a":[{"numeric":[">","1"]}]}', /needs one or two comparisons/);
  refuses('{"a":[{"anything-but":[]}]}', /needs values, or prefix/);
  refuses('{"a":[{"anything-but":{"numeric":["=",1]}}]}', /needs values, or prefix/);
  refuses('{"a":[{"cidr":"10.0.0.0"}]}', /needs a block of addresses/);
  refuses('{"a":[{"wildcard":"a**b"}]}', 'The event pattern at a.wildcard must not have two stars in a row.');
  refuses('{"$or":[{"a":["x"]}]}', 'The event pattern at $or must be a list of at least two objects.');
});
