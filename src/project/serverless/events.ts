import { type DocNode, descendant, textOf } from '../document/sourceDocument.ts';
import type { Expansion } from '../sam/expansion.ts';
import type { ServiceApis } from './serviceApis.ts';
import type { TranslatedEvent } from './translatedEvent.ts';

export interface EventContext {
  readonly expansion: Expansion;
  readonly apis: ServiceApis;
  /** The key of the event in the list, `sqs` in `- sqs: arn`. */
  readonly place: DocNode;
}

type Translate = (value: DocNode, context: EventContext) => readonly TranslatedEvent[];

/** https://www.serverless.com/framework/docs/providers/aws/guide/events */
export const translations: Readonly<Record<string, Translate>> = {
  http: (value, { apis }) => apis.restRoute(value),
  httpApi: (value, { apis }) => apis.httpRoute(value),
  schedule: translateSchedule,
  sns: translateTopic,
  sqs: (value, context) => [translateMapping('SQS', 'Queue', value, context)],
  stream: translateStream,
  msk: (value, context) => [translateMapping('MSK', 'Stream', value, context)],
  kafka: translateKafka,
  activemq: translateBroker,
  rabbitmq: translateBroker,
  eventBridge: translateEventBridge,
  cloudwatchEvent: value => [
    {
      type: 'CloudWatchEvent',
      properties: {
        Pattern: descendant(value, 'event'),
        RuleName: descendant(value, 'name'),
        Enabled: descendant(value, 'enabled'),
        Input: descendant(value, 'input'),
        InputPath: descendant(value, 'inputPath'),
      },
    },
  ],
  cloudwatchLog: (value, { expansion }) => [
    {
      type: 'CloudWatchLogs',
      properties: {
        LogGroupName: descendant(value, 'logGroup') ?? value,
        FilterPattern: descendant(value, 'filter') ?? expansion.build(value).scalar(''),
      },
    },
  ],
  iot: value => [
    {
      type: 'IoTRule',
      properties: { Sql: descendant(value, 'sql'), AwsIotSqlVersion: descendant(value, 'sqlVersion') },
    },
  ],
  alexaSkill: value => [
    { type: 'AlexaSkill', properties: { SkillId: descendant(value, 'appId') ?? plain(value) } },
  ],
};

function plain(value: DocNode): DocNode | undefined {
  return value.kind === 'scalar' ? value : undefined;
}

/** One rate or several; `method: scheduler` asks for EventBridge Scheduler. */
function translateSchedule(value: DocNode, { expansion }: EventContext): readonly TranslatedEvent[] {
  const rates = expansion.items(descendant(value, 'rate') ?? value);
  const input = descendant(value, 'input');
  const common = {
    Name: descendant(value, 'name'),
    Description: descendant(value, 'description'),
    Input: input && jsonText(input, expansion),
  };
  const enabled = descendant(value, 'enabled');
  if (textOf(descendant(value, 'method')) !== 'scheduler') {
    return rates.map(rate => ({
      type: 'Schedule',
      properties: { Schedule: rate, Enabled: enabled, ...common },
    }));
  }
  const state = expansion.flag(enabled) === false ? expansion.build(value).scalar('DISABLED') : undefined;
  return rates.map(rate => ({
    type: 'ScheduleV2',
    properties: {
      ScheduleExpression: rate,
      ScheduleExpressionTimezone: descendant(value, 'timezone'),
      State: state,
      ...common,
    },
  }));
}

/** Inputs may be written as maps. */
function jsonText(input: DocNode, expansion: Expansion): DocNode {
  return input.kind === 'scalar' ? input : expansion.build(input).map({ 'Fn::ToJsonString': input });
}

/** A name makes a topic; an ARN names one. */
function translateTopic(value: DocNode, { expansion }: EventContext): readonly TranslatedEvent[] {
  const arn = descendant(value, 'arn') ?? (isArn(value, expansion) ? value : undefined);
  const name = descendant(value, 'topicName') ?? value;
  const redrive = descendant(value, 'redrivePolicy');
  const target = descendant(redrive, 'deadLetterTargetArn');
  return [
    {
      type: 'SNS',
      properties: {
        Topic: arn ?? topicOf(name, expansion),
        FilterPolicy: descendant(value, 'filterPolicy'),
        FilterPolicyScope: descendant(value, 'filterPolicyScope'),
        RedrivePolicy: target && expansion.build(target).map({ deadLetterTargetArn: target }),
      },
    },
  ];
}

function isArn(value: DocNode, expansion: Expansion): boolean {
  return (
    (value.kind === 'map' && value.entries.size === 1) || expansion.text(value)?.startsWith('arn:') === true
  );
}

function topicOf(name: DocNode, expansion: Expansion): DocNode {
  const build = expansion.build(name);
  const logicalId = `SNSTopic${(expansion.text(name) ?? '').replace(/[^0-9A-Za-z]/g, '').replace(/^./, c => c.toUpperCase())}`;
  if (!expansion.resources.has(logicalId)) {
    expansion.add(logicalId, 'AWS::SNS::Topic', build.map({ TopicName: name }), name);
  }
  return build.ref(logicalId);
}

