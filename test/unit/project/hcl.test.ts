import assert from 'node:assert/strict';
import { parseHcl } from '../../../src/project/document/parseHcl.ts';
import type { DocNode } from '../../../src/project/document/sourceDocument.ts';
import { createProblems } from '../../../src/project/problems.ts';

const reference = (path: string) => ({ 'Tf::Reference': path });

/** An expression, and what it is read as. */
const expressions: Readonly<Record<string, readonly [written: string, expected: unknown]>> = {
  text: ['"a \\"b\\" \\n c"', 'a "b" \n c'],
  numbers: ['[1, -2.5, 1e3]', [1, -2.5, 1000]],
  'flags and null': ['[true, false, null]', [true, false, null]],
  'a reference': ['aws_sqs_queue.jobs.arn', reference('aws_sqs_queue.jobs.arn')],
  'a reference with an index': ['aws_subnet.a[0].id', reference('aws_subnet.a[0].id')],
  'a reference by a key': ['aws_subnet.a["x"].id', reference('aws_subnet.a["x"].id')],
  'a text with a reference': [`"\${aws_x.y.arn}/*"`, { 'Tf::Template': [reference('aws_x.y.arn'), '/*'] }],
  'a text around references': [
    `"a-\${var.b}-c-\${local.d}"`,
    { 'Tf::Template': ['a-', reference('var.b'), '-c-', reference('local.d')] },
  ],
  'an escaped interpolation': [`"$\${a}"`, `\${a}`],
  'a call': ['jsonencode({ a = [1] })', { 'Tf::Call': ['jsonencode', { a: [1] }] }],
  'calls in calls': [
    'join("-", concat([a.b], []))',
    { 'Tf::Call': ['join', '-', { 'Tf::Call': ['concat', [reference('a.b')], []] }] },
  ],
  'an object with both signs': ['{ a = 1, "b c" : 2\n d = 3 }', { a: 1, 'b c': 2, d: 3 }],
  'an object whose keys are numbers': ['{ 200 = "OK", 4.5 = 1 }', { 200: 'OK', 4.5: 1 }],
  'a list over lines': ['[\n  1, # one\n  2,\n]', [1, 2]],
  'a heredoc': ['<<EOT\n  a\n b\nEOT', '  a\n b\n'],
  'an indented heredoc': ['<<-EOT\n    a\n      b\n  EOT', 'a\n  b\n'],
  'a condition': ['var.a ? 1 : 2', '<unresolved var.a ? 1 : 2>'],
  'a sum': ['1 + 2', '<unresolved 1 + 2>'],
  'a comparison': ['a.b == "c"', '<unresolved a.b == "c">'],
  'a loop': ['[for x in var.y : x.id]', '<unresolved [for x in var.y : x.id]>'],
  'a splat': ['aws_subnet.a[*].id', '<unresolved aws_subnet.a[*].id>'],
  'a computed index': ['aws_subnet.a[count.index].id', '<unresolved aws_subnet.a[count.index].id>'],
  'something in parentheses': ['(1)', '<unresolved (1)>'],
  'an unknown within a list': ['[a.b + 1, "c"]', ['<unresolved a.b + 1>', 'c']],
};

suite('HCL', () => {
  for (const [name, [written, expected]] of Object.entries(expressions)) {
    test(name, () => {
      const problems = createProblems();
      const blocks = parseHcl('/a.tf', `locals {\n  a = ${written}\n  after = true\n}\n`, problems);
      assert.deepEqual(problems.all(), []);
      assert.deepEqual(
        blocks?.map(({ type, body }) => [type, plain(body)]),
        [['locals', { a: expected, after: true }]],
      );
    });
  }

  test('blocks within blocks are lists, with the places of their headers', () => {
    const problems = createProblems();
    const text = `/* first */
resource "aws_lambda_function" "orders" {
  // comment
  environment {
    variables = { A = "b" }
  }
  tag { key = 1 }
  tag { key = 2 }
}
variable stage {}
`;
    const blocks = parseHcl('/a.tf', text, problems) ?? [];
    assert.deepEqual(
      blocks.map(({ type, labels, body, place }) => [
        type,
        labels,
        plain(body),
        text.slice(place.start, place.end),
      ]),
      [
        [
          'resource',
          ['aws_lambda_function', 'orders'],
          { environment: [{ variables: { A: 'b' } }], tag: [{ key: 1 }, { key: 2 }] },
          'resource "aws_lambda_function" "orders" ',
        ],
        ['variable', ['stage'], {}, 'variable stage '],
      ],
    );
  });

  const broken: Readonly<Record<string, readonly [text: string, message: string]>> = {
    'a block without an end': ['resource "a" "b" {\n  c = 1\n', 'a closing brace is missing'],
    'a list without an end': ['a = [1, 2', 'a closing ] is missing'],
    'a text without an end': ['a = "b\n', 'the text has no closing quote'],
    'a heredoc without an end': ['a = <<EOT\nb\n', 'the line EOT that ends the heredoc is missing'],
    'an object without a sign': ['a = { b }', 'an equals sign is missing'],
    'a name that is none': ['a {\n  = 1\n}', 'a name is missing'],
    'neither block nor value': ['a "b" 1', 'a block or a value is missing'],
    'too deep': [`a = ${'['.repeat(200)}`, 'it is nested too deeply'],
  };
  for (const [name, [text, message]] of Object.entries(broken)) {
    test(`${name} is said`, () => {
      const problems = createProblems();
      assert.equal(parseHcl('/a.tf', text, problems), undefined);
      assert.ok(
        problems.all()[0]?.message.startsWith(`This file does not parse: ${message}`),
        problems.all()[0]?.message,
      );
    });
  }
});

function plain(node: DocNode): unknown {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'seq') return node.items.map(plain);
  return Object.fromEntries([...node.entries].map(([key, entry]) => [key, plain(entry.value)]));
}
