import { withEntries } from '../../document/build.ts';
import { type DocNode, descendant, type MapEntry, type MapNode } from '../../document/sourceDocument.ts';
import { has, permit, type SamEvent } from './samEvent.ts';

/** A notification of a bucket of the same template. */
export function expandS3Event(event: SamEvent): void {
  if (!has(event, 'Bucket', 'Events')) return;
  const { own, build, expansion } = event;
  permit(event, 's3.amazonaws.com', { SourceAccount: build.ref('AWS::AccountId') });
  const bucket = own('Bucket');
  const bucketId = expansion.resourceOf(bucket);
  if (bucketId !== undefined) addNotifications(event, bucketId);
  else {
    const message = 'The bucket of an S3 event has to be one of this template: name it by !Ref.';
    expansion.error(message, bucket ?? event.place);
  }
}

/** Has the bucket tell the event's target of each kind of event. */
export function addNotifications(event: SamEvent, bucketId: string): void {
  const { own, build, target, expansion } = event;
  const added = expansion
    .items(own('Events'))
    .map(name => build.map({ Event: name, Filter: own('Filter'), Function: target.arn }));
  expansion.amend(bucketId, properties =>
    change(properties, 'NotificationConfiguration', notifications =>
      append(notifications, 'LambdaConfigurations', added, event),
    ),
  );
}

/** Triggers of a user pool of the same template. */
export function expandCognitoEvent(event: SamEvent): void {
  if (!has(event, 'UserPool', 'Trigger')) return;
  const { own, build, target, expansion } = event;
  const pool = own('UserPool');
  const poolId = expansion.resourceOf(pool);
  if (poolId === undefined) {
    expansion.error(
      'The user pool of a Cognito event has to be one of this template: name it by !Ref.',
      pool ?? event.place,
    );
    return;
  }
  const permissionId = `${target.logicalId}CognitoPermission`;
  permit(event, 'cognito-idp.amazonaws.com', { SourceArn: build.attribute(poolId, 'Arn') }, permissionId);
  addPoolTriggers(event, poolId, expansion.items(own('Trigger')));
}

/** Has the user pool call the event's target at each trigger. */
export function addPoolTriggers(event: SamEvent, poolId: string, names: readonly DocNode[]): void {
  const { build, target, expansion } = event;
  const triggers = names.map(name => [expansion.text(name) ?? '', target.arn]);
  expansion.amend(poolId, properties =>
    change(properties, 'LambdaConfig', config =>
      withEntries(config, build.map(Object.fromEntries(triggers)).entries),
    ),
  );
}

export function expandLogsEvent(event: SamEvent): void {
  if (!has(event, 'LogGroupName', 'FilterPattern')) return;
  const { own, build, target, expansion, logicalId, place } = event;
  const logGroup = own('LogGroupName') ?? build.scalar('');
  const pattern = `arn:\${AWS::Partition}:logs:\${AWS::Region}:\${AWS::AccountId}:log-group:\${p_Group}:*`;
  permit(event, 'logs.amazonaws.com', { SourceArn: build.sub(pattern, { p_Group: logGroup }) });
  expansion.add(
    logicalId,
    'AWS::Logs::SubscriptionFilter',
    build.map({ LogGroupName: logGroup, FilterPattern: own('FilterPattern'), DestinationArn: target.arn }),
    place,
  );
}

export function expandIotEvent(event: SamEvent): void {
  if (!has(event, 'Sql')) return;
  const { own, build, target, expansion, logicalId, place } = event;
  permit(event, 'iot.amazonaws.com', {
    SourceArn: build.sub(`arn:\${AWS::Partition}:iot:\${AWS::Region}:\${AWS::AccountId}:rule/\${p_Rule}`, {
      p_Rule: build.ref(logicalId),
    }),
    SourceAccount: build.ref('AWS::AccountId'),
  });
  const action = build.map({ Lambda: build.map({ FunctionArn: target.arn }) });
  expansion.add(
    logicalId,
    'AWS::IoT::TopicRule',
    build.map({
      TopicRulePayload: build.map({
        Sql: own('Sql'),
        AwsIotSqlVersion: own('AwsIotSqlVersion'),
        RuleDisabled: false,
        Actions: build.seq([action]),
      }),
    }),
    place,
  );
}

export function expandAlexaEvent(event: SamEvent): void {
  permit(event, 'alexa-appkit.amazon.com', { EventSourceToken: event.own('SkillId') });
}

function change(properties: MapNode, name: string, alter: (value: MapNode) => MapNode): MapNode {
  const entry = properties.entries.get(name);
  const value: MapNode =
    entry?.value.kind === 'map' ? entry.value : { ...properties, entries: new Map<string, MapEntry>() };
  const key = entry?.key ?? { ...properties, kind: 'scalar', value: name };
  return withEntries(properties, [[name, { key, value: alter(value) }]]);
}

function append(node: MapNode, name: string, added: readonly DocNode[], { build }: SamEvent): MapNode {
  const list = descendant(node, name);
  const items = list?.kind === 'seq' ? list.items : [];
  return withEntries(node, build.map({ [name]: build.seq([...items, ...added]) }).entries);
}
