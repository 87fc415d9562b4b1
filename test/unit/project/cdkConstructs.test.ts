import assert from 'node:assert/strict';
import { findConstructs } from '../../../src/project/cdk/constructs.ts';
import type { DocNode } from '../../../src/project/document/sourceDocument.ts';
import { readProject } from '../../../src/project/readProject.ts';
import { check } from './support/check.ts';
import { memoryFiles } from './support/memoryFiles.ts';

/** What is written in the options of a construct, and the members of the function that it comes to. */
const options: Readonly<Record<string, readonly [written: string, expected: Record<string, unknown>]>> = {
  'a name': ["functionName: 'orders'", { name: 'orders' }],
  'a template without parts': ['functionName: `orders`', { name: 'orders' }],
  'a constant of the file': ['functionName: NAME', { name: 'shop' }],
  'shorthand for a constant': ['functionName', { name: 'short' }],
  'keys in quotes, commas at the end': ["'description': \"it's\",", { description: "it's" }],
  'comments in between': [
    "/* a */ description: 'x', // b\n // memorySize: 1",
    { description: 'x', memorySizeMb: 128 },
  ],
  seconds: ['timeout: Duration.seconds(30)', { timeoutSeconds: 30 }],
  'minutes of the whole library': ['timeout: cdk.Duration.minutes(2)', { timeoutSeconds: 120 }],
  memory: ['memorySize: 1_024', { memorySizeMb: 1024 }],
  storage: ['ephemeralStorageSize: Size.gibibytes(2)', { ephemeralStorageMb: 2048 }],
  runtime: ['runtime: lambda.Runtime.NODEJS_24_X', { runtime: 'nodejs24.x' }],
  'another language': ['runtime: Runtime.PYTHON_3_13', { runtime: 'python3.13' }],
  architecture: ['architecture: lambda.Architecture.ARM_64', { architecture: 'arm64' }],
  tracing: ['tracing: Tracing.ACTIVE', { tracing: 'Active' }],
  concurrency: ['reservedConcurrentExecutions: 5', { reservedConcurrency: 5 }],
  environment: [
    "environment: { A: 'b', B: String(1), ...rest, [c]: 'd' }",
    { environment: { A: 'b', B: '<unresolved String(1)>' } },
  ],
  'a reference': [
    `environment: { TABLE: table.tableName, JOINED: \`\${table.tableName}-x\` }`,
    {
      environment: {
        TABLE: '<unresolved table.tableName>',
        JOINED: `<unresolved \`\${table.tableName}-x\`>`,
      },
    },
  ],
  'an expression is no literal': [
    "environment: { A: 'a' + b }",
    { environment: { A: "<unresolved 'a' + b>" } },
  ],
  'code in place': [
    "code: lambda.Code.fromInline('exports.handler = 1'), handler: 'index.handler'",
    { inlineCode: 'exports.handler = 1' },
  ],
  'code in place, by its class': [
    "code: new lambda.InlineCode('exports.handler = 1'), handler: 'index.handler'",
    { inlineCode: 'exports.handler = 1' },
  ],
  'code in a folder, by its class': [
    "code: new AssetCode('lambda'), handler: 'orders.main'",
    { entryFile: '/project/lambda/orders.js' },
  ],
  'code in a folder': [
    "code: Code.fromAsset(join(__dirname, '..', 'lambda')), handler: 'orders.main'",
    { codeDirectory: '/project/lambda', entryFile: '/project/lambda/orders.js', handler: 'orders.main' },
  ],
};

