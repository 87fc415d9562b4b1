import assert from 'node:assert/strict';
import { parseYaml } from '../../../src/project/document/parseYaml.ts';
import { createProblems } from '../../../src/project/problems.ts';
import { check, checkTemplate } from './support/check.ts';

const hello = `
  Hello:
    Type: AWS::Serverless::Function
    Properties: { Handler: index.handler, Runtime: nodejs24.x }
`;

suite('templates that are not as they should be', () => {
  test('a syntax error has its position, and the other templates are still read', () =>
    check({
      files: {
        'a/template.yaml': `
Resources:
  Broken: { Type: AWS::Serverless::Function, Properties: { Handler: index.handler
  Next:
# ^ error: does not parse
    Type: x
`,
        'b/template.yaml': `Resources:${hello}`,
        'b/index.ts': '',
      },
      model: { functions: [{ name: 'Hello' }] },
    }));

  test('a key that is written twice', () =>
    checkTemplate(
      `
Resources:
  Hello:
    Type: AWS::Serverless::Function
    Properties:
      Handler: index.handler
      Runtime: nodejs20.x
      Runtime: nodejs24.x
#     ^^^^^^^ error: Runtime is written twice
`,
      { functions: [{ runtime: 'nodejs24.x' }] },
    ));

  test('an anchor inside of itself', () =>
    checkTemplate(
      `
Resources:
  Hello:
    Type: AWS::Serverless::Function
    Properties: &all
      Handler: index.handler
      Runtime: nodejs24.x
      Tags: *all
#           ^^^^ error: it would never end
`,
      { functions: [{ name: 'Hello' }] },
    ));

  test('anchors that multiply without end are refused', () => {
    const levels = Array.from({ length: 20 }, (_, n) =>
      n === 0
        ? 'a0: &a0 [x, x]'
        : `a${n}: &a${n} [${Array(10)
            .fill(`*a${n - 1}`)
            .join(', ')}]`,
    );
    const problems = createProblems();
    const started = performance.now();
    assert.equal(parseYaml('/t.yaml', levels.join('\n'), problems), undefined);
    assert.match(problems.all()[0]?.message ?? '', /stand for more than 1,000,000 values/);
    assert.ok(performance.now() - started < 1_000);
  });

  test('anchors and merges are followed', () =>
    checkTemplate(
      `
Common: &common
  Runtime: nodejs24.x
  Timeout: 7
Resources:
  Hello:
    Type: AWS::Serverless::Function
    Properties:
      <<: *common
      Handler: index.handler
      Timeout: 9
`,
      { functions: [{ runtime: 'nodejs24.x', timeoutSeconds: 9 }] },
    ));

  test('tags that CloudFormation does not know', () =>
    checkTemplate(
      `
Resources:
  Hello:
    Type: AWS::Serverless::Function
    Properties:
      Handler: !Handler index.handler
#                       ^^^^^^^^^^^^^ warning: !Handler is not one of CloudFormation's tags
      Runtime: nodejs24.x
`,
      { functions: [{ handler: 'index.handler' }] },
    ));

  for (const [name, text] of [
    ['lists', '['.repeat(100_000)],
    ['closed lists', `a: ${'['.repeat(300)}${']'.repeat(300)}`],
    ['maps', `a: ${'{a: '.repeat(500)}${'}'.repeat(500)}`],
  ] as const) {
    test(`${name} nested without end`, () => {
      const problems = createProblems();
      assert.equal(parseYaml('/t.yaml', text, problems), undefined);
      assert.equal(problems.all().length, 1);
    });
  }

  test('a template of 5 MB is above the limit of CloudFormation, and not read', () =>
    check({
      files: {
        'template.yaml': `# AWS::
#! error: This template has 5.0 MB, and CloudFormation accepts 1 MB
Resources:${hello}${`  # ${'x'.repeat(100)}\n`.repeat(50_000)}`,
      },
      model: { functions: [], files: ['/project/template.yaml'] },
    }));

  for (const text of ['', '\n', '# AWS:: Resources', '- Resources\n- AWS::x', '\u0000AWS::Resources']) {
    test(`${JSON.stringify(text)} is no template`, () =>
      check({ files: { 'template.yaml': text }, model: { functions: [], problems: [], files: [] } }));
  }
});
