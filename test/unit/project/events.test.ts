import { suiteOfTemplates, type TemplateCase } from './support/templates.ts';

const arn = (service: string, resource: string) => `arn:aws:${service}:us-east-1:000000000000:${resource}`;
const hello = arn('lambda', 'function:Hello');

/** A function with one event, and what the template has besides. */
function event(
  written: string,
  others: string,
  model: NonNullable<TemplateCase['model']>['resources'],
  trigger: { kind: string; label: string },
): TemplateCase {
  return {
    resources: `
  Hello:
    Type: AWS::Serverless::Function
    Properties:
      Handler: index.handler
      Runtime: nodejs24.x
      CodeUri: .
      Events:
        One:
          ${written}
${others}`,
    model: { resources: model ?? {}, triggers: [{ functionName: 'Hello', ...trigger }] },
  };
}

const queue = '  Queue: { Type: AWS::SQS::Queue, Properties: { QueueName: jobs } }';
const topic = '  Topic: { Type: AWS::SNS::Topic, Properties: { TopicName: news } }';
const bucket = '  Bucket: { Type: AWS::S3::Bucket, Properties: { BucketName: files } }';

suiteOfTemplates('each type of event', {
  SQS: event(
    `Type: SQS
          Properties:
            Queue: !GetAtt Queue.Arn
            BatchSize: 50
            MaximumBatchingWindowInSeconds: 3
            ScalingConfig: { MaximumConcurrency: 7 }
            FilterCriteria: { Filters: [{ Pattern: '{"body": {"kind": ["a"]}}' }] }
            FunctionResponseTypes: [ReportBatchItemFailures]
            Enabled: false`,
    queue,
    {
      eventSourceMappings: [
        {
          logicalId: 'HelloOne',
          functionName: 'Hello',
          source: { kind: 'sqs', arn: arn('sqs', 'jobs') },
          enabled: false,
          batchSize: 50,
          maximumBatchingWindowSeconds: 3,
          maximumConcurrency: 7,
          reportBatchItemFailures: true,
          filters: [{ body: { kind: ['a'] } }],
          ranges: { batchSize: { startLine: 14, startColumn: 24 } },
        },
      ],
      roles: [
        {
          managedPolicyArns: [
            'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole',
            'arn:aws:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole',
          ],
        },
      ],
    },
    { kind: 'sqs', label: 'jobs' },
  ),

  Kinesis: event(
    `Type: Kinesis
          Properties:
            Stream: !GetAtt Stream.Arn
            StartingPosition: TRIM_HORIZON
            ParallelizationFactor: 2
            BisectBatchOnFunctionError: true
            MaximumRecordAgeInSeconds: 60
            MaximumRetryAttempts: 0
            TumblingWindowInSeconds: 30
            DestinationConfig: { OnFailure: { Type: SQS, Destination: !GetAtt Queue.Arn } }`,
    `${queue}
  Stream: { Type: AWS::Kinesis::Stream, Properties: { Name: clicks, ShardCount: 3, RetentionPeriodHours: 48 } }`,
    {
      eventSourceMappings: [
        {
          source: { kind: 'kinesis', arn: arn('kinesis', 'stream/clicks') },
          enabled: true,
          startingPosition: 'TRIM_HORIZON',
          parallelizationFactor: 2,
          bisectBatchOnFunctionError: true,
          maximumRecordAgeSeconds: 60,
          maximumRetryAttempts: 0,
          tumblingWindowSeconds: 30,
          onFailureArn: arn('sqs', 'jobs'),
          reportBatchItemFailures: false,
        },
      ],
      streams: [{ name: 'clicks', mode: 'PROVISIONED', shardCount: 3, retentionHours: 48 }],
      roles: [{ inlinePolicies: [{ name: 'HelloOneSQSPolicy' }] }],
    },
    { kind: 'kinesis', label: 'clicks' },
  ),

  DynamoDB: event(
    'Type: DynamoDB\n          Properties: { Stream: !GetAtt Table.StreamArn, StartingPosition: LATEST }',
    `  Table:
    Type: AWS::DynamoDB::Table
    Properties:
      TableName: orders
      AttributeDefinitions: [{ AttributeName: id, AttributeType: S }, { AttributeName: at, AttributeType: N }]
      KeySchema: [{ AttributeName: id, KeyType: HASH }, { AttributeName: at, KeyType: RANGE }]
      GlobalSecondaryIndexes: [{ IndexName: by-at, KeySchema: [{ AttributeName: at, KeyType: HASH }] }]
      StreamSpecification: { StreamViewType: NEW_IMAGE }
      TimeToLiveSpecification: { Enabled: true, AttributeName: expires }`,
    {
      tables: [
        {
          name: 'orders',
          attributes: [
            { name: 'id', type: 'S' },
            { name: 'at', type: 'N' },
          ],
          keys: [
            { attribute: 'id', type: 'HASH' },
            { attribute: 'at', type: 'RANGE' },
          ],
          globalIndexes: [{ name: 'by-at', keys: [{ attribute: 'at', type: 'HASH' }] }],
          stream: { viewType: 'NEW_IMAGE' },
          timeToLiveAttribute: 'expires',
        },
      ],
      eventSourceMappings: [{ source: { kind: 'dynamodb' }, startingPosition: 'LATEST' }],
    },
    { kind: 'dynamodb', label: 'orders' },
  ),

  MSK: event(
    `Type: MSK
          Properties: { Stream: 'arn:aws:kafka:us-east-1:1:cluster/c/u', Topics: [orders], StartingPosition: LATEST }`,
    '',
    { eventSourceMappings: [{ source: { kind: 'kafka', topics: ['orders'] } }] },
    { kind: 'kafka', label: 'cluster/c/u' },
  ),

  SelfManagedKafka: event(
    `Type: SelfManagedKafka
          Properties: { KafkaBootstrapServers: ['b:9092'], Topics: [orders], SourceAccessConfigurations: [{ Type: SASL_SCRAM_512_AUTH, URI: x }] }`,
    '',
    { eventSourceMappings: [{ source: { kind: 'selfManagedKafka', topics: ['orders'] } }] },
    { kind: 'kafka', label: 'orders' },
  ),

  MQ: event(
    `Type: MQ
          Properties: { Broker: 'arn:aws:mq:us-east-1:1:broker:b:u', Queues: [orders], SourceAccessConfigurations: [{ Type: BASIC_AUTH, URI: x }] }`,
    '',
    { eventSourceMappings: [{ source: { kind: 'mq', topics: ['orders'] } }] },
    { kind: 'mq', label: 'broker:b:u' },
  ),

  DocumentDB: event(
    `Type: DocumentDB
          Properties: { Cluster: 'arn:aws:rds:us-east-1:1:cluster:c', DatabaseName: shop, CollectionName: orders, StartingPosition: LATEST }`,
    '',
    { eventSourceMappings: [{ source: { kind: 'documentdb', topics: ['shop', 'orders'] } }] },
    { kind: 'documentdb', label: 'cluster:c' },
  ),

  S3: event(
    `Type: S3
          Properties:
            Bucket: !Ref Bucket
            Events: ['s3:ObjectCreated:*', 's3:ObjectRemoved:Delete']
            Filter: { S3Key: { Rules: [{ Name: prefix, Value: in/ }, { Name: suffix, Value: .png }] } }`,
    bucket,
    {
      bucketNotifications: [
        {
          bucketName: 'files',
          events: ['s3:ObjectCreated:*'],
          prefix: 'in/',
          suffix: '.png',
          targetArn: hello,
        },
        { events: ['s3:ObjectRemoved:Delete'] },
      ],
      functionPermissions: [{ principal: 's3.amazonaws.com', sourceAccount: '000000000000' }],
    },
    { kind: 's3', label: 'files' },
  ),

  SNS: event(
    `Type: SNS
          Properties: { Topic: !Ref Topic, FilterPolicy: { kind: [a] }, FilterPolicyScope: MessageBody, RedrivePolicy: { deadLetterTargetArn: !GetAtt Queue.Arn } }`,
    `${topic}\n${queue}`,
    {
      subscriptions: [
        {
          topicArn: arn('sns', 'news'),
          protocol: 'lambda',
          endpoint: hello,
          filterPolicy: { kind: ['a'] },
          filterPolicyScope: 'MessageBody',
          deadLetterTargetArn: arn('sqs', 'jobs'),
        },
      ],
      functionPermissions: [{ principal: 'sns.amazonaws.com', sourceArn: arn('sns', 'news') }],
    },
    { kind: 'sns', label: 'news' },
  ),

  'SNS through a queue': event(
    'Type: SNS\n          Properties: { Topic: !Ref Topic, SqsSubscription: true }',
    topic,
    {
      subscriptions: [{ protocol: 'sqs', endpoint: arn('sqs', 'HelloOneQueue') }],
      queues: [{ name: 'HelloOneQueue', implicit: true }],
      resourcePolicies: [{ resourceArns: [arn('sqs', 'HelloOneQueue')] }],
      eventSourceMappings: [{ source: { arn: arn('sqs', 'HelloOneQueue') }, batchSize: 10 }],
    },
    { kind: 'sqs', label: 'HelloOneQueue' },
  ),

  Schedule: event(
    `Type: Schedule
          Properties: { Schedule: 'cron(0 1 * * ? *)', Name: nightly, Enabled: false, Input: '{"a":1}', RetryPolicy: { MaximumRetryAttempts: 2 } }`,
    '',
    {
      rules: [
        {
          name: 'nightly',
          arn: arn('events', 'rule/nightly'),
          eventBusName: 'default',
          enabled: false,
          scheduleExpression: 'cron(0 1 * * ? *)',
          targets: [{ id: 'HelloOneLambdaTarget', arn: hello, input: '{"a":1}', maximumRetryAttempts: 2 }],
        },
      ],
    },
    { kind: 'schedule', label: 'cron(0 1 * * ? *)' },
  ),

  ScheduleV2: event(
    `Type: ScheduleV2
          Properties: { ScheduleExpression: rate(5 minutes), ScheduleExpressionTimezone: Europe/Berlin, DeadLetterConfig: { Type: SQS }, FlexibleTimeWindow: { Mode: FLEXIBLE, MaximumWindowInMinutes: 4 } }`,
    '',
    {
      schedules: [
        {
          name: 'HelloOne',
          scheduleExpression: 'rate(5 minutes)',
          timezone: 'Europe/Berlin',
          flexibleTimeWindowMinutes: 4,
          targetArn: hello,
          roleArn: 'arn:aws:iam::000000000000:role/HelloOneRole',
          deadLetterTargetArn: arn('sqs', 'HelloOneQueue'),
        },
      ],
    },
    { kind: 'schedule', label: 'rate(5 minutes)' },
  ),

  EventBridgeRule: event(
    `Type: EventBridgeRule
          Properties:
            EventBusName: !Ref Bus
            RuleName: paid
            Pattern: { detail-type: [paid], detail: { amount: [{ numeric: ['>', 10] }] } }
            InputPath: $.detail
            State: DISABLED
            DeadLetterConfig: { Arn: !GetAtt Queue.Arn }`,
    `${queue}\n  Bus: { Type: AWS::Events::EventBus, Properties: { Name: shop } }`,
    {
      eventBuses: [{ name: 'shop', arn: arn('events', 'event-bus/shop') }],
      rules: [
        {
          arn: arn('events', 'rule/shop/paid'),
          eventBusName: 'shop',
          enabled: false,
          eventPattern: { 'detail-type': ['paid'], detail: { amount: [{ numeric: ['>', 10] }] } },
          targets: [{ inputPath: '$.detail', deadLetterTargetArn: arn('sqs', 'jobs') }],
        },
      ],
    },
    { kind: 'eventBridge', label: 'paid' },
  ),

  CloudWatchEvent: event(
    'Type: CloudWatchEvent\n          Properties: { Pattern: { source: [aws.ec2] }, InputTransformer: { InputPathsMap: { a: $.id }, InputTemplate: "<a>" } }',
    '',
    {
      rules: [
        {
          eventPattern: { source: ['aws.ec2'] },
          targets: [{ inputTransformer: { paths: { a: '$.id' }, template: '<a>' } }],
        },
      ],
    },
    { kind: 'eventBridge', label: 'HelloOne' },
  ),

  CloudWatchLogs: event(
    "Type: CloudWatchLogs\n          Properties: { LogGroupName: /app, FilterPattern: '?ERROR' }",
    '',
    {
      functionPermissions: [{ principal: 'logs.amazonaws.com', sourceArn: arn('logs', 'log-group:/app:*') }],
    },
    { kind: 'logs', label: '/app' },
  ),

  IoTRule: event(
    `Type: IoTRule\n          Properties: { Sql: "SELECT * FROM 'a/b'" }`,
    '',
    { functionPermissions: [{ principal: 'iot.amazonaws.com', sourceArn: arn('iot', 'rule/HelloOne') }] },
    { kind: 'iot', label: "SELECT * FROM 'a/b'" },
  ),

  AlexaSkill: event(
    'Type: AlexaSkill\n          Properties: { SkillId: amzn1.ask.skill.x }',
    '',
    {
      functionPermissions: [{ principal: 'alexa-appkit.amazon.com', eventSourceToken: 'amzn1.ask.skill.x' }],
    },
    { kind: 'alexa', label: 'amzn1.ask.skill.x' },
  ),

  Cognito: event(
    'Type: Cognito\n          Properties: { UserPool: !Ref Pool, Trigger: PreSignUp }',
    '  Pool: { Type: AWS::Cognito::UserPool }',
    {
      functionPermissions: [{ logicalId: 'HelloCognitoPermission', principal: 'cognito-idp.amazonaws.com' }],
    },
    { kind: 'cognito', label: 'PreSignUp' },
  ),

  Api: event(
    "Type: Api\n          Properties: { Path: '/orders/{id}/', Method: get, TimeoutInMillis: 5000, Auth: { ApiKeyRequired: true } }",
    '',
    {
      apis: [
        {
          apiId: 'serverlessrestapi',
          protocol: 'REST',
          stages: ['Stage', 'Prod'],
          implicit: true,
          name: 'project',
        },
      ],
      routes: [
        {
          apiId: 'serverlessrestapi',
          method: 'GET',
          path: '/orders/{id}/',
          functionName: 'Hello',
          payloadFormat: '1.0',
          timeoutMs: 5000,
          authorization: { kind: 'none' },
          apiKeyRequired: true,
        },
      ],
      functionPermissions: [
        {
          logicalId: 'HelloOnePermissionProd',
          sourceArn: arn('execute-api', 'serverlessrestapi/*/GET/orders/*'),
        },
      ],
    },
    { kind: 'restApi', label: 'GET /orders/{id}/' },
  ),

  HttpApi: event(
    'Type: HttpApi',
    '',
    {
      apis: [{ apiId: 'serverlesshttpapi', protocol: 'HTTP', stages: ['$default'] }],
      routes: [{ path: '$default', payloadFormat: '2.0' }],
    },
    { kind: 'httpApi', label: '$default' },
  ),
});
