import type {
  BucketNotificationDefinition,
  TableDefinition,
  TableIndex,
  TableKey,
} from '../../../model/storage.ts';
import { defined } from '../../defined.ts';
import { booleanOf, items, property, text, texts, type Value } from '../../intrinsics/value.ts';
import { parseFunctionReference } from '../functionReference.ts';
import { addTrigger, type ReadResource } from './collected.ts';
import type { Facts } from './facts.ts';
import { namesOf } from './messaging.ts';

/** AWS::S3::Bucket, with its notifications. */
export const readBucket: ReadResource = (facts, collected) => {
  facts.place('name', facts.value('BucketName'));
  const bucket = {
    name: facts.identity?.ref ?? facts.logicalId,
    arn: facts.identity?.arn ?? '',
    versioning: facts.text('VersioningConfiguration.Status', 'versioning') === 'Enabled',
    eventBridge: eventBridgeOf(facts),
    ...facts.definition(),
  };
  collected.resources.buckets.push(bucket);
  addNotifications(bucket.name, facts, collected, written);
};

/** Custom::S3BucketNotifications, as CDK has it: the same, in the words of the service's API. */
export const readBucketNotifications: ReadResource = (facts, collected) => {
  const bucketName = facts.text('BucketName');
  if (bucketName !== undefined) addNotifications(bucketName, facts, collected, ofApi);
};

/** What the members of a notification are called. */
interface NotificationWords {
  /** Lists, and the member of their items that names the target. */
  readonly lists: Readonly<Record<'Function' | 'Queue' | 'Topic', readonly [list: string, target: string]>>;
  readonly events: string;
  readonly rules: readonly string[];
}

const written: NotificationWords = {
  lists: {
    Function: ['LambdaConfigurations', 'Function'],
    Queue: ['QueueConfigurations', 'Queue'],
    Topic: ['TopicConfigurations', 'Topic'],
  },
  events: 'Event',
  rules: ['Filter', 'S3Key', 'Rules'],
};

const ofApi: NotificationWords = {
  lists: {
    Function: ['LambdaFunctionConfigurations', 'LambdaFunctionArn'],
    Queue: ['QueueConfigurations', 'QueueArn'],
    Topic: ['TopicConfigurations', 'TopicArn'],
  },
  events: 'Events',
  rules: ['Filter', 'Key', 'FilterRules'],
};

function addNotifications(
  bucketName: string,
  facts: Facts,
  collected: Parameters<ReadResource>[1],
  words: NotificationWords,
): void {
  for (const [kind, [list, target]] of Object.entries(words.lists)) {
    for (const notification of items(facts.value('NotificationConfiguration', list))) {
      const targetArn = text(property(notification, target));
      if (targetArn === undefined) continue;
      const definition = notificationOf(bucketName, targetArn, notification, facts, words);
      collected.resources.bucketNotifications.push(definition);
      if (kind !== 'Function') continue;
      addTrigger(collected, 's3', bucketName, parseFunctionReference(targetArn), definition);
    }
  }
}

/** An empty `EventBridgeConfiguration` is enough to turn it on. */
function eventBridgeOf(facts: Facts): boolean {
  const configuration = facts.value('NotificationConfiguration', 'EventBridgeConfiguration');
  if (!configuration) return false;
  return booleanOf(property(configuration, 'EventBridgeEnabled')) ?? true;
}

function notificationOf(
  bucketName: string,
  targetArn: string,
  notification: Value,
  facts: Facts,
  words: NotificationWords,
): BucketNotificationDefinition {
  const rules = items(property(notification, ...words.rules));
  const rule = (name: string) =>
    text(
      property(
        rules.find(item => text(property(item, 'Name'))?.toLowerCase() === name),
        'Value',
      ),
    );
  const prefix = rule('prefix');
  const suffix = rule('suffix');
  const events = property(notification, words.events);
  facts.place('events', events);
  return {
    bucketName,
    events: texts(events),
    ...defined({ prefix, suffix }),
    targetArn,
    ...facts.definition(),
  };
}

/** AWS::Kinesis::Stream. */
export const readStream: ReadResource = (facts, { resources }) => {
  facts.place('name', facts.value('Name'));
  const shards = facts.number('ShardCount');
  const written = facts.text('StreamModeDetails.StreamMode', 'mode');
  // Without a mode and without shards the stream is on demand.
  const onDemand = written === 'ON_DEMAND' || (written === undefined && shards === undefined);
  resources.streams.push({
    ...namesOf(facts),
    mode: onDemand ? 'ON_DEMAND' : 'PROVISIONED',
    ...(!onDemand && { shardCount: shards ?? 1 }),
    retentionHours: facts.number('RetentionPeriodHours', 'retentionHours') ?? 24,
    ...facts.definition(),
  });
};

/** AWS::DynamoDB::Table and AWS::DynamoDB::GlobalTable. */
export const readTable: ReadResource = (facts, { resources }) => {
  facts.place('name', facts.value('TableName'));
  const stream = streamOf(facts);
  const timeToLive = facts.value('TimeToLiveSpecification');
  const timeToLiveAttribute =
    booleanOf(property(timeToLive, 'Enabled')) === false
      ? undefined
      : text(property(timeToLive, 'AttributeName'));
  const attributes: { name: string; type: 'S' | 'N' | 'B' }[] = [];
  for (const attribute of items(facts.value('AttributeDefinitions'))) {
    const name = text(property(attribute, 'AttributeName'));
    const type = text(property(attribute, 'AttributeType'));
    if (name !== undefined && (type === 'S' || type === 'N' || type === 'B')) attributes.push({ name, type });
  }
  resources.tables.push({
    ...namesOf(facts),
    attributes,
    keys: keysOf(facts.value('KeySchema')),
    globalIndexes: indexesOf(facts.value('GlobalSecondaryIndexes')),
    localIndexes: indexesOf(facts.value('LocalSecondaryIndexes')),
    ...defined({ stream, timeToLiveAttribute }),
    ...facts.definition(),
  });
};

function streamOf(facts: Facts): TableDefinition['stream'] {
  const viewType = facts.text('StreamSpecification.StreamViewType', 'stream');
  switch (viewType) {
    case 'KEYS_ONLY':
    case 'NEW_IMAGE':
    case 'OLD_IMAGE':
    case 'NEW_AND_OLD_IMAGES':
      return { arn: facts.identity?.attributes.StreamArn ?? '', viewType };
    default:
      return undefined;
  }
}

function keysOf(schema: Value | undefined): readonly TableKey[] {
  return items(schema).map(key => ({
    attribute: text(property(key, 'AttributeName')) ?? '',
    type: text(property(key, 'KeyType')) === 'RANGE' ? 'RANGE' : 'HASH',
  }));
}

function indexesOf(indexes: Value | undefined): readonly TableIndex[] {
  return items(indexes).map(index => ({
    name: text(property(index, 'IndexName')) ?? '',
    keys: keysOf(property(index, 'KeySchema')),
  }));
}
