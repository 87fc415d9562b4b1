import assert from 'node:assert/strict';
import { parseJson } from '../../../src/project/document/parseJson.ts';
import { createProblems } from '../../../src/project/problems.ts';
import { check } from './support/check.ts';
import { suiteOfTemplates } from './support/templates.ts';

const hello = (code = '.') =>
  `{ Type: AWS::Lambda::Function, Properties: { Handler: index.handler, Runtime: nodejs24.x, Code: ${code} } }`;

suite('nested stacks', () => {
  test('a child has the parameters that its parent gives, and the parent the outputs of the child', () =>
    check({
      files: {
        'template.yaml': `
Parameters: { Stage: { Type: String, Default: dev } }
Resources:
  Queues:
    Type: AWS::CloudFormation::Stack
    Properties: { TemplateURL: nested/queues.yaml, Parameters: { Prefix: !Sub 'shop-\${Stage}' } }
  Hello:
    Type: AWS::Lambda::Function
    Properties:
      Handler: index.handler
      Runtime: nodejs24.x
      Code: .
      Environment: { Variables: { QUEUE: !GetAtt Queues.Outputs.Url, NONE: !GetAtt Queues.Outputs.Gone } }
`,
        'index.ts': '',
        'nested/queues.yaml': `
Parameters: { Prefix: { Type: String, Default: unused } }
Resources:
  Jobs: { Type: AWS::SQS::Queue, Properties: { QueueName: !Sub '\${Prefix}-jobs' } }
Outputs: { Url: { Value: !Ref Jobs } }
`,
      },
      model: {
        functions: [
          {
            environment: {
              QUEUE: 'https://sqs.us-east-1.amazonaws.com/000000000000/shop-dev-jobs',
              NONE: '<unresolved Fn::GetAtt Queues.Outputs.Gone>',
            },
          },
        ],
        stacks: [
          { id: 'template.yaml', name: 'project', dialect: 'cloudformation' },
          { id: 'template.yaml/Queues', name: 'project-Queues', parentId: 'template.yaml' },
        ],
        resources: { queues: [{ name: 'shop-dev-jobs', stackId: 'template.yaml/Queues' }] },
        files: ['/project/template.yaml', '/project/nested/queues.yaml'],
      },
    }));

  test('applications are nested too, and a child with a template’s name is read once', () =>
    check({
      files: {
        'template.yaml': `
Resources:
  One: { Type: AWS::Serverless::Application, Properties: { Location: one/template.yaml } }
  Store: { Type: AWS::Serverless::Application, Properties: { Location: { ApplicationId: a, SemanticVersion: 1.0.0 } } }
`,
        'one/template.yaml': `Resources:\n  Hello: ${hello()}\n`,
        'one/index.ts': '',
      },
      model: { functions: [{ name: 'Hello', stackId: 'template.yaml/One', codeDirectory: '/project/one' }] },
    }));

  test('a stack within itself, one that is missing, and one that is elsewhere', () =>
    check({
      files: {
        'template.yaml': `
Resources:
  Self: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: ./template.yaml } }
  #                                                                    ^^^^^^^^^^^^^^^ error: is nested in itself
  Gone: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: gone.yaml } }
  #                                                                    ^^^^^^^^^ error: /project/gone.yaml does not exist
  Far: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: 'https://bucket.s3.amazonaws.com/t.yaml' } }
  #                                                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ info: is not a file of the workspace
`,
      },
    }));

  test('two stacks that pass a value around in a circle', () =>
    check({
      files: {
        'template.yaml': `
Resources:
  A: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: pass.yaml, Parameters: { In: !GetAtt B.Outputs.Out } } }
  B: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: pass.yaml, Parameters: { In: !GetAtt A.Outputs.Out } } }
`,
        'pass.yaml': `
Parameters: { In: { Type: String } }
Resources: { Queue: { Type: AWS::SQS::Queue, Properties: { QueueName: !Ref In } } }
Outputs: { Out: { Value: !Ref In } }
`,
      },
      model: { resources: { queues: [{ name: 'Queue' }, { name: 'Queue' }] } },
    }));

  test('a change of a nested template makes its parent stale', async () => {
    const model = await check({
      files: {
        'template.yaml':
          'Resources:\n  One: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: one.yaml } }\n',
        'one.yaml': 'Resources: {}\n',
      },
    });
    assert.deepEqual(model.files, ['/project/template.yaml', '/project/one.yaml']);
  });
});

