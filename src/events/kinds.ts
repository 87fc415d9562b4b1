import type { TriggerKind } from '../model/trigger.ts';
import type { EventKind } from './eventTypes.ts';

/** One kind of event: its name, how it is told from others, and which triggers send it. */
export interface KindDefinition {
  readonly kind: EventKind;
  /** AWS's name of what sends it. */
  readonly title: string;
  /** All of them hold for an event of the kind that no kind before it in the list claims. */
  readonly signs: readonly Sign[];
  /** The triggers of the project model that send it. */
  readonly triggers: readonly TriggerKind[];
}

/** Something at a path in an event: a text that it equals or, without one, anything at all. */
export interface Sign {
  /** Names of members; `0` is the first element of a list. */
  readonly path: readonly string[];
  readonly equals?: string | readonly string[];
}

/** In the order in which they claim an event: the more special first. */
export const eventKinds: readonly KindDefinition[] = [
  record('s3', 'S3', 'eventSource', 'aws:s3', ['s3']),
  record('sqs', 'SQS', 'eventSource', 'aws:sqs', ['sqs']),
  record('sns', 'SNS', 'EventSource', 'aws:sns', ['sns']),
  record('kinesis', 'Kinesis', 'eventSource', 'aws:kinesis', ['kinesis']),
  record('dynamodb', 'DynamoDB Streams', 'eventSource', 'aws:dynamodb', ['dynamodb']),
  record('ses', 'SES', 'eventSource', 'aws:ses', []),
  record('codeCommit', 'CodeCommit', 'eventSource', 'aws:codecommit', []),
  whole('kafka', 'Amazon MSK', 'eventSource', 'aws:kafka', ['kafka']),
  whole('selfManagedKafka', 'Apache Kafka', 'eventSource', 'SelfManagedKafka', ['kafka']),
  whole('activeMq', 'ActiveMQ', 'eventSource', 'aws:mq', ['mq']),
  whole('rabbitMq', 'RabbitMQ', 'eventSource', 'aws:rmq', ['mq']),
  whole('documentdb', 'DocumentDB', 'eventSource', 'aws:docdb', ['documentdb']),
  shape('cloudFrontResponse', 'CloudFront response', [['Records', '0', 'cf', 'response']]),
  shape('cloudFrontRequest', 'CloudFront request', [['Records', '0', 'cf', 'request']]),
  shape('s3Batch', 'S3 Batch Operations', [['invocationSchemaVersion'], ['tasks']]),
  shape('firehose', 'Firehose', [['deliveryStreamArn'], ['records']]),
  shape('logs', 'CloudWatch Logs', [['awslogs']], ['logs']),
  shape('alarm', 'CloudWatch alarm', [['alarmArn'], ['alarmData']]),
  whole('tokenAuthorizer', 'Token authorizer', 'type', 'TOKEN', ['authorizer']),
  {
    kind: 'httpAuthorizer',
    title: 'HTTP API authorizer',
    signs: [{ path: ['type'], equals: 'REQUEST' }, { path: ['routeArn'] }],
    triggers: ['authorizer'],
  },
  whole('requestAuthorizer', 'Request authorizer', 'type', 'REQUEST', ['authorizer']),
  shape('loadBalancer', 'Application Load Balancer', [['requestContext', 'elb']], ['loadBalancer']),
  shape('webSocket', 'WebSocket API', [['requestContext', 'connectionId']], ['webSocket']),
  {
    kind: 'functionUrl',
    title: 'Function URL',
    signs: [{ path: ['requestContext', 'http'] }, { path: ['routeKey'], equals: '$default' }],
    triggers: ['functionUrl'],
  },
  shape('httpApi', 'HTTP API', [['requestContext', 'http']], ['httpApi']),
  shape('restApi', 'REST API', [['requestContext', 'resourcePath']], ['restApi']),
  shape('appSyncAuthorizer', 'AppSync authorizer', [['authorizationToken'], ['requestHeaders']]),
  shape('appSync', 'AppSync', [['info', 'fieldName']]),
  detail('s3EventBridge', 'S3 through EventBridge', 'aws.s3'),
  detail('guardDuty', 'GuardDuty', 'aws.guardduty'),
  detail('codeBuild', 'CodeBuild', 'aws.codebuild'),
  {
    kind: 'schedule',
    title: 'Schedule',
    signs: [{ path: ['detail-type'], equals: 'Scheduled Event' }],
    triggers: ['schedule'],
  },
  shape('eventBridge', 'EventBridge', [['detail-type'], ['source']], ['eventBridge']),
  cognito('cognitoPreSignUp', 'Cognito pre sign-up', [
    'PreSignUp_SignUp',
    'PreSignUp_ExternalProvider',
    'PreSignUp_AdminCreateUser',
  ]),
  cognito('cognitoPostConfirmation', 'Cognito post confirmation', [
    'PostConfirmation_ConfirmSignUp',
    'PostConfirmation_ConfirmForgotPassword',
  ]),
  cognito('cognitoPreAuthentication', 'Cognito pre authentication', ['PreAuthentication_Authentication']),
  cognito('cognitoPostAuthentication', 'Cognito post authentication', ['PostAuthentication_Authentication']),
  {
    // The event of version 1 has the same sources, and another response.
    kind: 'cognitoPreTokenGeneration',
    title: 'Cognito pre token generation',
    signs: [
      {
        path: ['triggerSource'],
        equals: [
          'TokenGeneration_HostedAuth',
          'TokenGeneration_Authentication',
          'TokenGeneration_NewPasswordChallenge',
          'TokenGeneration_AuthenticateDevice',
          'TokenGeneration_RefreshTokens',
        ],
      },
      { path: ['version'], equals: '2' },
    ],
    triggers: ['cognito'],
  },
  cognito('cognitoCustomMessage', 'Cognito custom message', [
    'CustomMessage_AdminCreateUser',
    'CustomMessage_Authentication',
    'CustomMessage_ForgotPassword',
    'CustomMessage_ResendCode',
    'CustomMessage_SignUp',
    'CustomMessage_UpdateUserAttribute',
    'CustomMessage_VerifyUserAttribute',
  ]),
  cognito('cognitoDefineAuthChallenge', 'Cognito define auth challenge', [
    'DefineAuthChallenge_Authentication',
  ]),
  cognito('cognitoUserMigration', 'Cognito user migration', [
    'UserMigration_Authentication',
    'UserMigration_ForgotPassword',
  ]),
  shape('customResource', 'CloudFormation custom resource', [['RequestType'], ['LogicalResourceId']]),
  shape('codePipeline', 'CodePipeline', [['CodePipeline.job']]),
  shape('secretRotation', 'Secrets Manager rotation', [['Step'], ['SecretId']]),
  shape('iotAuthorizer', 'AWS IoT authorizer', [['protocolData'], ['connectionMetadata']]),
  shape('iotProvisioning', 'AWS IoT provisioning', [['claimCertificateId']]),
  shape('lex', 'Lex', [['bot'], ['sessionState']]),
  shape('connect', 'Amazon Connect', [['Details', 'ContactData']]),
  shape('autoScaling', 'Auto Scaling', [['AutoScalingGroupARN'], ['CapacityToTerminate']]),
  shape('transfer', 'Transfer Family', [['serverId'], ['protocol'], ['username']]),
];

