import { suiteOfTemplates } from './support/templates.ts';

const hello = `
  Hello: { Type: AWS::Lambda::Function, Properties: { Handler: index.handler, Runtime: nodejs24.x, Code: . } }`;
const arn = (service: string, resource: string) => `arn:aws:${service}:us-east-1:000000000000:${resource}`;

suiteOfTemplates('functions of CloudFormation', {
  'every property that has a place in the model': {
    resources: `
  Hello:
    Type: AWS::Lambda::Function
    Properties:
      FunctionName: hello
      Description: says it
      Handler: index.handler
      Runtime: nodejs24.x
      Code: { ZipFile: 'exports.handler = 1' }
      Architectures: [arm64]
      EphemeralStorage: { Size: 2048 }
      ReservedConcurrentExecutions: 0
      TracingConfig: { Mode: PassThrough }
      DeadLetterConfig: { TargetArn: !Ref Topic }
      LoggingConfig: { LogFormat: JSON, ApplicationLogLevel: WARN, SystemLogLevel: DEBUG, LogGroup: /g }
      SnapStart: { ApplyOn: PublishedVersions }
      RecursiveLoop: Allow
      FileSystemConfigs: [{ Arn: !GetAtt Access.Arn, LocalMountPath: /mnt/x }]
      VpcConfig: { SubnetIds: [a, b], SecurityGroupIds: [c], Ipv6AllowedForDualStack: true }
      Tags: [{ Key: team, Value: shop }]
      Role: !ImportValue role
  Topic: { Type: AWS::SNS::Topic }
  Files: { Type: AWS::EFS::FileSystem }
  Access: { Type: AWS::EFS::AccessPoint, Properties: { FileSystemId: !Ref Files } }`,
    model: {
      functions: [
        {
          name: 'hello',
          description: 'says it',
          inlineCode: 'exports.handler = 1',
          architecture: 'arm64',
          ephemeralStorageMb: 2048,
          reservedConcurrency: 0,
          tracing: 'PassThrough',
          deadLetterTargetArn: arn('sns', 'Topic'),
          logging: { format: 'JSON', applicationLevel: 'WARN', systemLevel: 'DEBUG', logGroup: '/g' },
          snapStart: 'PublishedVersions',
          recursiveLoop: 'Allow',
          fileSystems: [
            { arn: arn('elasticfilesystem', 'access-point/fsap-access'), localMountPath: '/mnt/x' },
          ],
          vpc: { subnetIds: ['a', 'b'], securityGroupIds: ['c'], ipv6AllowedForDualStack: true },
          tags: { team: 'shop' },
        },
      ],
      placeholders: [{ text: '<unresolved Fn::ImportValue role>', range: { startLine: 22 } }],
    },
  },

  'versions, and aliases that divide the traffic': {
    resources: `${hello}
  One: { Type: AWS::Lambda::Version, Properties: { FunctionName: !Ref Hello, Description: first } }
  Two: { Type: AWS::Lambda::Version, Properties: { FunctionName: !GetAtt Hello.Arn, ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 4 } } }
  Dev: { Type: AWS::Lambda::Alias, Properties: { FunctionName: !Ref Hello, Name: DEV, FunctionVersion: $LATEST } }
  Prod:
    Type: AWS::Lambda::Alias
    Properties:
      FunctionName: !Ref Hello
      Name: PROD
      FunctionVersion: !GetAtt One.Version
      RoutingConfig: { AdditionalVersionWeights: [{ FunctionVersion: !GetAtt Two.Version, FunctionWeight: 0.25 }] }
  Old: { Type: AWS::Lambda::Alias, Properties: { FunctionName: !Ref Hello, Name: OLD, FunctionVersion: '41' } }
  Config: { Type: AWS::Lambda::EventInvokeConfig, Properties: { FunctionName: !Ref Hello, Qualifier: PROD, MaximumRetryAttempts: 1, MaximumEventAgeInSeconds: 60 } }
  Url: { Type: AWS::Lambda::Url, Properties: { TargetFunctionArn: !Ref Prod, AuthType: AWS_IAM } }
  Permit: { Type: AWS::Lambda::Permission, Properties: { FunctionName: !Ref Prod, Action: lambda:InvokeFunction, Principal: '111122223333', PrincipalOrgID: o-1 } }
  Poll: { Type: AWS::Lambda::EventSourceMapping, Properties: { FunctionName: !Ref Prod, EventSourceArn: 'arn:aws:sqs:us-east-1:1:q' } }`,
    model: {
      resources: {
        versions: [
          { functionName: 'Hello', description: 'first' },
          { functionName: 'Hello', provisionedConcurrency: 4 },
        ],
        aliases: [
          { name: 'DEV', target: { kind: 'latest' } },
          {
            name: 'PROD',
            target: { kind: 'definition', logicalId: 'One' },
            additionalVersion: { target: { kind: 'definition', logicalId: 'Two' }, weight: 0.25 },
          },
          { name: 'OLD', target: { kind: 'number', version: '41' } },
        ],
        eventInvokeConfigs: [{ qualifier: 'PROD', maximumRetryAttempts: 1, maximumEventAgeSeconds: 60 }],
        functionUrls: [
          { functionName: 'Hello', qualifier: 'PROD', authType: 'AWS_IAM', invokeMode: 'BUFFERED' },
        ],
        functionPermissions: [
          { functionName: 'Hello', qualifier: 'PROD', principal: '111122223333', principalOrgId: 'o-1' },
        ],
        eventSourceMappings: [{ functionName: 'Hello', qualifier: 'PROD' }],
      },
    },
  },

  'the alias of what CDK calls the current version follows the function': {
    resources: `${hello}
  HelloVersion1A2B:
    Type: AWS::Lambda::Version
    Metadata: { 'aws:cdk:path': Stack/Hello/CurrentVersion/Resource }
    Properties: { FunctionName: !Ref Hello }
  Pinned: { Type: AWS::Lambda::Version, Metadata: { 'aws:cdk:path': Stack/Pinned/Resource }, Properties: { FunctionName: !Ref Hello } }
  Live: { Type: AWS::Lambda::Alias, Properties: { FunctionName: !Ref Hello, Name: live, FunctionVersion: !GetAtt HelloVersion1A2B.Version, ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 2 } } }
  Stable: { Type: AWS::Lambda::Alias, Properties: { FunctionName: !Ref Hello, Name: stable, FunctionVersion: !GetAtt Pinned.Version } }`,
    model: {
      resources: {
        aliases: [
          { name: 'live', target: { kind: 'published' }, provisionedConcurrency: 2 },
          { name: 'stable', target: { kind: 'definition', logicalId: 'Pinned' } },
        ],
      },
    },
  },

  'references in every form': {
    resources: `
  A: { Type: AWS::Lambda::EventSourceMapping, Properties: { FunctionName: 'hello:live', EventSourceArn: 'arn:aws:sqs:us-east-1:1:q' } }
  B: { Type: AWS::Lambda::EventSourceMapping, Properties: { FunctionName: 'arn:aws:lambda:us-east-1:1:function:hello', EventSourceArn: 'arn:aws:kinesis:us-east-1:1:stream/s' } }
  C: { Type: AWS::Lambda::EventSourceMapping, Properties: { FunctionName: '111122223333:function:hello:7', EventSourceArn: 'arn:aws:dynamodb:us-east-1:1:table/t/stream/x' } }
  D: { Type: AWS::Lambda::EventSourceMapping, Properties: { FunctionName: 'arn:aws:lambda:us-east-1:1:function:hello:$LATEST', EventSourceArn: 'arn:aws:s3:::b' } }
  #                                                                                                                                            ^^^^^^^^^^^^^^^^ error: but not arn:aws:s3:::b`,
    model: {
      resources: {
        eventSourceMappings: [
          { functionName: 'hello', qualifier: 'live', source: { kind: 'sqs' } },
          { functionName: 'hello', source: { kind: 'kinesis' } },
          { functionName: 'hello', qualifier: '7', source: { kind: 'dynamodb' } },
          { functionName: 'hello', source: { kind: 'unknown' } },
        ],
      },
    },
  },

  'what is missing or wrong': {
    resources: `
  Version: { Type: AWS::Lambda::Version }
# ^^^^^^^ error: Version names no function
  Alias: { Type: AWS::Lambda::Alias, Properties: { FunctionName: x } }
# ^^^^^ error: needs a FunctionName, a Name and a FunctionVersion
  Poll: { Type: AWS::Lambda::EventSourceMapping, Properties: { FunctionName: x } }
# ^^^^ error: Poll has no EventSourceArn
  Batch: { Type: AWS::Lambda::EventSourceMapping, Properties: { FunctionName: x, EventSourceArn: 'arn:aws:sqs:us-east-1:1:q', BatchSize: ten, FilterCriteria: { Filters: [{ Pattern: '{' }] } } }
  #                                                                                                                                      ^^^ error: BatchSize has to be a number
  #                                                                                                                                                                                  ^^^ error: This filter pattern is not JSON
  Permit: { Type: AWS::Lambda::Permission, Properties: { FunctionName: x } }
# ^^^^^^ error: Permit needs a FunctionName, an Action and a Principal
  Rule: { Type: AWS::Events::Rule }
# ^^^^ error: Rule needs an EventPattern or a ScheduleExpression
  Plan: { Type: AWS::Scheduler::Schedule }
# ^^^^ error: Plan needs a ScheduleExpression
  Topic: { Type: AWS::SNS::Subscription }
# ^^^^^ error: Topic needs a TopicArn, a Protocol and an Endpoint
  Named: { Type: AWS::Lambda::Function, Properties: { FunctionName: !ImportValue name, Handler: index.handler, Runtime: nodejs24.x } }
  #                                                                              ^^^^ warning: The function is called Named here
  Unknown: { Type: AWS::Lambda::Function, Properties: { Handler: !ImportValue handler, Runtime: nodejs24.x } }
  #                                                                           ^^^^^^^ error: The Handler of Unknown is not known
  Lost: { Type: AWS::Lambda::Function, Properties: { Handler: gone.handler, Runtime: nodejs24.x } }
  #                                                           ^^^^^^^^^^^^ error: No source file for the handler gone.handler
  Zipped: { Type: AWS::Lambda::Function, Properties: { Handler: index.handler, Runtime: nodejs24.x, Code: build/a.zip } }
  #                                                                                                       ^^^^^^^^^^^ info: is an archive`,
  },
});

