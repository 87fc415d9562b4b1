import type {
  ALBEvent,
  APIGatewayProxyEvent,
  APIGatewayProxyEventV2,
  APIGatewayProxyWebsocketEventV2,
  APIGatewayRequestAuthorizerEvent,
  APIGatewayRequestAuthorizerEventV2,
  APIGatewayTokenAuthorizerEvent,
  AppSyncAuthorizerEvent,
  AppSyncResolverEvent,
  AutoScalingScaleInEvent,
  CloudFormationCustomResourceEvent,
  CloudFrontRequestEvent,
  CloudFrontResponseEvent,
  CloudWatchAlarmEvent,
  CloudWatchLogsEvent,
  CodeBuildCloudWatchStateEvent,
  CodeCommitTriggerEvent,
  CodePipelineEvent,
  ConnectContactFlowEvent,
  CustomMessageTriggerEvent,
  DefineAuthChallengeTriggerEvent,
  DynamoDBStreamEvent,
  EventBridgeEvent,
  FirehoseTransformationEvent,
  GuardDutyNotificationEvent,
  IoTCustomAuthorizerEvent,
  IoTPreProvisioningHookEvent,
  KinesisStreamEvent,
  LambdaFunctionURLEvent,
  LexV2Event,
  MSKEvent,
  PostAuthenticationTriggerEvent,
  PostConfirmationTriggerEvent,
  PreAuthenticationTriggerEvent,
  PreSignUpTriggerEvent,
  PreTokenGenerationV2TriggerEvent,
  S3BatchEvent,
  S3Event,
  S3NotificationEvent,
  ScheduledEvent,
  SESEvent,
  SecretsManagerRotationEvent,
  SelfManagedKafkaEvent,
  SNSEvent,
  SQSEvent,
  TransferFamilyAuthorizerEvent,
  UserMigrationTriggerEvent,
} from 'aws-lambda';
import type { ActiveMqEvent, DocumentDbEvent, RabbitMqEvent } from './brokerTypes.ts';

/**
 * What invokes functions, with the type of what they get. The samples are checked against these types, and
 * `npm run schemas` makes the JSON schemas from them.
 */
export interface EventTypes {
  readonly s3: S3Event;
  readonly s3EventBridge: S3NotificationEvent;
  readonly s3Batch: S3BatchEvent;
  readonly sqs: SQSEvent;
  readonly sns: SNSEvent;
  readonly kinesis: KinesisStreamEvent;
  readonly firehose: FirehoseTransformationEvent;
  readonly dynamodb: DynamoDBStreamEvent;
  readonly kafka: MSKEvent;
  readonly selfManagedKafka: SelfManagedKafkaEvent;
  readonly activeMq: ActiveMqEvent;
  readonly rabbitMq: RabbitMqEvent;
  readonly documentdb: DocumentDbEvent;
  readonly restApi: APIGatewayProxyEvent;
  readonly httpApi: APIGatewayProxyEventV2;
  readonly webSocket: APIGatewayProxyWebsocketEventV2;
  readonly functionUrl: LambdaFunctionURLEvent;
  readonly loadBalancer: ALBEvent;
  readonly tokenAuthorizer: APIGatewayTokenAuthorizerEvent;
  readonly requestAuthorizer: APIGatewayRequestAuthorizerEvent;
  readonly httpAuthorizer: APIGatewayRequestAuthorizerEventV2;
  readonly appSync: AppSyncResolverEvent<Record<string, unknown>>;
  readonly appSyncAuthorizer: AppSyncAuthorizerEvent;
  readonly eventBridge: EventBridgeEvent<string, Record<string, unknown>>;
  readonly schedule: ScheduledEvent<Record<string, unknown>>;
  readonly logs: CloudWatchLogsEvent;
  readonly alarm: CloudWatchAlarmEvent;
  readonly ses: SESEvent;
  readonly cognitoPreSignUp: PreSignUpTriggerEvent;
  readonly cognitoPostConfirmation: PostConfirmationTriggerEvent;
  readonly cognitoPreAuthentication: PreAuthenticationTriggerEvent;
  readonly cognitoPostAuthentication: PostAuthenticationTriggerEvent;
  readonly cognitoPreTokenGeneration: PreTokenGenerationV2TriggerEvent;
  readonly cognitoCustomMessage: CustomMessageTriggerEvent;
  readonly cognitoDefineAuthChallenge: DefineAuthChallengeTriggerEvent;
  readonly cognitoUserMigration: UserMigrationTriggerEvent;
  readonly cloudFrontRequest: CloudFrontRequestEvent;
  readonly cloudFrontResponse: CloudFrontResponseEvent;
  readonly customResource: CloudFormationCustomResourceEvent;
  readonly codeBuild: CodeBuildCloudWatchStateEvent;
  readonly codeCommit: CodeCommitTriggerEvent;
  readonly codePipeline: CodePipelineEvent;
  readonly secretRotation: SecretsManagerRotationEvent;
  readonly guardDuty: GuardDutyNotificationEvent;
  readonly iotAuthorizer: IoTCustomAuthorizerEvent;
  readonly iotProvisioning: IoTPreProvisioningHookEvent;
  readonly lex: LexV2Event;
  readonly connect: ConnectContactFlowEvent;
  readonly autoScaling: AutoScalingScaleInEvent;
  readonly transfer: TransferFamilyAuthorizerEvent;
}

export type EventKind = keyof EventTypes;
