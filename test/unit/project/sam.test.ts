import { suiteOfTemplates } from './support/templates.ts';

const handler = 'Handler: index.handler, Runtime: nodejs24.x, CodeUri: .';
const arn = (service: string, resource: string) => `arn:aws:${service}:us-east-1:000000000000:${resource}`;

suiteOfTemplates('what SAM makes of a function', {
  'a role that may write logs, and what its properties need': {
    resources: `
  Hello:
    Type: AWS::Serverless::Function
    Properties:
      ${handler.replaceAll(', ', '\n      ')}
      Tracing: Active
      VpcConfig: { SubnetIds: [subnet-1], SecurityGroupIds: [sg-1] }
      DeadLetterQueue: { Type: SQS, TargetArn: !GetAtt Queue.Arn }
      Policies:
        - AWSLambdaRole
        - arn:aws:iam::aws:policy/ReadOnlyAccess
        - SQSPollerPolicy: { QueueName: !GetAtt Queue.QueueName }
        - Statement: { Effect: Allow, Action: s3:GetObject, Resource: '*' }
  Queue: { Type: AWS::SQS::Queue }`,
    model: {
      functions: [
        {
          tracing: 'Active',
          vpc: { subnetIds: ['subnet-1'], securityGroupIds: ['sg-1'], ipv6AllowedForDualStack: false },
          deadLetterTargetArn: arn('sqs', 'Queue'),
        },
      ],
      resources: {
        roles: [
          {
            logicalId: 'HelloRole',
            implicit: true,
            managedPolicyArns: [
              'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole',
              'arn:aws:iam::aws:policy/AWSXrayWriteOnlyAccess',
              'arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole',
              'arn:aws:iam::aws:policy/service-role/AWSLambdaRole',
              'arn:aws:iam::aws:policy/ReadOnlyAccess',
            ],
            inlinePolicies: [
              { name: 'DeadLetterQueuePolicy' },
              {
                name: 'HelloRolePolicy2',
                document: { statements: [{ effect: 'Allow', resources: [arn('sqs', 'Queue')] }] },
              },
              { document: { statements: [{ actions: ['s3:GetObject'], resources: ['*'] }] } },
            ],
          },
        ],
      },
    },
  },

  'an alias that follows the code, and events that go to it': {
    resources: `
  Hello:
    Type: AWS::Serverless::Function
    Properties:
      ${handler.replaceAll(', ', '\n      ')}
      AutoPublishAlias: live
      DeploymentPreference: { Type: Linear10PercentEvery1Minute, Hooks: { PreTraffic: !Ref Hello } }
      ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 2 }
      Environment: { Variables: { OWN: !Ref Hello.Alias, NUMBER: !GetAtt Hello.Version.Version } }
      Events:
        Tick: { Type: Schedule, Properties: { Schedule: rate(1 hour) } }`,
    model: {
      functions: [{ environment: { OWN: `${arn('lambda', 'function:Hello')}:live`, NUMBER: '1' } }],
      resources: {
        versions: [{ functionName: 'Hello', logicalId: 'HelloVersion' }],
        aliases: [
          {
            name: 'live',
            functionName: 'Hello',
            target: { kind: 'published' },
            provisionedConcurrency: 2,
            deployment: { type: 'Linear10PercentEvery1Minute', preTrafficHook: 'Hello' },
          },
        ],
        rules: [
          {
            scheduleExpression: 'rate(1 hour)',
            targets: [{ arn: `${arn('lambda', 'function:Hello')}:live` }],
          },
        ],
        functionPermissions: [
          { functionName: 'Hello', qualifier: 'live', principal: 'events.amazonaws.com' },
        ],
      },
      triggers: [{ kind: 'schedule', functionName: 'Hello', qualifier: 'live', label: 'rate(1 hour)' }],
    },
  },

  'a URL that is open, with the two permissions that it takes': {
    resources: `
  Hello:
    Type: AWS::Serverless::Function
    Properties:
      ${handler.replaceAll(', ', '\n      ')}
      FunctionUrlConfig: { AuthType: NONE, InvokeMode: RESPONSE_STREAM, Cors: { AllowOrigins: ['*'], MaxAge: 5 } }`,
    model: {
      resources: {
        functionUrls: [
          {
            functionName: 'Hello',
            authType: 'NONE',
            invokeMode: 'RESPONSE_STREAM',
            cors: { allowOrigins: ['*'], maxAgeSeconds: 5 },
          },
        ],
        functionPermissions: [
          { action: 'lambda:InvokeFunctionUrl', principal: '*', functionUrlAuthType: 'NONE' },
          { action: 'lambda:InvokeFunction', principal: '*', invokedViaFunctionUrl: true },
        ],
      },
      triggers: [{ kind: 'functionUrl' }],
    },
  },

  'destinations that it makes itself': {
    resources: `
  Hello:
    Type: AWS::Serverless::Function
    Properties:
      ${handler.replaceAll(', ', '\n      ')}
      Environment: { Variables: { RESULTS: !Ref Hello.DestinationQueue } }
      EventInvokeConfig:
        MaximumRetryAttempts: 0
        DestinationConfig: { OnSuccess: { Type: SQS }, OnFailure: { Type: SNS } }`,
    model: {
      functions: [
        {
          environment: {
            RESULTS: 'https://sqs.us-east-1.amazonaws.com/000000000000/HelloEventInvokeConfigOnSuccessQueue',
          },
        },
      ],
      resources: {
        eventInvokeConfigs: [
          {
            functionName: 'Hello',
            qualifier: '$LATEST',
            maximumRetryAttempts: 0,
            onSuccessArn: arn('sqs', 'HelloEventInvokeConfigOnSuccessQueue'),
            onFailureArn: arn('sns', 'HelloEventInvokeConfigOnFailureTopic'),
          },
        ],
        queues: [{ implicit: true }],
        topics: [{ implicit: true }],
      },
    },
  },

  'code in the template, and code in a bucket': {
    resources: `
  Inline:
    Type: AWS::Serverless::Function
    Properties: { Handler: index.handler, Runtime: nodejs24.x, InlineCode: 'exports.handler = async () => 1' }
  Remote:
    Type: AWS::Serverless::Function
    Properties: { Handler: index.handler, Runtime: nodejs24.x, CodeUri: { Bucket: b, Key: k } }
    #                                                                   ^^^^^^^^^^^^^^^^^^^^^ info: not in this workspace`,
    model: {
      functions: [{ name: 'Inline', inlineCode: 'exports.handler = async () => 1' }, { name: 'Remote' }],
    },
  },

  'layers that the template makes': {
    resources: `
  Hello: { Type: AWS::Serverless::Function, Properties: { ${handler}, Layers: [!Ref Shared, 'arn:aws:lambda:us-east-1:1:layer:x:2'] } }
  Shared: { Type: AWS::Serverless::LayerVersion, Properties: { ContentUri: layers/shared } }`,
    model: {
      functions: [
        {
          layers: [
            { arn: arn('lambda', 'layer:Shared:1'), directory: '/project/layers/shared' },
            { arn: 'arn:aws:lambda:us-east-1:1:layer:x:2' },
          ],
        },
      ],
    },
  },

  'conditions decide what there is': {
    head: 'Conditions: { Never: !Equals [a, b], Always: !Equals [a, a] }',
    resources: `
  Gone: { Condition: Never, Type: AWS::Serverless::Function, Properties: { ${handler} } }
  Here:
    Condition: Always
    Type: AWS::Serverless::Function
    Properties:
      ${handler.replaceAll(', ', '\n      ')}
      Role: !If [Never, 'arn:aws:iam::1:role/x', !Ref AWS::NoValue]
      Policies: [!If [Always, AWSLambdaExecute, !Ref AWS::NoValue], !If [Never, Other, !Ref AWS::NoValue]]
      Events: { Tick: !If [Never, { Type: Schedule }, !Ref AWS::NoValue] }`,
    model: {
      functions: [{ name: 'Here', roleArn: 'arn:aws:iam::000000000000:role/HereRole' }],
      resources: {
        roles: [
          {
            managedPolicyArns: [
              'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole',
              'arn:aws:iam::aws:policy/AWSLambdaExecute',
            ],
          },
        ],
        rules: [],
      },
    },
  },

  'tables, as simple as they come': {
    resources: `
  Simple: { Type: AWS::Serverless::SimpleTable }
  Own: { Type: AWS::Serverless::SimpleTable, Properties: { TableName: own, PrimaryKey: { Name: at, Type: Number } } }`,
    model: {
      resources: {
        tables: [
          {
            name: 'Simple',
            attributes: [{ name: 'id', type: 'S' }],
            keys: [{ attribute: 'id', type: 'HASH' }],
          },
          { name: 'own', attributes: [{ name: 'at', type: 'N' }] },
        ],
      },
    },
  },
});

