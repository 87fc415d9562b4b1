import { check, type ExpectedModel } from './support/check.ts';

/** A stack as `cdk synth` writes it: resources, and the metadata of the manifest. */
interface Synthesized {
  readonly resources: Readonly<Record<string, unknown>>;
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** Further members of the stack's artifact. */
  readonly artifact?: Readonly<Record<string, unknown>>;
  readonly files?: Readonly<Record<string, string>>;
  readonly model: ExpectedModel;
}

const fn = (properties: object = {}, metadata: object = {}) => ({
  Type: 'AWS::Lambda::Function',
  Properties: {
    Handler: 'index.handler',
    Runtime: 'nodejs22.x',
    Code: { S3Bucket: { 'Fn::Sub': `cdk-hnb659fds-assets-\${AWS::AccountId}` }, S3Key: 'abc.zip' },
    ...properties,
  },
  Metadata: { 'aws:cdk:path': 'Shop/Orders/Resource', 'aws:asset:path': 'asset.abc', ...metadata },
});

const cases: Readonly<Record<string, Synthesized>> = {
  'an asset is where the code is': {
    resources: { OrdersFE7E2D3A: fn({ FunctionName: 'orders', Timeout: 9 }) },
    files: { 'cdk.out/asset.abc/index.js': 'exports.handler = 1;\n' },
    model: {
      functions: [
        {
          name: 'orders',
          logicalId: 'OrdersFE7E2D3A',
          timeoutSeconds: 9,
          codeDirectory: '/project/cdk.out/asset.abc',
          entryFile: '/project/cdk.out/asset.abc/index.js',
          definedAt: { file: '/project/cdk.out/Shop.template.json' },
        },
      ],
      stacks: [{ id: 'cdk.out/Shop.template.json', name: 'Shop', dialect: 'cdk' }],
    },
  },
  'a bundle says what it was made of': {
    resources: { Orders: fn() },
    files: {
      'cdk.out/asset.abc/index.js':
        '// node_modules/x/index.js\nvar x;\n// src/lib.ts\nvar y;\n// src/orders.ts\nvar z;\n',
      'src/orders.ts': '',
      'src/lib.ts': '',
    },
    model: { functions: [{ entryFile: '/project/src/orders.ts' }] },
  },
  'a source map goes before that': {
    resources: { Orders: fn() },
    files: {
      'cdk.out/asset.abc/index.js': '// src/lib.ts\n',
      'cdk.out/asset.abc/index.js.map': '{"sources":["../../node_modules/x.js","../../src/orders.ts"]}',
      'src/orders.ts': '',
      'src/lib.ts': '',
    },
    model: { functions: [{ entryFile: '/project/src/orders.ts' }] },
  },
  'a map that is broken, or names what is gone, is no source': {
    resources: { Orders: fn(), Other: fn({ Handler: 'other.handler' }) },
    files: {
      'cdk.out/asset.abc/index.js': '',
      'cdk.out/asset.abc/index.js.map': '{"sources":["../../src/gone.ts"]}',
      'cdk.out/asset.abc/other.js': '',
      'cdk.out/asset.abc/other.js.map': 'not json',
    },
    model: {
      functions: [
        { entryFile: '/project/cdk.out/asset.abc/index.js' },
        { entryFile: '/project/cdk.out/asset.abc/other.js' },
      ],
    },
  },
  'the program says the entry, and where the construct is': {
    resources: { Orders: fn() },
    files: {
      'lib/shop.ts': `import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
export class Shop extends Stack {
  constructor() {
    new NodejsFunction(this, 'Orders', { entry: 'src/orders.ts' });
  }
}
`,
      'src/orders.ts': '',
      'cdk.out/asset.abc/index.js': '',
    },
    model: {
      functions: [
        {
          entryFile: '/project/src/orders.ts',
          definedAt: { file: '/project/lib/shop.ts', startLine: 4, startColumn: 5 },
        },
      ],
    },
  },
  'the manifest says where the program made it': {
    resources: { Orders: fn(), Jobs: { Type: 'AWS::SQS::Queue' } },
    metadata: {
      '/Shop/Orders/Resource': [
        {
          type: 'aws:cdk:logicalId',
          data: 'Orders',
          trace: [
            'new CfnFunction (/project/node_modules/x.js:1:1)',
            'new Shop (/project/lib/shop.ts:12:7)',
            'Object.<anonymous> (/project/bin/app.ts:3:1)',
          ],
        },
      ],
      '/Shop/Jobs/Resource': [
        { type: 'aws:cdk:logicalId', data: 'Jobs', trace: ['/project/lib/shop.ts:20:3'] },
      ],
    },
    files: { 'cdk.out/asset.abc/index.js': '' },
    model: {
      functions: [{ definedAt: { file: '/project/lib/shop.ts', startLine: 12, startColumn: 7 } }],
      resources: { queues: [{ definedAt: { startLine: 20 } }] },
    },
  },
  'newer versions have a file for it, and another form': {
    resources: { Orders: fn() },
    artifact: { additionalMetadataFile: 'Shop.metadata.json' },
    files: {
      'cdk.out/Shop.metadata.json': JSON.stringify({
        '/Shop/Orders/Resource': [
          { type: 'aws:cdk:logicalId', data: 'Orders' },
          {
            type: 'aws:cdk:creationStack',
            data: ['...new Function in aws-cdk-lib...', '<anonymous> (/project/lib/shop.ts:12:7)'],
          },
        ],
      }),
      'cdk.out/asset.abc/index.js': '',
    },
    model: { functions: [{ definedAt: { file: '/project/lib/shop.ts', startLine: 12, startColumn: 7 } }] },
  },
  'buckets that notify by a resource and a function of CDK’s own': {
    resources: {
      Orders: fn(),
      Uploads: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'uploads' } },
      UploadsNotifications: {
        Type: 'Custom::S3BucketNotifications',
        Properties: {
          ServiceToken: { 'Fn::GetAtt': ['Handler', 'Arn'] },
          BucketName: { Ref: 'Uploads' },
          NotificationConfiguration: {
            LambdaFunctionConfigurations: [
              {
                Events: ['s3:ObjectCreated:*', 's3:ObjectRemoved:*'],
                Filter: { Key: { FilterRules: [{ Name: 'prefix', Value: 'in/' }] } },
                LambdaFunctionArn: { 'Fn::GetAtt': ['Orders', 'Arn'] },
              },
            ],
            QueueConfigurations: [
              { Events: ['s3:ObjectRestore:*'], QueueArn: 'arn:aws:sqs:us-east-1:1:restored' },
            ],
          },
        },
      },
      Handler: {
        ...fn(),
        Metadata: {
          'aws:cdk:path': 'Shop/BucketNotificationsHandler050a0587b7544547bf325f094a3db834/Resource',
        },
      },
      HandlerRole: {
        Type: 'AWS::IAM::Role',
        Properties: { AssumeRolePolicyDocument: { Statement: [] } },
        Metadata: {
          'aws:cdk:path': 'Shop/BucketNotificationsHandler050a0587b7544547bf325f094a3db834/Role/Resource',
        },
      },
      Framework: { ...fn(), Metadata: { 'aws:cdk:path': 'Shop/Seed/Provider/framework-onEvent/Resource' } },
    },
    files: { 'cdk.out/asset.abc/index.js': '' },
    model: {
      functions: [{ name: 'Orders' }],
      resources: {
        roles: [],
        bucketNotifications: [
          {
            bucketName: 'uploads',
            events: ['s3:ObjectCreated:*', 's3:ObjectRemoved:*'],
            prefix: 'in/',
            targetArn: 'arn:aws:lambda:us-east-1:000000000000:function:Orders',
          },
          { events: ['s3:ObjectRestore:*'], targetArn: 'arn:aws:sqs:us-east-1:1:restored' },
        ],
      },
      triggers: [{ kind: 's3', label: 'uploads', functionName: 'Orders' }],
    },
  },
  'an asset that was copied, and its folder': {
    resources: { Orders: fn({ Handler: 'orders.main' }) },
    files: {
      'bin/app.js': `const lambda = require('aws-cdk-lib/aws-lambda');
new lambda.Function(stack, 'Orders', { code: lambda.Code.fromAsset(path.join(__dirname, '../lambda')), handler: 'orders.main' });
`,
      'lambda/orders.js': '',
      'cdk.out/asset.abc/orders.js': '',
    },
    model: { functions: [{ codeDirectory: '/project/lambda', entryFile: '/project/lambda/orders.js' }] },
  },
  'references across the template': {
    resources: {
      Orders: fn({
        Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
        Environment: { Variables: { QUEUE: { Ref: 'Jobs' } } },
      }),
      Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: { Statement: [] } } },
      Policy: {
        Type: 'AWS::IAM::Policy',
        Properties: { PolicyName: 'p', Roles: [{ Ref: 'Role' }], PolicyDocument: { Statement: [] } },
      },
      Jobs: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'jobs' } },
      Mapping: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: { FunctionName: { Ref: 'Orders' }, EventSourceArn: { 'Fn::GetAtt': ['Jobs', 'Arn'] } },
      },
    },
    files: { 'cdk.out/asset.abc/index.js': '' },
    model: {
      functions: [
        {
          roleArn: 'arn:aws:iam::000000000000:role/Role',
          environment: { QUEUE: 'https://sqs.us-east-1.amazonaws.com/000000000000/jobs' },
        },
      ],
      resources: {
        roles: [{ inlinePolicies: [{ name: 'p' }] }],
        eventSourceMappings: [{ functionName: 'Orders' }],
      },
      triggers: [{ kind: 'sqs', label: 'jobs' }],
    },
  },
  'parameters of the bootstrap do not matter': {
    resources: { Orders: fn({ Environment: { Variables: { V: { Ref: 'BootstrapVersion' } } } }) },
    files: { 'cdk.out/asset.abc/index.js': '' },
    model: { functions: [{ environment: { V: '<unresolved Ref BootstrapVersion>' } }] },
  },
};