suite('functions of CDK sources', () => {
  for (const [name, [written, expected]] of Object.entries(options)) {
    test(name, async () => {
      const text = `import * as lambda from 'aws-cdk-lib/aws-lambda';
const NAME = 'shop';
const functionName: string = 'short';
// new lambda.Function(this, 'Commented', {});
const text = "new lambda.Function(this, 'Quoted', {})";
new lambda.Function(this, 'Orders', { handler: 'orders.main', runtime: Runtime.NODEJS_22_X, ${written} });
`;
      const files = new Map([
        ['cdk.json', '{}'],
        ['lib/shop.ts', text],
        ['lib/orders.js', ''],
        ['lib/orders.py', ''],
        ['lambda/orders.js', ''],
      ]);
      const { functions, problems } = await readProject('/project', memoryFiles(files));
      assert.deepEqual(
        problems.map(problem => problem.severity),
        ['info'],
      );
      const members = functions.map(definition =>
        Object.fromEntries(Object.entries(definition).filter(([member]) => member in expected)),
      );
      assert.deepEqual(members, [expected]);
    });
  }

  test('a NodejsFunction has an entry, or a file beside the program', () =>
    check({
      files: {
        'cdk.json': '{ "output": "elsewhere" }\n',
        'lib/shop.ts': `import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
new NodejsFunction(this, 'named', { entry: path.join(__dirname, '../src/named.ts'), handler: 'main', bundling: { minify: true, externalModules: ['x'] } });
new nodejs.NodejsFunction(this, 'beside');
`,
        'src/named.ts': '',
        'lib/shop.beside.ts': '',
      },
      model: {
        functions: [
          {
            name: 'named',
            handler: 'index.main',
            entryFile: '/project/src/named.ts',
            bundling: { minify: true, external: ['x'] },
            definedAt: { file: '/project/lib/shop.ts', startLine: 2, startColumn: 1 },
          },
          { name: 'beside', handler: 'index.handler', entryFile: '/project/lib/shop.beside.ts' },
        ],
      },
      problems: ['cdk.json:1:1-1 info: This application was not synthesized yet'],
    }));

  /** Whether `new <name>(` constructs a function of Lambda's after the import. */
  const origins: readonly (readonly [imported: string, name: string, isLambdas: boolean])[] = [
    ["import { Function } from 'aws-cdk-lib/aws-lambda';", 'Function', true],
    ["import { Function as Fn, Runtime } from '@aws-cdk/aws-lambda';", 'lambda.Function', true],
    ["import { aws_lambda as l } from 'aws-cdk-lib';", 'l.Function', true],
    ["import * as cdk from 'aws-cdk-lib';", 'cdk.aws_lambda.Function', true],
    ["const { Function } = require('aws-cdk-lib/aws-lambda');", 'Function', true],
    ["import lambda = require('aws-cdk-lib/aws-lambda');", 'lambda.Function', true],
    ["import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';", 'cloudfront.Function', false],
    ["import { Function } from 'aws-cdk-lib/aws-cloudfront';", 'Function', false],
    ["import { aws_cloudfront as cf } from 'aws-cdk-lib';", 'cf.Function', false],
    ["import * as lambda from 'aws-cdk-lib/aws-lambda';", 'Function', false],
  ];
  for (const [imported, name, isLambdas] of origins) {
    test(`new ${name} after ${imported}`, () => {
      const found = findConstructs('/a.ts', `${imported}\nnew ${name}(this, 'a', {});`);
      assert.deepEqual(
        found.map(({ id }) => id),
        isLambdas ? ['a'] : [],
      );
    });
  }

  test('a PythonFunction has a folder, a file in it and a handler, the last two with defaults', () =>
    check({
      files: {
        'cdk.json': '{}\n',
        'deployment/deep/stack.ts': `import { PythonFunction } from '@aws-cdk/aws-lambda-python-alpha';
new PythonFunction(this, 'One', { entry: 'lambda/one', index: 'app.py', handler: 'main', runtime: Runtime.PYTHON_3_13 });
new PythonFunction(this, 'Two', { entry: 'lambda/two', runtime: Runtime.PYTHON_3_13 });
`,
        'lambda/one/app.py': '',
        'lambda/two/index.py': '',
      },
      model: {
        functions: [
          {
            handler: 'app.main',
            codeDirectory: '/project/lambda/one',
            entryFile: '/project/lambda/one/app.py',
          },
          { handler: 'index.handler', entryFile: '/project/lambda/two/index.py' },
        ],
      },
      problems: ['cdk.json:1:1-1 info: This application was not synthesized yet'],
    }));

  test('a DockerImageFunction is a container image', () =>
    check({
      files: {
        'cdk.json': '{}\n',
        'lib/stack.ts': `import * as lambda from 'aws-cdk-lib/aws-lambda';
new lambda.DockerImageFunction(this, 'Image', { code: lambda.DockerImageCode.fromImageAsset('image'), memorySize: 512 });
`,
      },
      model: { functions: [{ name: 'Image', runtime: 'container image', memorySizeMb: 512 }] },
      problems: [
        'cdk.json:1:1-1 info: This application was not synthesized yet',
        'lib/stack.ts:2:1-31 info: Image is a container image',
      ],
    }));

  test('what is computed is not made up', () =>
    check({
      files: {
        'cdk.json': '{}\n',
        'lib/stack.ts': `import { Function } from 'aws-cdk-lib/aws-lambda';
new Function(this, 'Options', options);
new Function(this, props.id, { handler: 'index.handler', runtime: Runtime.NODEJS_22_X, code: codeOf(props) });
`,
      },
      model: { functions: [{ name: 'propsid' }] },
      problems: [
        'cdk.json:1:1-1 info: This application was not synthesized yet',
        'lib/stack.ts:3:94-108 info: The code of propsid is not in this workspace',
      ],
    }));

  test('an application whose functions are not seen says what shows them', () =>
    check({
      files: { 'cdk.json': '{ "app": "python3 app.py" }\n', 'app.py': '' },
      model: { functions: [] },
      problems: ['cdk.json:1:1-1 info: This application was not synthesized yet. Run cdk synth to see its'],
    }));

  const hostile = [
    'new lambda.Function(',
    'new lambda.Function(this, "a", {',
    `new lambda.Function(this, \`\${`,
    'new lambda.Function({[(',
    'new lambda.Function(this, "a", {a:'.repeat(500),
    `new lambda.Function(this, 'a', ${'['.repeat(5000)}`,
    "const a = '",
    `import ${'{'.repeat(20000)}`,
    'const a = '.repeat(5000),
    'new lambda.Function(this, "a", { b() { return 1 }, get c() {}, async d() {}, ...e, f: x => ({ g: 1 }) })',
  ];
  for (const text of hostile) {
    test(`${JSON.stringify(text.slice(0, 40))} is read without harm`, () => {
      const started = performance.now();
      for (const construct of findConstructs('/a.ts', text)) assert.ok(plain(construct.options) !== null);
      assert.ok(performance.now() - started < 500);
    });
  }
});

function plain(node: DocNode | undefined): unknown {
  return node?.kind;
}
