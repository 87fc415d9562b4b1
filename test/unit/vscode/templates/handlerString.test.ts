import assert from 'node:assert/strict';
import { literalOf, rewriteHandler, writePlain } from '../../../../src/vscode/templates/handlerString.ts';

suite('a handler string in a template', () => {
  const check = (written: string, other: string, expected: string | undefined) =>
    test(`written as ${written} becomes ${expected ?? 'nothing: it is left alone'}`, () => {
      assert.equal(rewriteHandler(written, 'src/a.handler', other), expected);
    });
  check('src/a.handler', 'src/b.handler', 'src/b.handler');
  check('"src/a.handler"', 'src/b.handler', '"src/b.handler"');
  check("'src/a.handler'", 'src/b.handler', "'src/b.handler'");
  check('src/a.handler', '[id]/get.handler', '"[id]/get.handler"');
  check('src/a.handler', '@scope/a.handler', '"@scope/a.handler"');
  check("'src/a.handler'", "it's.handler", "'it''s.handler'");
  check('"src/a.handler"', 'a\\b.handler', '"a\\\\b.handler"');
  check(`!Sub "src/\${Name}.handler"`, 'src/b.handler', undefined);
  check(`"\${self:custom.handler}"`, 'src/b.handler', undefined);
  check('!Ref Handler', 'src/b.handler', undefined);

  const plain = (text: string, expected: string) =>
    test(`${text} is written as ${expected}`, () => assert.equal(writePlain(text), expected));
  plain('src/orders.handler', 'src/orders.handler');
  plain('.build/a-b_c.$default', '.build/a-b_c.$default');
  plain('a b.handler', '"a b.handler"');
  plain('{a}.handler', '"{a}.handler"');
});

suite('a literal of a template', () => {
  const check = (written: string, expected: string | undefined) =>
    test(`${JSON.stringify(written)} is ${expected ?? 'none'}`, () =>
      assert.equal(literalOf(written), expected));
  check('dev', 'dev');
  check('"dev"', 'dev');
  check("'it''s'", "it's");
  check('"a\\nb"', 'a\nb');
  check('160', '160');
  check('!Ref Stage', undefined);
  check('{ Ref: Stage }', undefined);
  check('*anchor', undefined);
  check('|\n  text', undefined);
  check('"\\x"', undefined);
});
