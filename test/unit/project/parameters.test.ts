import assert from 'node:assert/strict';
import { parseToml } from '../../../src/project/document/parseToml.ts';
import type { DocNode } from '../../../src/project/document/sourceDocument.ts';
import { createProblems } from '../../../src/project/problems.ts';
import { check } from './support/check.ts';

const template = `
Parameters:
  Stage: { Type: String, Default: dev }
  Limit: { Type: Number, Default: 1 }
Resources:
  Hello:
    Type: AWS::Serverless::Function
    Properties:
      Handler: index.handler
      Runtime: nodejs24.x
      Environment: { Variables: { STAGE: !Ref Stage, LIMIT: !Ref Limit, STACK: !Ref 'AWS::StackName' } }
`;

const given: Readonly<Record<string, [files: Record<string, string>, environment: Record<string, string>]>> =
  {
    'nothing: the defaults': [{}, { STAGE: 'dev', LIMIT: '1', STACK: 'project' }],
    'samconfig.toml, in one text': [
      {
        'samconfig.toml': `version = 0.1
[default.deploy.parameters]
stack_name = "shop"
parameter_overrides = "Stage=prod Limit=\\"2\\""
`,
      },
      { STAGE: 'prod', LIMIT: '2', STACK: 'shop' },
    ],
    'samconfig.toml, in a list': [
      {
        'samconfig.toml':
          '[default.global.parameters]\nparameter_overrides = [\n  "Stage=prod", # comment\n  "Limit=3",\n]\n',
      },
      { STAGE: 'prod', LIMIT: '3', STACK: 'project' },
    ],
    'samconfig.toml, in the long form': [
      {
        'samconfig.toml':
          '[default.deploy.parameters]\nparameter_overrides = \'ParameterKey=Stage,ParameterValue="a b" ParameterKey=Limit,ParameterValue=4\'\n',
      },
      { STAGE: 'a b', LIMIT: '4', STACK: 'project' },
    ],
    'samconfig.yaml': [
      { 'samconfig.yaml': 'default:\n  deploy:\n    parameters: { parameter_overrides: { Stage: prod } }\n' },
      { STAGE: 'prod', LIMIT: '1', STACK: 'project' },
    ],
    'a parameter file': [
      { 'template.parameters.json': '[{ "ParameterKey": "Stage", "ParameterValue": "prod" }]' },
      { STAGE: 'prod', LIMIT: '1', STACK: 'project' },
    ],
    'a parameter file of CodePipeline, before samconfig.toml': [
      {
        'parameters.json': '{ "Parameters": { "Stage": "prod" } }',
        'samconfig.toml': '[default.deploy.parameters]\nparameter_overrides = "Stage=other Limit=5"\n',
      },
      { STAGE: 'prod', LIMIT: '5', STACK: 'project' },
    ],
  };

suite('parameters are given by', () => {
  for (const [name, [files, environment]] of Object.entries(given)) {
    test(name, () =>
      check({
        files: { 'template.yaml': template, 'index.ts': '', ...files },
        model: { functions: [{ environment }] },
      }),
    );
  }

  test('a samconfig.toml that is no TOML says where, and the defaults hold', () =>
    check({
      files: {
        'template.yaml': template,
        'index.ts': '',
        'samconfig.toml': `[default.deploy.parameters]
parameter_overrides = Stage=prod
#                     ^ error: Unexpected character. Correct it here
`,
      },
      model: { functions: [{ environment: { STAGE: 'dev' } }] },
    }));
});

suite('TOML', () => {
  const cases: Readonly<Record<string, [text: string, expected: unknown]>> = {
    'keys and tables': [
      'a = 1\n[b]\nc.d = "e"\n[b.f]\ng = true',
      { a: 1, b: { c: { d: 'e' }, f: { g: true } } },
    ],
    texts: [
      `a = "x\\ty\\u00e9\\\\" # c\nb = 'C:\\n'\nc = """\none\\\n   two"""\nd = '''\nx'''`,
      { a: 'x\tyé\\', b: 'C:\\n', c: 'onetwo', d: 'x' },
    ],
    numbers: ['a = 1_000\nb = -0.5\nc = 0x10\nd = 2026-01-02', { a: 1000, b: -0.5, c: 16, d: '2026-01-02' }],
    'lists and inline tables': ['a = [1, [2], { b = "c", d = [] }, ]', { a: [1, [2], { b: 'c', d: [] }] }],
    'lists of tables': ['[[a]]\nb = 1\n[[a]]\nb = 2\n[a.c]\nd = 3', { a: [{ b: 1 }, { b: 2, c: { d: 3 } }] }],
    'quoted keys': ['"a b" = 1\n\'c.d\' = 2', { 'a b': 1, 'c.d': 2 }],
    nothing: ['', {}],
  };
  for (const [name, [text, expected]] of Object.entries(cases)) {
    test(name, () => {
      const problems = createProblems();
      const root = parseToml('/t.toml', text, problems);
      assert.deepEqual(problems.all(), []);
      assert.deepEqual(root && plain(root), expected);
    });
  }

  for (const text of [
    'a',
    'a =',
    '[a',
    'a = "x',
    'a = [1',
    'a = {b = 1',
    '= 1',
    'a = 1 b = 2',
    'a = 1\na = 2',
    'a = 1\n[a]',
  ]) {
    test(`${JSON.stringify(text)} is an error with a position`, () => {
      const problems = createProblems();
      assert.equal(parseToml('/t.toml', text, problems), undefined);
      assert.match(problems.all()[0]?.message ?? '', /^This file is not TOML: /);
    });
  }
});

function plain(node: DocNode): unknown {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'seq') return node.items.map(plain);
  return Object.fromEntries([...node.entries].map(([key, entry]) => [key, plain(entry.value)]));
}
