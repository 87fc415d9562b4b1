import assert from 'node:assert/strict';
import { readProject } from '../../../src/project/readProject.ts';
import { check } from './support/check.ts';
import { memoryFiles } from './support/memoryFiles.ts';
import { suiteOfServices } from './support/services.ts';

const arn = (service: string, resource: string) => `arn:aws:${service}:us-east-1:000000000000:${resource}`;
const provider = 'provider: { name: aws, runtime: nodejs24.x, versionFunctions: false }';

suiteOfServices('functions of serverless.yml', {
  'names and defaults are the framework’s': {
    yaml: `provider: { name: aws }
functions:
  say-hello_twice: { handler: index.handler }`,
    model: {
      functions: [
        {
          name: 'shop-dev-say-hello_twice',
          logicalId: 'SayDashhelloUnderscoretwiceLambdaFunction',
          runtime: 'nodejs20.x',
          timeoutSeconds: 6,
          memorySizeMb: 1024,
          roleArn: 'arn:aws:iam::000000000000:role/shop-dev-us-east-1-lambdaRole',
          definedAt: { startLine: 4, startColumn: 3 },
        },
      ],
      stacks: [{ id: 'serverless.yml', name: 'shop-dev', dialect: 'serverless' }],
      resources: { versions: [{ functionName: 'shop-dev-say-hello_twice', implicit: true }] },
    },
  },

  'container images, by a name or a build': {
    yaml: `${provider}
functions:
  one: { image: 'base' }
# ^^^ info: container image
  two: { image: { name: base, command: [app.handler] } }
# ^^^ info: container image`,
    model: {
      functions: [
        { name: 'shop-dev-one', runtime: 'container image', handler: '' },
        { name: 'shop-dev-two', runtime: 'container image', handler: 'app.handler' },
      ],
    },
  },

  'a role that no function has is not made': {
    yaml: `${provider}
functions:
  hello: { handler: index.handler, role: 'arn:aws:iam::1:role/own' }`,
    model: { functions: [{ roleArn: 'arn:aws:iam::1:role/own' }], resources: { roles: [] } },
  },

  'the provider says more of a bucket': {
    yaml: `provider:
  name: aws
  runtime: nodejs24.x
  s3:
    uploads: { name: shop-uploads, versioningConfiguration: { Status: Enabled } }
functions:
  hello: { handler: index.handler, events: [{ s3: uploads }] }`,
    model: {
      resources: {
        buckets: [{ name: 'shop-uploads', versioning: true, logicalId: 'S3BucketUploads' }],
        bucketNotifications: [{ bucketName: 'shop-uploads' }],
      },
      triggers: [{ kind: 's3', label: 'shop-uploads', functionName: 'shop-dev-hello' }],
    },
  },

  'a function goes before its provider': {
    yaml: `provider:
  name: aws
  runtime: nodejs22.x
  timeout: 20
  memorySize: 256
  versionFunctions: false
  architecture: arm64
  environment: { A: provider, B: provider }
  tags: { team: shop }
  tracing: { lambda: true }
  vpc: { subnetIds: [subnet-1], securityGroupIds: [sg-1] }
  logs: { lambda: { logFormat: JSON } }
functions:
  own:
    name: own
    description: of its own
    handler: index.handler
    runtime: nodejs24.x
    timeout: 3
    environment: { B: function }
    ephemeralStorageSize: 1024
    reservedConcurrency: 0
    onError: arn:aws:sns:us-east-1:1:t
    fileSystemConfig: { arn: 'arn:aws:elasticfilesystem:us-east-1:1:access-point/a', localMountPath: /mnt/a }
    layers: ['arn:aws:lambda:us-east-1:1:layer:l:1']
    snapStart: true
    tags: { own: yes-it-is }`,
    model: {
      functions: [
        {
          name: 'own',
          description: 'of its own',
          runtime: 'nodejs24.x',
          timeoutSeconds: 3,
          memorySizeMb: 256,
          architecture: 'arm64',
          environment: { A: 'provider', B: 'function' },
          tags: { team: 'shop', own: 'yes-it-is' },
          tracing: 'Active',
          vpc: { subnetIds: ['subnet-1'], securityGroupIds: ['sg-1'], ipv6AllowedForDualStack: false },
          logging: { format: 'JSON' },
          ephemeralStorageMb: 1024,
          reservedConcurrency: 0,
          deadLetterTargetArn: 'arn:aws:sns:us-east-1:1:t',
          fileSystems: [{ localMountPath: '/mnt/a' }],
          layers: [{ arn: 'arn:aws:lambda:us-east-1:1:layer:l:1' }],
          snapStart: 'PublishedVersions',
        },
      ],
      resources: {
        roles: [
          { managedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole'] },
        ],
      },
    },
  },

  'roles by ARN, by logical id, and with statements': {
    yaml: `provider:
  name: aws
  runtime: nodejs24.x
  versionFunctions: false
  iam:
    role:
      name: shared
      managedPolicies: [arn:aws:iam::aws:policy/ReadOnlyAccess]
      statements: [{ Effect: Allow, Action: 's3:*', Resource: '*' }]
functions:
  shared: { handler: index.handler }
  byArn: { handler: index.handler, role: 'arn:aws:iam::1:role/own' }
  byId: { handler: index.handler, role: OwnRole }
resources:
  Resources:
    OwnRole: { Type: AWS::IAM::Role, Properties: { RoleName: own } }`,
    model: {
      functions: [
        { roleArn: 'arn:aws:iam::000000000000:role/shared' },
        { roleArn: 'arn:aws:iam::1:role/own' },
        { roleArn: 'arn:aws:iam::000000000000:role/own' },
      ],
      resources: {
        roles: [
          { name: 'own' },
          {
            name: 'shared',
            managedPolicyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'],
            inlinePolicies: [
              {
                name: 'shop-dev-lambda',
                document: {
                  statements: [
                    { actions: ['logs:CreateLogStream', 'logs:CreateLogGroup', 'logs:TagResource'] },
                    { actions: ['logs:PutLogEvents'] },
                    { actions: ['s3:*'] },
                  ],
                },
              },
            ],
          },
        ],
      },
    },
  },

  'a role for all, and none made': {
    yaml: `provider: { name: aws, runtime: nodejs24.x, role: 'arn:aws:iam::1:role/all' }
functions: { a: { handler: index.handler } }`,
    model: { functions: [{ roleArn: 'arn:aws:iam::1:role/all' }], resources: { roles: [] } },
  },

  'functions in a list, and in a file': {
    yaml: `${provider}
functions:
  - first: { handler: index.handler }
  - \${file(more/functions.yml)}
  - \${file(more/nested.yml):nested}`,
    files: {
      'more/functions.yml': 'second: { handler: index.handler }\n',
      'more/nested.yml': 'nested: { third: { handler: index.handler } }\n',
    },
    model: {
      functions: [
        { name: 'shop-dev-first' },
        { name: 'shop-dev-second', codeDirectory: '/project' },
        { name: 'shop-dev-third' },
      ],
    },
  },

  'versions, provisioned concurrency, a URL and destinations': {
    yaml: `provider: { name: aws, runtime: nodejs24.x }
functions:
  a:
    handler: index.handler
    provisionedConcurrency: 3
    url: { authorizer: aws_iam, invokeMode: RESPONSE_STREAM, cors: { allowedOrigins: ['https://a'] } }
    maximumRetryAttempts: 1
    maximumEventAge: 60
    destinations: { onSuccess: b, onFailure: { type: sns, arn: !Ref Topic } }
  b: { handler: index.handler, url: true }
resources: { Resources: { Topic: { Type: AWS::SNS::Topic } } }`,
    model: {
      resources: {
        aliases: [{ name: 'provisioned', target: { kind: 'published' }, provisionedConcurrency: 3 }],
        functionUrls: [
          {
            functionName: 'shop-dev-a',
            qualifier: 'provisioned',
            authType: 'AWS_IAM',
            invokeMode: 'RESPONSE_STREAM',
            cors: { allowOrigins: ['https://a'] },
          },
          { functionName: 'shop-dev-b', authType: 'NONE' },
        ],
        eventInvokeConfigs: [
          {
            qualifier: 'provisioned',
            maximumRetryAttempts: 1,
            maximumEventAgeSeconds: 60,
            onSuccessArn: arn('lambda', 'function:shop-dev-b'),
            onFailureArn: arn('sns', 'Topic'),
          },
        ],
      },
    },
  },

  'events invoke the alias that provisioned concurrency or SnapStart adds': {
    yaml: `${provider}
functions:
  a:
    handler: index.handler
    provisionedConcurrency: 1
    events: [{ httpApi: 'GET /a' }, { http: GET b }, { sqs: !GetAtt Jobs.Arn }, { s3: files }, { schedule: rate(1 hour) }, { sns: news }]
  c: { handler: index.handler, snapStart: true, events: [{ httpApi: 'GET /c' }] }
  d: { handler: index.handler, events: [{ httpApi: 'GET /d' }] }
resources: { Resources: { Jobs: { Type: AWS::SQS::Queue } } }`,
    model: {
      resources: {
        aliases: [{ name: 'provisioned' }, { name: 'snapstart', target: { kind: 'published' } }],
      },
      triggers: [
        { kind: 'sqs', functionName: 'shop-dev-a', qualifier: 'provisioned' },
        { kind: 's3', functionName: 'shop-dev-a', qualifier: 'provisioned' },
        { kind: 'schedule', functionName: 'shop-dev-a', qualifier: 'provisioned' },
        { kind: 'sns', functionName: 'shop-dev-a', qualifier: 'provisioned' },
        { kind: 'restApi', functionName: 'shop-dev-a', qualifier: 'provisioned' },
        { kind: 'httpApi', functionName: 'shop-dev-a', qualifier: 'provisioned', label: 'GET /a' },
        { kind: 'httpApi', functionName: 'shop-dev-c', qualifier: 'snapstart' },
        { kind: 'httpApi', functionName: 'shop-dev-d', label: 'GET /d' },
      ],
    },
  },

  'esbuild by the framework, and by the plugin': {
    yaml: `${provider}
build: { esbuild: { minify: true, target: node24, format: esm, external: [sharp] } }
functions: { a: { handler: index.handler } }`,
    model: {
      functions: [{ bundling: { minify: true, target: 'node24', format: 'esm', external: ['sharp'] } }],
    },
  },

  'resources may refer to functions': {
    yaml: `${provider}
functions: { a: { handler: index.handler, events: [{ httpApi: GET /a }] } }
resources:
  - Resources:
      Permit: { Type: AWS::Lambda::Permission, Properties: { FunctionName: !GetAtt ALambdaFunction.Arn, Principal: x } }
      Url: { Type: AWS::SSM::Parameter, Properties: { Name: /url, Value: !GetAtt HttpApi.ApiEndpoint } }
  - \${file(resources.yml)}`,
    files: {
      'resources.yml': `Resources: { Jobs: { Type: AWS::SQS::Queue, Properties: { QueueName: !Sub '\${AWS::StackName}-jobs' } } }\n`,
    },
    model: {
      resources: {
        functionPermissions: [{ functionName: 'shop-dev-a', principal: 'x' }, {}],
        queues: [{ name: 'shop-dev-jobs' }],
      },
    },
  },
});

suiteOfServices('what serverless.yml cannot tell', {
  'a program is not run': {
    yaml: `${provider}
functions:
  a: { handler: index.handler, environment: { A: '\${file(./config.js):a}' } }`,
    files: { 'config.js': 'module.exports = { a: 1 };' },
    model: {
      functions: [{ environment: { A: `<unresolved \${file(./config.js):a}>` } }],
      placeholders: [{ reason: 'It is computed by a program, which is not run to read a project.' }],
    },
  },
  'a handler that is missing, and an event that is unknown': {
    yaml: `${provider}
functions:
  a: { handler: gone.handler }
  #             ^^^^^^^^^^^^ error: No source file for the handler gone.handler
  b: {}
# ^ error: BLambdaFunction has no Handler
  c:
    handler: index.handler
    events:
      - cloudFront: { origin: x }
#       ^^^^^^^^^^ warning: Events of kind cloudFront are not known here
      - just-text
      # ^^^^^^^^^ error: An event is a map whose key is its kind`,
  },
  'another provider': {
    yaml: `provider: google
#         ^^^^^^ info: The provider google has no Lambda functions
functions: { a: { handler: index.handler } }`,
    model: { functions: [] },
  },
});

suite('serverless configurations in other forms', () => {
  test('JSON', () =>
    check({
      files: {
        'serverless.json':
          '{ "service": "shop", "provider": { "name": "aws", "runtime": "nodejs24.x" }, "functions": { "a": { "handler": "index.handler" } } }',
        'index.ts': '',
      },
      model: { functions: [{ name: 'shop-dev-a' }] },
    }));

  test('a program is told, and not run', () =>
    check({
      files: { 'serverless.ts': '#! warning: This configuration is a program, and none is run\n' },
      model: { functions: [] },
    }));

  test('YAML that does not parse', () =>
    check({
      files: {
        'serverless.yml': `service: shop
provider: { name: aws, runtime: [ }
#                                 ^ error: does not parse
functions: {}
`,
      },
      model: { functions: [] },
    }));

  test('variables that multiply without end', async () => {
    const lists = Array.from(
      { length: 7 },
      (_, n) => `  a${n + 1}: [${Array(10).fill(`'\${self:custom.a${n}}'`).join(', ')}]\n`,
    );
    const text = `service: shop\n${provider}\ncustom:\n  a0: [x, x, x, x, x, x, x, x, x, x]\n${lists.join('')}`;
    const model = await readProject('/project', memoryFiles(new Map([['serverless.yml', text]])));
    assert.match(model.problems[0]?.message ?? '', /^The variables of this service multiply without end/);
  });

  test('a file of that name that is something else', () =>
    check({ files: { 'serverless.yml': 'name: something else\n' }, model: { functions: [], files: [] } }));
});