suite('synthesized CDK applications', () => {
  for (const [name, { resources, metadata = {}, artifact = {}, files = {}, model }] of Object.entries(
    cases,
  )) {
    test(name, () =>
      check({
        files: {
          'cdk.json': '{ "app": "npx ts-node bin/app.ts" }',
          'cdk.out/manifest.json': manifest(metadata, artifact),
          'cdk.out/Shop.template.json': JSON.stringify({
            Resources: resources,
            Parameters: {
              BootstrapVersion: {
                Type: 'AWS::SSM::Parameter::Value<String>',
                Default: '/cdk-bootstrap/hnb659fds/version',
              },
            },
          }),
          ...files,
        },
        model,
      }),
    );
  }

  test('stages are assemblies within the assembly, and stacks nest in stacks', () =>
    check({
      files: {
        'cdk.json': '{ "output": "out" }',
        'out/manifest.json': JSON.stringify({
          artifacts: {
            'assembly-Prod': { type: 'cdk:cloud-assembly', properties: { directoryName: 'assembly-Prod' } },
          },
        }),
        'out/assembly-Prod/manifest.json': manifest({}),
        'out/assembly-Prod/Shop.template.json': JSON.stringify({
          Resources: {
            Child: {
              Type: 'AWS::CloudFormation::Stack',
              Properties: {
                TemplateURL: { 'Fn::Sub': 'https://s3.amazonaws.com/x' },
                Parameters: { Name: 'jobs' },
              },
              Metadata: {
                'aws:asset:path': 'Child.nested.template.json',
                'aws:asset:property': 'TemplateURL',
              },
            },
          },
        }),
        'out/assembly-Prod/Child.nested.template.json': JSON.stringify({
          Parameters: { Name: { Type: 'String' } },
          Resources: { Jobs: { Type: 'AWS::SQS::Queue', Properties: { QueueName: { Ref: 'Name' } } } },
        }),
      },
      model: {
        stacks: [
          { id: 'out/assembly-Prod/Shop.template.json', dialect: 'cdk' },
          { id: 'out/assembly-Prod/Shop.template.json/Child', dialect: 'cdk' },
        ],
        resources: { queues: [{ name: 'jobs' }] },
      },
    }));

  test('an assembly alone is read too', () =>
    check({
      files: {
        'cdk.out/manifest.json': manifest({}),
        'cdk.out/Shop.template.json': JSON.stringify({ Resources: { Orders: fn() } }),
        'cdk.out/asset.abc/index.js': '',
      },
      model: { functions: [{ logicalId: 'Orders' }] },
    }));

  test('cdk.json that does not parse', () =>
    check({
      files: { 'cdk.json': '{ "app": \n}\n' },
      problems: ['cdk.json:2:1-2 error: This file is not JSON: a value is missing'],
    }));
});

function manifest(metadata: object, artifact: object = {}): string {
  return JSON.stringify({
    version: '40.0.0',
    artifacts: {
      'Shop.assets': { type: 'cdk:asset-manifest', properties: { file: 'Shop.assets.json' } },
      Shop: {
        type: 'aws:cloudformation:stack',
        properties: { templateFile: 'Shop.template.json' },
        metadata,
        ...artifact,
      },
    },
  });
}
