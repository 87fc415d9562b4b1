import type { DocNode } from '../../document/sourceDocument.ts';
import type { TfResource } from '../tfResource.ts';
import { type Convert, named, to } from './conversion.ts';

/** A target stands by itself, and is a part of its rule: see mergeAttachments. */
const ruleTarget: Convert = to('Terraform::RuleTarget', {
  Rule: 'rule',
  EventBusName: 'event_bus_name',
  Target: resource => {
    const { build } = resource;
    return build.map({
      Id: resource.get('target_id') ?? resource.name,
      Arn: resource.get('arn'),
      RoleArn: resource.get('role_arn'),
      Input: resource.get('input'),
      InputPath: resource.get('input_path'),
      InputTransformer: transformerOf(resource),
      RetryPolicy: retryOf(resource, 'retry_policy'),
      DeadLetterConfig: deadLettersOf(resource, 'dead_letter_config'),
    });
  },
});

function transformerOf(resource: TfResource): DocNode | undefined {
  const template = resource.get('input_transformer', 'input_template');
  return (
    template &&
    resource.build.map({
      InputPathsMap: resource.get('input_transformer', 'input_paths'),
      InputTemplate: template,
    })
  );
}

function retryOf(resource: TfResource, ...path: readonly string[]): DocNode | undefined {
  const attempts = resource.get(...path, 'maximum_retry_attempts');
  const age = resource.get(...path, 'maximum_event_age_in_seconds');
  return attempts || age
    ? resource.build.map({ MaximumRetryAttempts: attempts, MaximumEventAgeInSeconds: age })
    : undefined;
}

function deadLettersOf(resource: TfResource, ...path: readonly string[]): DocNode | undefined {
  const arn = resource.get(...path, 'arn');
  return arn && resource.build.map({ Arn: arn });
}

function enabledState(resource: TfResource): string | DocNode | undefined {
  const state = resource.get('state');
  if (state) return state;
  const enabled = resource.get('is_enabled');
  return enabled?.kind === 'scalar' && enabled.value === false ? 'DISABLED' : undefined;
}

/** Who a bucket tells; a part of the bucket: see mergeAttachments. */
const bucketNotification: Convert = to('Terraform::BucketNotification', {
  Bucket: 'bucket',
  Configuration: resource => {
    const { build } = resource;
    const list = (block: string, target: string, arn: string) =>
      build.seq(
        resource.blocks(block).flatMap(notification => {
          const events = notification.get('events');
          const rules = (['prefix', 'suffix'] as const).flatMap(name => {
            const value = notification.get(`filter_${name}`);
            return value && !(value.kind === 'scalar' && value.value === '')
              ? [build.map({ Name: name, Value: value })]
              : [];
          });
          return (events?.kind === 'seq' ? events.items : []).map(event =>
            notification.build.map({
              Event: event,
              [target]: notification.get(arn),
              Filter:
                rules.length > 0 ? build.map({ S3Key: build.map({ Rules: build.seq(rules) }) }) : undefined,
            }),
          );
        }),
      );
    const bus = resource.get('eventbridge');
    return build.map({
      LambdaConfigurations: list('lambda_function', 'Function', 'lambda_function_arn'),
      QueueConfigurations: list('queue', 'Queue', 'queue_arn'),
      TopicConfigurations: list('topic', 'Topic', 'topic_arn'),
      EventBridgeConfiguration: bus?.kind === 'scalar' && bus.value === true ? build.map({}) : undefined,
    });
  },
});

const keyNames = (resource: TfResource, hash: DocNode | undefined, range: DocNode | undefined): DocNode => {
  const { build } = resource;
  const key = (name: DocNode, type: string) => build.map({ AttributeName: name, KeyType: type });
  return build.seq([...(hash ? [key(hash, 'HASH')] : []), ...(range ? [key(range, 'RANGE')] : [])]);
};

const indexes = (block: string) => (resource: TfResource) => {
  const { build } = resource;
  const found = resource.blocks(block);
  if (found.length === 0) return undefined;
  return build.seq(
    found.map(index =>
      build.map({
        IndexName: index.get('name'),
        KeySchema: keyNames(
          resource,
          index.get('hash_key') ?? resource.get('hash_key'),
          index.get('range_key'),
        ),
      }),
    ),
  );
};