/** The framework's names for the settings of a mapping, and Lambda's. */
const mappingNames: Readonly<Record<string, string>> = {
  batchSize: 'BatchSize',
  maximumBatchingWindow: 'MaximumBatchingWindowInSeconds',
  batchWindow: 'MaximumBatchingWindowInSeconds',
  enabled: 'Enabled',
  startingPosition: 'StartingPosition',
  startingPositionTimestamp: 'StartingPositionTimestamp',
  parallelizationFactor: 'ParallelizationFactor',
  bisectBatchOnFunctionError: 'BisectBatchOnFunctionError',
  maximumRetryAttempts: 'MaximumRetryAttempts',
  maximumRecordAgeInSeconds: 'MaximumRecordAgeInSeconds',
  tumblingWindowInSeconds: 'TumblingWindowInSeconds',
};

function translateMapping(
  type: string,
  source: string,
  value: DocNode,
  { expansion }: EventContext,
): TranslatedEvent {
  const build = expansion.build(value);
  const properties: Record<string, DocNode | undefined> = { [source]: descendant(value, 'arn') ?? value };
  for (const [name, { value: written }] of expansion.shapes(value)) {
    const known = mappingNames[name];
    if (known !== undefined) properties[known] = written;
  }
  const response = descendant(value, 'functionResponseType');
  if (response) properties.FunctionResponseTypes = build.seq([response]);
  const concurrency = descendant(value, 'maximumConcurrency');
  if (concurrency) properties.ScalingConfig = build.map({ MaximumConcurrency: concurrency });
  const patterns = expansion.items(descendant(value, 'filterPatterns'));
  if (patterns.length > 0) {
    const filters = patterns.map(pattern => build.map({ Pattern: jsonText(pattern, expansion) }));
    properties.FilterCriteria = build.map({ Filters: build.seq(filters) });
  }
  const failure = descendant(value, 'destinations', 'onFailure');
  if (failure) {
    const arn = descendant(failure, 'arn') ?? failure;
    const failed = build.map({ Destination: arn, Type: destinationType(arn, failure, expansion) });
    properties.DestinationConfig = build.map({ OnFailure: failed });
  }
  const topic = descendant(value, 'topic');
  if (topic) properties.Topics = build.seq([topic]);
  return { type, properties };
}

/** The type is written where the ARN is a reference, and read from it where it is text. */
function destinationType(arn: DocNode, written: DocNode, expansion: Expansion): string | undefined {
  const type = textOf(descendant(written, 'type')) ?? expansion.text(arn)?.split(':')[2];
  return type?.toUpperCase();
}

/** A stream of Kinesis or DynamoDB, by its type or by its ARN; without a position it starts at the oldest record. */
function translateStream(value: DocNode, context: EventContext): readonly TranslatedEvent[] {
  const { expansion } = context;
  const arn = descendant(value, 'arn') ?? value;
  const type = textOf(descendant(value, 'type')) ?? expansion.text(arn)?.split(':')[2];
  const translated = translateMapping(type === 'dynamodb' ? 'DynamoDB' : 'Kinesis', 'Stream', value, context);
  const { StartingPosition = expansion.build(value).scalar('TRIM_HORIZON') } = translated.properties;
  const { BatchSize = expansion.build(value).scalar(10) } = translated.properties;
  return [{ ...translated, properties: { ...translated.properties, StartingPosition, BatchSize } }];
}

function translateKafka(value: DocNode, context: EventContext): readonly TranslatedEvent[] {
  const translated = translateMapping('SelfManagedKafka', 'Source', value, context);
  const { Source: _none, ...properties } = translated.properties;
  return [
    {
      ...translated,
      properties: { ...properties, KafkaBootstrapServers: descendant(value, 'bootstrapServers') },
    },
  ];
}

function translateBroker(value: DocNode, context: EventContext): readonly TranslatedEvent[] {
  const { expansion } = context;
  const build = expansion.build(value);
  const translated = translateMapping('MQ', 'Broker', value, context);
  const queue = descendant(value, 'queue');
  const secret = descendant(value, 'basicAuthArn');
  const access = secret && build.seq([build.map({ Type: 'BASIC_AUTH', URI: secret })]);
  return [
    {
      ...translated,
      properties: {
        ...translated.properties,
        Queues: queue && build.seq([queue]),
        SourceAccessConfigurations: access,
      },
    },
  ];
}

/** A pattern, a schedule, or both; a bus by name or ARN. */
function translateEventBridge(value: DocNode, { expansion }: EventContext): readonly TranslatedEvent[] {
  const build = expansion.build(value);
  const queue = descendant(value, 'deadLetterQueueArn');
  const retry = descendant(value, 'retryPolicy');
  const transformer = descendant(value, 'inputTransformer');
  const input = descendant(value, 'input');
  const common = {
    Enabled: descendant(value, 'enabled'),
    Input: input && jsonText(input, expansion),
    InputPath: descendant(value, 'inputPath'),
    InputTransformer:
      transformer &&
      build.map({
        InputPathsMap: descendant(transformer, 'inputPathsMap'),
        InputTemplate: descendant(transformer, 'inputTemplate'),
      }),
    RetryPolicy:
      retry &&
      build.map({
        MaximumEventAgeInSeconds: descendant(retry, 'maximumEventAge'),
        MaximumRetryAttempts: descendant(retry, 'maximumRetryAttempts'),
      }),
    DeadLetterConfig: queue && build.map({ Arn: queue }),
  };
  const schedule = descendant(value, 'schedule');
  if (schedule) {
    return [
      { type: 'Schedule', properties: { Schedule: schedule, Name: descendant(value, 'name'), ...common } },
    ];
  }
  return [
    {
      type: 'EventBridgeRule',
      properties: {
        EventBusName: descendant(value, 'eventBus'),
        Pattern: descendant(value, 'pattern'),
        RuleName: descendant(value, 'name'),
        ...common,
      },
    },
  ];
}
