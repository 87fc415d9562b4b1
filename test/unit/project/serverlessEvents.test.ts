import { type ServiceCase, suiteOfServices } from './support/services.ts';

const arn = (service: string, resource: string) => `arn:aws:${service}:us-east-1:000000000000:${resource}`;
const hello = arn('lambda', 'function:hello');

/** A function with events, and the service's own resources. */
function events(
  written: string,
  model: NonNullable<ServiceCase['model']>,
  resources = '',
  more = '',
): ServiceCase {
  return {
    yaml: `provider:
  name: aws
  runtime: nodejs24.x
  versionFunctions: false
  role: arn:aws:iam::1:role/r
${more}
functions:
  hello:
    name: hello
    handler: index.handler
    events:
${written}
resources:
  Resources:
    Queue: { Type: AWS::SQS::Queue, Properties: { QueueName: jobs } }
${resources}`,
    model,
  };
}

suiteOfServices('events of serverless.yml', {
  sqs: events(
    `      - sqs: !GetAtt Queue.Arn
      - sqs:
          arn: !GetAtt Queue.Arn
          batchSize: 5
          maximumBatchingWindow: 2
          maximumConcurrency: 9
          functionResponseType: ReportBatchItemFailures
          filterPatterns: [{ body: { a: [1] } }]
          enabled: false`,
    {
      resources: {
        eventSourceMappings: [
          { source: { kind: 'sqs', arn: arn('sqs', 'jobs') }, enabled: true },
          {
            batchSize: 5,
            maximumBatchingWindowSeconds: 2,
            maximumConcurrency: 9,
            reportBatchItemFailures: true,
            filters: [{ body: { a: [1] } }],
            enabled: false,
          },
        ],
      },
    },
  ),
  stream: events(
    `      - stream: arn:aws:dynamodb:us-east-1:1:table/t/stream/x
      - stream: { type: kinesis, arn: !GetAtt Stream.Arn, batchSize: 50, startingPosition: LATEST, parallelizationFactor: 2, bisectBatchOnFunctionError: true, maximumRetryAttempts: 3, maximumRecordAgeInSeconds: 60, tumblingWindowInSeconds: 30, batchWindow: 4, destinations: { onFailure: { arn: !GetAtt Queue.Arn, type: sqs } } }`,
    {
      resources: {
        eventSourceMappings: [
          { source: { kind: 'dynamodb' }, startingPosition: 'TRIM_HORIZON', batchSize: 10 },
          {
            source: { kind: 'kinesis' },
            startingPosition: 'LATEST',
            batchSize: 50,
            parallelizationFactor: 2,
            bisectBatchOnFunctionError: true,
            maximumRetryAttempts: 3,
            maximumRecordAgeSeconds: 60,
            tumblingWindowSeconds: 30,
            maximumBatchingWindowSeconds: 4,
            onFailureArn: arn('sqs', 'jobs'),
          },
        ],
      },
    },
    '    Stream: { Type: AWS::Kinesis::Stream, Properties: { ShardCount: 1 } }',
  ),
  'msk, kafka, activemq and rabbitmq': events(
    `      - msk: { arn: 'arn:aws:kafka:us-east-1:1:cluster/c/u', topic: t, startingPosition: LATEST }
      - kafka: { bootstrapServers: ['b:9092'], topic: t }
      - activemq: { arn: 'arn:aws:mq:us-east-1:1:broker:b:u', queue: q, basicAuthArn: s }
      - rabbitmq: { arn: 'arn:aws:mq:us-east-1:1:broker:r:u', queue: q, basicAuthArn: s }`,
    {
      triggers: [{ kind: 'kafka' }, { kind: 'kafka' }, { kind: 'mq' }, { kind: 'mq' }],
      resources: {
        eventSourceMappings: [
          { source: { kind: 'kafka', topics: ['t'] } },
          { source: { kind: 'selfManagedKafka', topics: ['t'] } },
          { source: { kind: 'mq', topics: ['q'] } },
          {},
        ],
      },
    },
  ),
  s3: events(
    `      - s3: made
      - s3: { bucket: own, event: 's3:ObjectRemoved:*', rules: [{ prefix: in/ }, { suffix: .png }], existing: true }`,
    {
      resources: {
        buckets: [{ name: 'own' }, { name: 'made', implicit: true }],
        bucketNotifications: [
          {
            bucketName: 'own',
            events: ['s3:ObjectRemoved:*'],
            prefix: 'in/',
            suffix: '.png',
            targetArn: hello,
          },
          { bucketName: 'made', events: ['s3:ObjectCreated:*'] },
        ],
      },
    },
    '    Own: { Type: AWS::S3::Bucket, Properties: { BucketName: own } }',
  ),
  sns: events(
    `      - sns: made
      - sns: arn:aws:sns:us-east-1:1:there
      - sns: { arn: !Ref Topic, filterPolicy: { a: [b] }, filterPolicyScope: MessageBody, redrivePolicy: { deadLetterTargetArn: !GetAtt Queue.Arn } }`,
    {
      resources: {
        topics: [{ name: 'own' }, { name: 'made', implicit: true }],
        subscriptions: [
          { topicArn: arn('sns', 'made') },
          { topicArn: 'arn:aws:sns:us-east-1:1:there' },
          {
            topicArn: arn('sns', 'own'),
            filterPolicy: { a: ['b'] },
            filterPolicyScope: 'MessageBody',
            deadLetterTargetArn: arn('sqs', 'jobs'),
          },
        ],
      },
    },
    '    Topic: { Type: AWS::SNS::Topic, Properties: { TopicName: own } }',
  ),
  schedule: events(
    `      - schedule: rate(1 minute)
      - schedule: { rate: ['rate(2 minutes)', 'cron(0 1 * * ? *)'], enabled: false, name: named, input: { a: 1 } }
      - schedule: { method: scheduler, rate: rate(3 minutes), timezone: Europe/Berlin }`,
    {
      resources: {
        rules: [
          { scheduleExpression: 'rate(1 minute)', enabled: true },
          {
            scheduleExpression: 'rate(2 minutes)',
            enabled: false,
            name: 'named',
            targets: [{ input: '{"a":1}' }],
          },
          { scheduleExpression: 'cron(0 1 * * ? *)' },
        ],
        schedules: [{ scheduleExpression: 'rate(3 minutes)', timezone: 'Europe/Berlin' }],
      },
    },
  ),
  'eventBridge and cloudwatchEvent': events(
    `      - eventBridge: { eventBus: shop, pattern: { source: [a] }, inputPath: $.detail, retryPolicy: { maximumEventAge: 60, maximumRetryAttempts: 1 }, deadLetterQueueArn: !GetAtt Queue.Arn }
      - eventBridge: { schedule: rate(5 minutes), inputTransformer: { inputPathsMap: { a: $.id }, inputTemplate: '<a>' } }
      - cloudwatchEvent: { event: { source: [b] }, enabled: false }`,
    {
      resources: {
        rules: [
          {
            eventBusName: 'shop',
            eventPattern: { source: ['a'] },
            targets: [
              {
                inputPath: '$.detail',
                maximumRetryAttempts: 1,
                maximumEventAgeSeconds: 60,
                deadLetterTargetArn: arn('sqs', 'jobs'),
              },
            ],
          },
          { scheduleExpression: 'rate(5 minutes)', targets: [{ inputTransformer: { template: '<a>' } }] },
          { eventPattern: { source: ['b'] }, enabled: false },
        ],
      },
    },
  ),
  httpApi: events(
    `      - httpApi: '*'
      - httpApi: GET /a
      - httpApi: { method: POST, path: '/b/{id}', authorizer: { name: jwt, scopes: [s] } }
      - httpApi: { method: put, path: /c, authorizer: { type: aws_iam } }
      - httpApi: { method: put, path: /d, authorizer: own }`,
    {
      resources: {
        apis: [{ name: 'api', protocol: 'HTTP', cors: { allowOrigins: ['https://a'], maxAgeSeconds: 9 } }],
        routes: [
          { path: '$default', payloadFormat: '1.0' },
          { method: 'GET', path: '/a' },
          {
            method: 'POST',
            path: '/b/{id}',
            authorization: { kind: 'authorizer', name: 'jwt', scopes: ['s'] },
          },
          { method: 'PUT', authorization: { kind: 'iam' } },
          { authorization: { kind: 'authorizer', name: 'own', scopes: [] } },
        ],
        authorizers: [
          { name: 'jwt', kind: 'jwt', issuer: 'https://i', audiences: ['a'] },
          { name: 'own', kind: 'request', functionName: 'hello', payloadFormat: '2.0' },
        ],
      },
    },
    '',
    `  httpApi:
    name: api
    payload: '1.0'
    cors: { allowedOrigins: ['https://a'], maxAge: 9 }
    authorizers:
      jwt: { identitySource: $request.header.Authorization, issuerUrl: https://i, audience: [a] }
      own: { type: request, functionName: hello }`,
  ),
  http: events(
    `      - http: GET a/b
      - http: { path: /c, method: any, private: true }
      - http: { path: d, method: get, authorizer: hello }
      - http: { path: e, method: get, authorizer: { arn: 'arn:aws:cognito-idp:us-east-1:1:userpool/p', name: pool, scopes: [s] } }
      - http: { path: f, method: get, authorizer: aws_iam }`,
    {
      resources: {
        apis: [{ name: 'dev-shop', protocol: 'REST', stages: ['dev'] }],
        routes: [
          { method: 'GET', path: '/a/b' },
          { method: 'ANY', path: '/c', apiKeyRequired: true },
          { authorization: { kind: 'authorizer', name: 'hello', scopes: [] } },
          { authorization: { kind: 'authorizer', name: 'pool', scopes: ['s'] } },
          { authorization: { kind: 'iam' } },
        ],
        authorizers: [
          { name: 'hello', kind: 'token', functionName: 'hello' },
          { name: 'pool', kind: 'cognito' },
        ],
      },
    },
  ),
  websocket: events(
    `      - websocket: $connect
      - websocket: { route: send, authorizer: hello }`,
    {
      resources: {
        apis: [{ name: 'dev-shop-websockets', protocol: 'WEBSOCKET', stages: ['dev'] }],
        routes: [
          { path: '$connect', authorization: { kind: 'authorizer', name: 'hello', scopes: [] } },
          { path: 'send' },
        ],
      },
    },
  ),
  'logs, iot, skills, user pools and balancers': events(
    `      - cloudwatchLog: /app
      - cloudwatchLog: { logGroup: /other, filter: '?ERROR' }
      - iot: { sql: "SELECT * FROM 'a'" }
      - alexaSkill: amzn1.ask.skill.x
      - alexaSkill
      - alexaSmartHome: amzn1.ask.skill.y
      - cognitoUserPool: { pool: people, trigger: PreSignUp }
      - alb: { listenerArn: x, priority: 1, conditions: { path: / } }`,
    {
      triggers: [
        { kind: 'logs', label: '/app' },
        { kind: 'logs', label: '/other' },
        { kind: 'iot' },
        { kind: 'alexa' },
        { kind: 'alexa' },
        { kind: 'cognito', label: 'PreSignUp' },
        { kind: 'loadBalancer' },
      ],
    },
  ),
});