/** The kind of an event, by what it looks like. Undefined for what people made up themselves. */
export function recogniseKind(event: unknown): KindDefinition | undefined {
  return eventKinds.find(({ signs }) => signs.every(sign => holds(event, sign)));
}

/** The kinds of event that a function's triggers send, in the order of the triggers. */
export function kindsOfTriggers(triggers: readonly TriggerKind[]): readonly KindDefinition[] {
  const found = triggers.flatMap(trigger => eventKinds.filter(kind => kind.triggers.includes(trigger)));
  return [...new Set(found)];
}

function holds(event: unknown, { path, equals }: Sign): boolean {
  let value = event;
  for (const name of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return false;
    value = (value as Readonly<Record<string, unknown>>)[name];
  }
  if (equals === undefined) return true;
  return typeof equals === 'string' ? value === equals : equals.some(text => text === value);
}

/** Told by the first of its records. */
function record(
  kind: EventKind,
  title: string,
  member: string,
  equals: string,
  triggers: readonly TriggerKind[],
): KindDefinition {
  return { kind, title, signs: [{ path: ['Records', '0', member], equals }], triggers };
}

/** Told by a member of its own. */
function whole(
  kind: EventKind,
  title: string,
  member: string,
  equals: string,
  triggers: readonly TriggerKind[],
): KindDefinition {
  return { kind, title, signs: [{ path: [member], equals }], triggers };
}

/** Told by what it has. */
function shape(
  kind: EventKind,
  title: string,
  paths: readonly (readonly string[])[],
  triggers: readonly TriggerKind[] = [],
): KindDefinition {
  return { kind, title, signs: paths.map(path => ({ path })), triggers };
}

/** An event of EventBridge from one service. */
function detail(kind: EventKind, title: string, source: string): KindDefinition {
  const signs = [{ path: ['detail-type'] }, { path: ['source'], equals: source }];
  return { kind, title, signs, triggers: ['eventBridge'] };
}

function cognito(kind: EventKind, title: string, equals: readonly string[]): KindDefinition {
  return { kind, title, signs: [{ path: ['triggerSource'], equals }], triggers: ['cognito'] };
}
