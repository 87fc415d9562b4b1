import assert from 'node:assert/strict';
import { handlerTextAt } from '../../../../src/analyzer/templates/handlerText.ts';

suite('the text of a handler that is being typed', () => {
  /** `|` is the caret; the expected text has the value replaced by `X`, or is undefined. */
  const check = (title: string, marked: string, expected: string | undefined, value = '') =>
    test(title, () => {
      const caret = marked.indexOf('|');
      const text = marked.slice(0, caret) + marked.slice(caret + 1);
      const before = marked.slice(0, caret).split('\n');
      const line = before.length;
      const found = handlerTextAt(text, line, (before.at(-1) ?? '').length + 1);
      assert.equal(found?.replacedBy('X'), expected);
      if (found)
        assert.equal(text.split('\n')[line - 1]?.slice(found.startColumn - 1, found.endColumn - 1), value);
    });

  check('may be empty', 'A:\n  Handler: |\n  Runtime: x', 'A:\n  Handler: X\n  Runtime: x');
  check('is plain', 'Handler: src/or|ders.handler', 'Handler: X', 'src/orders.handler');
  check('ends before a comment', 'Handler: src/a| # here', 'Handler: X # here', 'src/a');
  check('may be in quotes', "Handler: 'src/a|'", "Handler: 'X'", 'src/a');
  check('may lack its closing quote', 'Handler: "src/a|\nRuntime: x', 'Handler: "X"\nRuntime: x', 'src/a');
  check('may be JSON', '{ "Handler": "|", "Runtime": "x" }', '{ "Handler": "X", "Runtime": "x" }');
  check(
    'may be JSON that is not closed',
    '{ "Handler": "a|, "Runtime": "x" }',
    '{ "Handler": "X", "Runtime": "x" }',
    'a',
  );
  check('may be in a map on one line', '{ Handler: a|, Runtime: x }', '{ Handler: X, Runtime: x }', 'a');
  check("may be the Serverless Framework's", '    handler: a|', '    handler: X', 'a');
  check("may be Terraform's", '  handler = "a|"', '  handler = "X"', 'a');
  check('keeps the ends of lines', 'Handler: a|\r\nRuntime: x\r\n', 'Handler: X\r\nRuntime: x\r\n', 'a');
  check('is not what comes before it', 'Hand|ler: a', undefined);
  check('is not what comes behind it', 'Handler: a # com|ment', undefined);
  check('is not the key itself', 'Handler:|', undefined);
  check('is not a tag', 'Handler: !Sub a|', undefined);
  check('is not the value of another key', 'HandlerName: a|', undefined);
  check('is not there in another line', 'Handler: a\n|', undefined);
});