suiteOfTemplates('parts of templates in other files', {
  'an include brings in resources': {
    resources: `
  Fn::Transform: { Name: AWS::Include, Parameters: { Location: more.yaml } }`,
    files: { 'more.yaml': `Included: ${hello()}\n` },
    model: { functions: [{ name: 'Included', definedAt: { file: '/project/more.yaml', startLine: 1 } }] },
  },
  'an include at the top, and one beside other keys': {
    head: `
Parameters: { File: { Type: String, Default: env } }
Transform: { Name: AWS::Include, Parameters: { Location: mappings.yaml } }`,
    resources: `
  Hello:
    Type: AWS::Lambda::Function
    Properties:
      Handler: index.handler
      Runtime: nodejs24.x
      Environment:
        Variables:
          OWN: a
          LEVEL: !FindInMap [M, a, b]
          Fn::Transform: { Name: AWS::Include, Parameters: { Location: !Sub '\${File}.json' } }`,
    files: {
      'mappings.yaml': 'Mappings: { M: { a: { b: deep } } }\n',
      'env.json': '{ "FROM": { "Ref": "File" } }',
    },
    model: { functions: [{ environment: { OWN: 'a', LEVEL: 'deep', FROM: 'env' } }] },
  },
  'an include of itself, and one from a bucket': {
    resources: `
  A: { Type: AWS::SQS::Queue, Properties: { Fn::Transform: { Name: AWS::Include, Parameters: { Location: 's3://b/k' } } } }
  #                                                                                                      ^^^^^^^^^^ info: is not a file of the workspace
  Fn::Transform: { Name: AWS::Include, Parameters: { Location: loop.yaml } }`,
    files: {
      'loop.yaml': `
Fn::Transform: { Name: AWS::Include, Parameters: { Location: ./loop.yaml } }
#                                                            ^^^^^^^^^^^ error: /project/loop.yaml includes itself
`,
    },
    model: { resources: { queues: [{ name: 'A' }] } },
  },
  'an OpenAPI file': {
    resources: `
  Api: { Type: AWS::Serverless::Api, Properties: { StageName: v1, DefinitionUri: api.yaml } }
  Hello: ${hello()}`,
    files: {
      'api.yaml': `
openapi: 3.0.1
info: { title: from-file }
paths:
  /a:
    get:
      x-amazon-apigateway-integration:
        type: aws_proxy
        uri: !Sub 'arn:aws:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${Hello.Arn}/invocations'
`,
    },
    model: {
      resources: {
        apis: [{ name: 'from-file', stages: ['Stage', 'v1'] }],
        routes: [
          { method: 'GET', path: '/a', functionName: 'Hello', definedAt: { file: '/project/api.yaml' } },
        ],
      },
    },
  },
});

suiteOfTemplates('loops of the language extensions', {
  'a loop over a list': {
    head: 'Transform: AWS::LanguageExtensions',
    resources: `
  Fn::ForEach::Queues:
    - Name
    - [alpha, be-ta]
    - Queue&{Name}:
        Type: AWS::SQS::Queue
        Properties: { QueueName: !Sub 'q-\${Name}', Tags: [{ Key: k, Value: !Ref Name }] }`,
    model: {
      resources: {
        queues: [
          { logicalId: 'Queuealpha', name: 'q-alpha' },
          { logicalId: 'Queuebeta', name: 'q-be-ta' },
        ],
      },
    },
  },
  'a loop in a loop, over a parameter': {
    head: "Parameters: { Names: { Type: CommaDelimitedList, Default: 'a,b' } }",
    resources: `
  Fn::ForEach::Outer:
    - X
    - !Ref Names
    - Fn::ForEach::Inner:
        - Y
        - ['1', '2']
        - Q\${X}\${Y}: { Type: AWS::SQS::Queue }`,
    model: { resources: { queues: [{ name: 'Qa1' }, { name: 'Qa2' }, { name: 'Qb1' }, { name: 'Qb2' }] } },
  },
  'loops that are wrong': {
    resources: `
  Fn::ForEach::Short: [a, [b]]
# ^^^^^^^^^^^^^^^^^^ error: takes a list of three
  Fn::ForEach::Unknown: [X, !ImportValue names, { 'Q\${X}': { Type: AWS::SQS::Queue } }]
  #                                      ^^^^^ error: is not known. Write it out here`,
    model: { resources: { queues: [] } },
  },
});

suite('JSON templates', () => {
  test('are read like YAML, with their places', () =>
    check({
      files: {
        'stack.template.json': `{
  "Resources": {
    "Hello": {
      "Type": "AWS::Lambda::Function",
      "Properties": { "Handler": "index.handler", "Runtime": "nodejs24.x", "Timeout": 5, "Code": "." }
    }
  }
}`,
        'index.ts': '',
      },
      model: {
        functions: [
          {
            timeoutSeconds: 5,
            definedAt: { startLine: 3, startColumn: 5, endColumn: 12 },
            ranges: { timeoutSeconds: { startLine: 5, startColumn: 87 } },
          },
        ],
      },
    }));

  const broken: Readonly<
    Record<string, [text: string, message: string, line: number, column: number, endColumn: number]>
  > = {
    'a comma too many': ['{ "Resources": {\n "A": "AWS::x",\n } }', 'a key in quotes is missing', 3, 2, 3],
    'a comma too few': ['{ "Resources": "AWS::"\n "x": 1 }', 'a comma is missing', 2, 2, 5],
    'no end': ['{ "Resources": [ "AWS::"', 'a closing bracket is missing', 1, 25, 26],
    'an open text': ['{ "Resources": "AWS:: }', 'the text has no closing quote', 1, 16, 24],
    'a bare word': ['{ "Resources": AWS:: }', 'a value is missing', 1, 16, 19],
    'something behind': ['{ "Resources": "AWS::" } x', 'nothing may follow the value', 1, 26, 27],
    'a wrong escape': ['{ "Resources": "AWS::\\x" }', 'the text has an escape', 1, 16, 25],
    'too deep': [`{ "Resources": "AWS::", "a": ${'['.repeat(200)}`, 'it is nested too deeply', 1, 129, 130],
  };
  for (const [name, [text, message, startLine, startColumn, endColumn]] of Object.entries(broken)) {
    test(`${name} is said where it is`, () => {
      const problems = createProblems();
      assert.equal(parseJson('/t.json', text, problems), undefined);
      const [problem] = problems.all();
      assert.ok(problem?.message.startsWith(`This file is not JSON: ${message}`), problem?.message);
      const place = {
        file: '/t.json',
        startLine,
        startColumn,
        endLine: startLine,
        endColumn,
      };
      assert.deepEqual(problem?.range, place);
    });
  }
});
