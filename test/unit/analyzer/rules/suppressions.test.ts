import assert from 'node:assert/strict';
import { suppressionFor } from '../../../../src/analyzer/rules/suppressions.ts';
import { parse } from '../../../../src/analyzer/syntax.ts';

/** The text with the comment that keeps the rule `slow` quiet at `bad()`; undefined where none would. */
function suppressed(text: string): string | undefined {
  const found = suppressionFor('slow', text.indexOf('bad()'), parse('/app/handler.tsx', text));
  if (!found) return undefined;
  const { at, before, after, needsReason } = found;
  return text.slice(0, at) + before + (needsReason ? '<reason>' : '') + after + text.slice(at);
}

suite('suppressing a finding', () => {
  const check = (title: string, before: string, after: string | undefined) =>
    test(title, () => assert.equal(suppressed(before), after));

  check(
    'inserts a comment above, as far to the right',
    'if (x) {\n\t  bad();\n}\n',
    'if (x) {\n\t  // lambda-lens-disable-next-line slow -- <reason>\n\t  bad();\n}\n',
  );
  check(
    'on the first line',
    'const a = bad();',
    '// lambda-lens-disable-next-line slow -- <reason>\nconst a = bad();',
  );
  check(
    'with the end of line that the file has',
    'a();\r\nbad();\r\n',
    'a();\r\n// lambda-lens-disable-next-line slow -- <reason>\r\nbad();\r\n',
  );
  check(
    'joins a comment about other rules',
    '// lambda-lens-disable-next-line other, more -- runs once a day\nbad();\n',
    '// lambda-lens-disable-next-line other, more, slow -- runs once a day\nbad();\n',
  );
  check(
    'adds the reason without which a comment has no effect',
    '  // lambda-lens-disable-next-line slow\n  bad();\n',
    '  // lambda-lens-disable-next-line slow -- <reason>\n  bad();\n',
  );
  check(
    'is not offered where a comment would become part of a text',
    `const a = \`\n\${bad()}\n\`;`,
    undefined,
  );
  check('is not offered within JSX', 'const a = <p>\n  {bad()}\n</p>;', undefined);
  check(
    'is offered within the code of a text',
    `const a = \`\${\n  bad()}\`;`,
    `const a = \`\${\n  // lambda-lens-disable-next-line slow -- <reason>\n  bad()}\`;`,
  );
});