suiteOfTemplates('queues, topics and buckets', {
  'a FIFO queue with dead letters': {
    resources: `
  Jobs:
    Type: AWS::SQS::Queue
    Properties:
      FifoQueue: true
      ContentBasedDeduplication: true
      VisibilityTimeout: 90
      DelaySeconds: 1
      MessageRetentionPeriod: 60
      ReceiveMessageWaitTimeSeconds: 20
      RedrivePolicy: { deadLetterTargetArn: !GetAtt Dead.Arn, maxReceiveCount: 3 }
  Dead: { Type: AWS::SQS::Queue, Properties: { QueueName: dead.fifo, FifoQueue: true } }
  Policy:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref Jobs]
      PolicyDocument: { Statement: { Effect: Allow, Principal: '*', Action: 'sqs:*', Resource: '*', Condition: { ArnEquals: { 'aws:SourceArn': x } } } }`,
    model: {
      resources: {
        queues: [
          {
            name: 'Jobs.fifo',
            fifo: true,
            contentBasedDeduplication: true,
            visibilityTimeoutSeconds: 90,
            delaySeconds: 1,
            messageRetentionSeconds: 60,
            receiveWaitSeconds: 20,
            redrive: { deadLetterTargetArn: arn('sqs', 'dead.fifo'), maxReceiveCount: 3 },
          },
          { name: 'dead.fifo', visibilityTimeoutSeconds: 30, messageRetentionSeconds: 345_600 },
        ],
        resourcePolicies: [
          {
            resourceArns: [arn('sqs', 'Jobs.fifo')],
            document: {
              statements: [
                {
                  principals: '*',
                  actions: ['sqs:*'],
                  conditions: { ArnEquals: { 'aws:SourceArn': ['x'] } },
                },
              ],
            },
          },
        ],
      },
    },
  },

  'topics with subscriptions of their own, and buckets that notify': {
    resources: `${hello}
  News: { Type: AWS::SNS::Topic, Properties: { FifoTopic: true, Subscription: [{ Protocol: lambda, Endpoint: !GetAtt Hello.Arn }, { Protocol: email, Endpoint: a@b.example }] } }
  ToQueue: { Type: AWS::SNS::Subscription, Properties: { TopicArn: !Ref News, Protocol: sqs, Endpoint: 'arn:aws:sqs:us-east-1:1:q', RawMessageDelivery: true } }
  Files:
    Type: AWS::S3::Bucket
    Properties:
      VersioningConfiguration: { Status: Enabled }
      NotificationConfiguration:
        EventBridgeConfiguration: {}
        LambdaConfigurations: [{ Event: 's3:ObjectCreated:*', Function: !GetAtt Hello.Arn }]
        QueueConfigurations: [{ Event: 's3:ObjectRemoved:*', Queue: 'arn:aws:sqs:us-east-1:1:q' }]
        TopicConfigurations: [{ Event: 's3:ObjectRestore:*', Topic: !Ref News }]
  Policy: { Type: AWS::S3::BucketPolicy, Properties: { Bucket: !Ref Files, PolicyDocument: { Statement: [] } } }`,
    model: {
      resources: {
        topics: [{ name: 'News.fifo', fifo: true }],
        subscriptions: [
          { protocol: 'lambda' },
          { protocol: 'email' },
          { protocol: 'sqs', rawMessageDelivery: true },
        ],
        buckets: [{ name: 'files', versioning: true, eventBridge: true }],
        bucketNotifications: [
          { events: ['s3:ObjectCreated:*'] },
          { targetArn: 'arn:aws:sqs:us-east-1:1:q' },
          { targetArn: arn('sns', 'News.fifo') },
        ],
        resourcePolicies: [{ resourceArns: ['arn:aws:s3:::files'] }],
      },
      triggers: [{ kind: 'sns' }, { kind: 's3', label: 'files' }],
    },
  },
});