suiteOfTemplates('what SAM does not accept', {
  'publishing without an alias': {
    resources: `
  Hello:
    Type: AWS::Serverless::Function
    Properties:
      ${handler.replaceAll(', ', '\n      ')}
      ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 1 }
      #                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: needs an AutoPublishAlias`,
  },
  'policies that are none': {
    resources: `
  Hello:
    Type: AWS::Serverless::Function
    Properties:
      ${handler.replaceAll(', ', '\n      ')}
      Policies:
        - SQSPolerPolicy: { QueueName: x }
        # ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: neither a managed policy
        - SQSPollerPolicy: {}
        # ^^^^^^^^^^^^^^^^^^^ error: SQSPollerPolicy needs QueueName. Add QueueName`,
  },
  'events that are none, or lack something': {
    resources: `
  Hello:
    Type: AWS::Serverless::Function
    Properties:
      ${handler.replaceAll(', ', '\n      ')}
      Events:
        A: { Type: Sqs, Properties: {} }
        #          ^^^ error: SAM has no event of type Sqs
        B: { Type: SQS, Properties: { BatchSize: 1 } }
#       ^ error: An event of type SQS needs Queue
        C: { Type: Schedule }
#       ^ error: An event of type Schedule needs Schedule
        D: { Type: S3, Properties: { Bucket: elsewhere, Events: 's3:ObjectCreated:*' } }
        #                                    ^^^^^^^^^ error: has to be one of this template
        E: { Type: Api, Properties: { Path: /a, Method: get } }
        F: { Type: Api, Properties: { Path: /a, Method: GET } }
#       ^ error: GET /a is already a route
        G: { Type: Api, Properties: { Path: /a, Method: get, RestApiId: !ImportValue shared } }
        #                                                                            ^^^^^^ info: not of this template`,
  },
  'dead letters and destinations without a type': {
    resources: `
  Hello:
    Type: AWS::Serverless::Function
    Properties:
      ${handler.replaceAll(', ', '\n      ')}
      DeadLetterQueue: { TargetArn: 'arn:aws:sqs:us-east-1:1:q' }
      #                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: needs a Type of SQS or SNS
      EventInvokeConfig:
        DestinationConfig: { OnSuccess: { Type: Lambda } }
        #                                       ^^^^^^ error: A destination needs a Type
      FunctionUrlConfig: { AuthType: OPEN }
      #                              ^^^^ error: needs an AuthType of NONE or AWS_IAM
      #                              ^^^^ error: AuthType is one of NONE, AWS_IAM, and not OPEN`,
  },
  'what is not followed is said': {
    resources: `
  Link: { Type: AWS::Serverless::Connector, Properties: {} }
# ^^^^ info: What a AWS::Serverless::Connector adds`,
  },
});
