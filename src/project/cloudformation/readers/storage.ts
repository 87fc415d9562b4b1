import type { TableDefinition, TableIndex, TableKey } from '../../../model/storage.ts';
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
  const kinds = [
    ['LambdaConfigurations', 'Function'],
    ['QueueConfigurations', 'Queue'],
    ['TopicConfigurations', 'Topic'],
  ] as const;
  for (const [list, target] of kinds) {
    for (const notification of items(facts.value('NotificationConfiguration', list))) {
      addNotification(bucket.name, notification, target, facts, collected);
    }
  }
};

/** An empty `EventBridgeConfiguration` is enough to turn it on. */
function eventBridgeOf(facts: Facts): boolean {
  const configuration = facts.value('NotificationConfiguration', 'EventBridgeConfiguration');
  if (!configuration) return false;
  return booleanOf(property(configuration, 'EventBridgeEnabled')) ?? true;
}

function addNotification(
  bucketName: string,
  notification: Value,
  target: 'Function' | 'Queue' | 'Topic',
  facts: Facts,
  collected: Parameters<ReadResource>[1],
): void {
  const targetArn = text(property(notification, target));
  if (targetArn === undefined) return;
  const rules = items(property(notification, 'Filter', 'S3Key', 'Rules'));
  const rule = (name: string) =>
    text(
      property(
        rules.find(item => text(property(item, 'Name'))?.toLowerCase() === name),
        'Value',
      ),
    );
  const prefix = rule('prefix');
  const suffix = rule('suffix');
  const events = texts(property(notification, 'Event'));
  facts.place('events', property(notification, 'Event'));
  const definition = {
    bucketName,
    events,
    ...defined({ prefix, suffix }),
    targetArn,
    ...facts.definition(),
  };
  collected.resources.bucketNotifications.push(definition);
  if (target === 'Function') {
    addTrigger(collected, 's3', bucketName, parseFunctionReference(targetArn), definition);
  }
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
