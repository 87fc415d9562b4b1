import assert from 'node:assert/strict';
import { check, checkTemplate } from './support/check.ts';

suite('functions of a SAM template', () => {
  test('a function has what the template says of it', () =>
    checkTemplate(
      `
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: orders-api
      CodeUri: src/
      Handler: orders.handler
      Runtime: nodejs24.x
      Timeout: 10
      MemorySize: 512
      Environment:
        Variables:
          TABLE: orders
          LIMIT: 25
          DEBUG: yes
`,
      {
        root: '/project',
        files: ['/project/template.yaml'],
        functions: [
          {
            name: 'orders-api',
            logicalId: 'Orders',
            runtime: 'nodejs24.x',
            handler: 'orders.handler',
            codeDirectory: '/project/src',
            entryFile: '/project/src/orders.ts',
            timeoutSeconds: 10,
            memorySizeMb: 512,
            environment: { TABLE: 'orders', LIMIT: '25', DEBUG: 'true' },
            roleArn: 'arn:aws:iam::000000000000:role/OrdersRole',
            definedAt: {
              file: '/project/template.yaml',
              startLine: 3,
              startColumn: 3,
              endLine: 3,
              endColumn: 9,
            },
          },
        ],
      },
      ['src/orders.ts', 'src/orders.js'],
    ));

  test("what is left out has Lambda's defaults", () =>
    checkTemplate(
      `
Resources:
  Plain: { Type: AWS::Serverless::Function, Properties: { Handler: index.handler, Runtime: nodejs24.x } }
`,
      {
        functions: [
          { name: 'Plain', timeoutSeconds: 3, memorySizeMb: 128, environment: {}, codeDirectory: '/project' },
        ],
      },
    ));

  test('globals go under what the function says itself', () =>
    checkTemplate(
      `
Globals:
  Function:
    Runtime: nodejs24.x
    Timeout: 30
    Environment:
      Variables: { STAGE: dev, LOG: info }
Resources:
  Own:
    Type: AWS::Serverless::Function
    Properties:
      Handler: index.handler
      Timeout: 5
      Environment:
        Variables: { LOG: debug }
`,
      { functions: [{ timeoutSeconds: 5, environment: { STAGE: 'dev', LOG: 'debug' } }] },
    ));

  test('esbuild metadata names the entry point and how it is bundled', () =>
    checkTemplate(
      `
Resources:
  Bundled:
    Type: AWS::Serverless::Function
    Metadata:
      BuildMethod: esbuild
      BuildProperties:
        Format: esm
        Minify: false
        Target: es2022
        Sourcemap: true
        EntryPoints: [src/deep/orders.ts]
        External: ['@aws-sdk/*']
    Properties: { Handler: orders.handler, Runtime: nodejs24.x }
`,
      {
        functions: [
          {
            entryFile: '/project/src/deep/orders.ts',
            bundling: {
              format: 'esm',
              minify: false,
              target: 'es2022',
              sourcemap: true,
              entryPoints: ['src/deep/orders.ts'],
              external: ['@aws-sdk/*'],
            },
          },
        ],
      },
      ['src/deep/orders.ts'],
    ));

  test('a folder stands for its index file', () =>
    checkTemplate(
      `
Resources:
  Folder: { Type: AWS::Serverless::Function, Properties: { Handler: src/orders.handler, Runtime: nodejs24.x } }
`,
      { functions: [{ entryFile: '/project/src/orders/index.mjs' }] },
      ['src/orders/index.mjs'],
    ));

  test('the module of a Python handler has dots or slashes', () =>
    checkTemplate(
      `
Resources:
  Dots: { Type: AWS::Serverless::Function, Properties: { Handler: src.app.handler, Runtime: python3.13 } }
  Slashes: { Type: AWS::Serverless::Function, Properties: { Handler: src/app.handler, Runtime: python3.13 } }
`,
      { functions: [{ entryFile: '/project/src/app.py' }, { entryFile: '/project/src/app.py' }] },
      ['src/app.py'],
    ));

  test('a role of the template is its ARN', () =>
    checkTemplate(
      `
Resources:
  WorkerRole:
    Type: AWS::IAM::Role
    Properties: { RoleName: worker, AssumeRolePolicyDocument: {} }
  Worker:
    Type: AWS::Lambda::Function
    Properties:
      Handler: index.handler
      Runtime: nodejs24.x
      Code: .
      Role: !GetAtt WorkerRole.Arn
`,
      { functions: [{ codeDirectory: '/project', roleArn: 'arn:aws:iam::000000000000:role/worker' }] },
    ));

  test('what Lambda does not accept is said, and its default used', () =>
    checkTemplate(
      `
Resources:
  Slow:
    Type: AWS::Serverless::Function
    Properties:
      Handler: index.handler
      Runtime: nodejs24.x
      Timeout: 901
      #        ^^^ error: from 1 to 900
      MemorySize: plenty
      #           ^^^^^^ error: from 128 to 10240
  NoHandler:
# ^^^^^^^^^ error: has no Handler
    Type: AWS::Serverless::Function
    Properties: { Runtime: nodejs24.x }
  NoRuntime:
# ^^^^^^^^^ error: NoRuntime has no Runtime. Add one
    Type: AWS::Serverless::Function
    Properties: { Handler: index.handler }
  Container:
# ^^^^^^^^^ info: container image
    Type: AWS::Serverless::Function
    Properties: { PackageType: Image, ImageConfig: { Command: [app.handler] }, Timeout: 9 }
`,
      {
        functions: [
          { name: 'Slow', timeoutSeconds: 3, memorySizeMb: 128 },
          { name: 'Container', runtime: 'container image', handler: 'app.handler', timeoutSeconds: 9 },
        ],
      },
    ));

  test('code that was uploaded is not here', () =>
    checkTemplate(
      `
Resources:
  Remote:
    Type: AWS::Lambda::Function
    Properties:
      Handler: index.handler
      Runtime: nodejs24.x
      Code: s3://bucket/key.zip
      #     ^^^^^^^^^^^^^^^^^^^ info: not in this workspace
`,
      { functions: [{ name: 'Remote' }] },
    ));

  test('two functions of one name cannot both be called by it', async () => {
    const template = (marked: string) => `
Resources:
  Hello:
${marked}    Type: AWS::Serverless::Function
    Properties: { Handler: index.handler, Runtime: nodejs24.x }
`;
    const model = await check({
      files: {
        'a/index.ts': '',
        'b/index.ts': '',
        'a/template.yaml': template(''),
        'b/template.yaml': template(
          '# ^^^^^ error: Another function is called Hello, at /project/a/template.yaml:3\n',
        ),
      },
    });
    assert.equal(model.functions.length, 1);
  });

  test('a workspace without functions has no problems', async () => {
    const model = await check({ files: { 'template.yaml': 'just: settings\n', 'README.md': 'AWS::' } });
    assert.deepEqual([model.functions, model.files, model.stacks], [[], [], []]);
  });
});