const table: Convert = to('AWS::DynamoDB::Table', {
  TableName: named('name'),
  AttributeDefinitions: resource =>
    resource.build.seq(
      resource
        .blocks('attribute')
        .map(attribute =>
          resource.build.map({ AttributeName: attribute.get('name'), AttributeType: attribute.get('type') }),
        ),
    ),
  KeySchema: resource => keyNames(resource, resource.get('hash_key'), resource.get('range_key')),
  GlobalSecondaryIndexes: indexes('global_secondary_index'),
  LocalSecondaryIndexes: indexes('local_secondary_index'),
  StreamSpecification: resource => {
    const view = resource.get('stream_view_type');
    const enabled = resource.get('stream_enabled');
    const isOn = enabled?.kind === 'scalar' && enabled.value === true;
    return view && isOn ? resource.build.map({ StreamViewType: view }) : undefined;
  },
  TimeToLiveSpecification: resource => {
    const attribute = resource.get('ttl', 'attribute_name');
    const isNamed = attribute?.kind === 'scalar' && attribute.value !== '';
    return isNamed
      ? resource.build.map({ AttributeName: attribute, Enabled: resource.get('ttl', 'enabled') ?? true })
      : undefined;
  },
});

export const messagingConversions: Readonly<Record<string, Convert>> = {
  aws_sqs_queue: to('AWS::SQS::Queue', {
    QueueName: named('name'),
    FifoQueue: 'fifo_queue',
    ContentBasedDeduplication: 'content_based_deduplication',
    VisibilityTimeout: 'visibility_timeout_seconds',
    DelaySeconds: 'delay_seconds',
    MessageRetentionPeriod: 'message_retention_seconds',
    ReceiveMessageWaitTimeSeconds: 'receive_wait_time_seconds',
    RedrivePolicy: resource => resource.json('redrive_policy'),
  }),
  aws_sqs_queue_redrive_policy: to('Terraform::RedrivePolicy', {
    Queue: 'queue_url',
    RedrivePolicy: resource => resource.json('redrive_policy'),
  }),
  aws_sqs_queue_policy: to('AWS::SQS::QueuePolicy', {
    Queues: resource => {
      const url = resource.get('queue_url');
      return url && resource.build.seq([url]);
    },
    PolicyDocument: resource => resource.json('policy'),
  }),
  aws_sns_topic: to('AWS::SNS::Topic', { TopicName: named('name'), FifoTopic: 'fifo_topic' }),
  aws_sns_topic_policy: to('AWS::SNS::TopicPolicy', {
    Topics: resource => {
      const arn = resource.get('arn');
      return arn && resource.build.seq([arn]);
    },
    PolicyDocument: resource => resource.json('policy'),
  }),
  aws_sns_topic_subscription: to('AWS::SNS::Subscription', {
    TopicArn: 'topic_arn',
    Protocol: 'protocol',
    Endpoint: 'endpoint',
    FilterPolicy: resource => resource.json('filter_policy'),
    FilterPolicyScope: 'filter_policy_scope',
    RawMessageDelivery: 'raw_message_delivery',
    RedrivePolicy: resource => resource.json('redrive_policy'),
  }),
  aws_cloudwatch_event_bus: to('AWS::Events::EventBus', { Name: named('name') }),
  aws_cloudwatch_event_rule: to('AWS::Events::Rule', {
    Name: named('name'),
    EventBusName: 'event_bus_name',
    EventPattern: resource => resource.json('event_pattern'),
    ScheduleExpression: 'schedule_expression',
    State: enabledState,
  }),
  aws_cloudwatch_event_target: ruleTarget,
  aws_scheduler_schedule: to('AWS::Scheduler::Schedule', {
    Name: named('name'),
    GroupName: 'group_name',
    ScheduleExpression: 'schedule_expression',
    ScheduleExpressionTimezone: 'schedule_expression_timezone',
    StartDate: 'start_date',
    EndDate: 'end_date',
    State: 'state',
    FlexibleTimeWindow: resource =>
      resource.build.map({
        Mode: resource.get('flexible_time_window', 'mode'),
        MaximumWindowInMinutes: resource.get('flexible_time_window', 'maximum_window_in_minutes'),
      }),
    Target: resource =>
      resource.build.map({
        Arn: resource.get('target', 'arn'),
        RoleArn: resource.get('target', 'role_arn'),
        Input: resource.get('target', 'input'),
        RetryPolicy: retryOf(resource, 'target', 'retry_policy'),
        DeadLetterConfig: deadLettersOf(resource, 'target', 'dead_letter_config'),
      }),
  }),
  aws_s3_bucket: to('AWS::S3::Bucket', { BucketName: named('bucket') }),
  aws_s3_bucket_notification: bucketNotification,
  aws_s3_bucket_versioning: to('Terraform::BucketVersioning', {
    Bucket: 'bucket',
    Status: 'versioning_configuration.status',
  }),
  aws_s3_bucket_policy: to('AWS::S3::BucketPolicy', {
    Bucket: 'bucket',
    PolicyDocument: resource => resource.json('policy'),
  }),
  aws_kinesis_stream: to('AWS::Kinesis::Stream', {
    Name: named('name'),
    ShardCount: 'shard_count',
    RetentionPeriodHours: 'retention_period',
    StreamModeDetails: resource => {
      const mode = resource.get('stream_mode_details', 'stream_mode');
      return mode && resource.build.map({ StreamMode: mode });
    },
  }),
  aws_dynamodb_table: table,
};