suiteOfTemplates('roles', {
  'with policies in every place': {
    resources: `
  Role:
    Type: AWS::IAM::Role
    Properties:
      Path: /shop/
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Sid: T, Effect: Allow, Principal: { Service: [lambda.amazonaws.com], AWS: 'arn:aws:iam::1:root' }, Action: sts:AssumeRole }] }
      ManagedPolicyArns: [!Ref Managed]
      PermissionsBoundary: arn:aws:iam::aws:policy/PowerUserAccess
      Policies: [{ PolicyName: own, PolicyDocument: { Statement: { Effect: Deny, NotAction: 'a:*', NotResource: r, Extra: 1 } } }]
  Managed: { Type: AWS::IAM::ManagedPolicy, Properties: { PolicyDocument: { Statement: [{ Effect: Allow, Action: 'x:*', Resource: '*' }] } } }
  Attached: { Type: AWS::IAM::ManagedPolicy, Properties: { ManagedPolicyName: attached, Roles: [!Ref Role], PolicyDocument: {} } }
  Inline: { Type: AWS::IAM::Policy, Properties: { PolicyName: further, Roles: [!Ref Role], PolicyDocument: { Statement: [{ Effect: Allow, Action: 'y:*', Resource: '*' }] } } }
  Single: { Type: AWS::IAM::RolePolicy, Properties: { PolicyName: single, RoleName: !Ref Role, PolicyDocument: {} } }`,
    model: {
      resources: {
        roles: [
          {
            arn: 'arn:aws:iam::000000000000:role/shop/Role',
            trust: {
              version: '2012-10-17',
              statements: [
                {
                  sid: 'T',
                  principals: { Service: ['lambda.amazonaws.com'], AWS: ['arn:aws:iam::1:root'] },
                  actions: ['sts:AssumeRole'],
                },
              ],
            },
            managedPolicyArns: [
              'arn:aws:iam::000000000000:policy/Managed',
              'arn:aws:iam::000000000000:policy/attached',
            ],
            permissionsBoundaryArn: 'arn:aws:iam::aws:policy/PowerUserAccess',
            inlinePolicies: [
              {
                name: 'own',
                document: {
                  statements: [
                    { effect: 'Deny', notActions: ['a:*'], notResources: ['r'], unknown: { Extra: 1 } },
                  ],
                },
              },
              { name: 'further', definedAt: { startLine: 13 } },
              { name: 'single' },
            ],
          },
        ],
        managedPolicies: [{ name: 'Managed' }, { name: 'attached' }],
      },
    },
  },
});
