import assert from 'node:assert/strict';
import { createProjectReader } from '../../../src/project/readProject.ts';
import { check, type ExpectedModel } from './support/check.ts';
import { memoryFiles } from './support/memoryFiles.ts';

const hello = `Resources:
  Hello:
    Type: AWS::Serverless::Function
    Properties: { Handler: index.handler, Runtime: nodejs24.x, CodeUri: . }
`;

/** What a workspace of these files comes to, by the names of its functions. */
const workspaces: Readonly<Record<string, readonly [Readonly<Record<string, string>>, readonly string[]]>> = {
  'a template with a name of its own': [{ 'infra/api.yaml': hello }, ['Hello']],
  'resources in flow style': [
    {
      'sam.yml':
        'Resources: { "Hello": { "Type": "AWS::Lambda::Function", "Properties": { Handler: a.b, Runtime: nodejs24.x, Code: . } } }\n',
    },
    ['Hello'],
  ],
  'one that is nested in a template is no root': [
    {
      'template.yaml':
        'Resources:\n  Child: { Type: AWS::Serverless::Application, Properties: { Location: child.yaml } }\n',
      'child.yaml': hello,
    },
    ['Hello'],
  ],
  'resources that a serverless.yml includes belong to it': [
    {
      'serverless.yml': `service: shop\nprovider: { name: aws }\nresources: \${file(resources.yml)}\n`,
      'resources.yml': hello,
    },
    ['Hello'],
  ],
  'what `sam package` wrote': [{ 'template.yaml': hello, 'packaged.yaml': hello }, ['Hello']],
  'text that a tool fills in first': [{ 'stack.yaml': `{% if blue %}\n${hello}{% endif %}\n` }, []],
  'YAML that is none': [
    {
      'deploy.yaml': 'kind: Deployment\nspec: { replicas: 2 }\n',
      'network.yaml': 'Resources: { Vpc: { Type: AWS::EC2::VPC } }\n',
      'broken.yaml': 'a: [\n',
      'notes.yaml': 'text: Type: AWS::Lambda::Function\n',
    },
    [],
  ],
  'YAML of installed packages': [{ 'node_modules/a/stack.yaml': hello }, []],
};

suite('templates that do not have a template’s name', () => {
  for (const [name, [files, functions]] of Object.entries(workspaces)) {
    test(name, () => {
      const model: ExpectedModel = { functions: functions.map(each => ({ name: each })) };
      return check({ files: { ...files, 'index.ts': '', 'infra/index.ts': '', 'a.ts': '' }, model });
    });
  }

  test('one that becomes a template is read', async () => {
    const texts = new Map([['stack.yaml', 'a: 1\n']]);
    const reader = createProjectReader('/project', memoryFiles(texts));
    assert.deepEqual((await reader.read()).functions, []);
    texts.set('stack.yaml', hello);
    const { functions } = await reader.read(new Set(['/project/stack.yaml']));
    assert.deepEqual(
      functions.map(({ name }) => name),
      ['Hello'],
    );
  });
});
