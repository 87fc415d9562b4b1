import type { EventSource } from '../../../model/eventSourceMapping.ts';
import type { Json } from '../../../model/resource.ts';
import type { TriggerKind } from '../../../model/trigger.ts';
import { defined } from '../../defined.ts';
import { items, numberOf, placeholdersOf, property, text, texts } from '../../intrinsics/value.ts';
import { parseFunctionReference } from '../functionReference.ts';
import { addTrigger, type ReadResource } from './collected.ts';
import type { Facts } from './facts.ts';

/** AWS::Lambda::EventSourceMapping. */
export const readEventSourceMapping: ReadResource = (facts, collected) => {
  const target = parseFunctionReference(facts.text('FunctionName'));
  if (!target) return facts.error(`${facts.address} names no function. Add a FunctionName.`);
  const source = sourceOf(facts);
  const definition = {
    functionName: target.functionName,
    ...(target.qualifier !== undefined && { qualifier: target.qualifier }),
    source,
    enabled: facts.flag('Enabled') ?? true,
    ...batchingOf(facts),
    ...retryingOf(facts),
    reportBatchItemFailures: facts
      .texts('FunctionResponseTypes', 'reportBatchItemFailures')
      .includes('ReportBatchItemFailures'),
    filters: filtersOf(facts),
    ...scalingOf(facts),
    ...facts.definition(),
  };
  collected.resources.eventSourceMappings.push(definition);
  addTrigger(collected, triggerKinds[source.kind], labelOf(source), target, definition);
};

const triggerKinds: Readonly<Record<EventSource['kind'], TriggerKind>> = {
  sqs: 'sqs',
  kinesis: 'kinesis',
  dynamodb: 'dynamodb',
  kafka: 'kafka',
  selfManagedKafka: 'kafka',
  mq: 'mq',
  documentdb: 'documentdb',
  unknown: 'other',
};

const sourceKinds: Readonly<Record<string, EventSource['kind']>> = {
  sqs: 'sqs',
  kinesis: 'kinesis',
  dynamodb: 'dynamodb',
  kafka: 'kafka',
  mq: 'mq',
  rds: 'documentdb',
};

function sourceOf(facts: Facts): EventSource {
  const arn = facts.text('EventSourceArn', 'source');
  const topics = [...texts(facts.value('Topics')), ...texts(facts.value('Queues'))];
  const database = facts.value('DocumentDBEventSourceConfig');
  if (database) {
    const names = [property(database, 'DatabaseName'), property(database, 'CollectionName')].map(text);
    topics.push(...names.filter(name => name !== undefined));
  }
  const further = topics.length > 0 ? { topics } : {};
  if (arn === undefined) {
    const kind = facts.value('SelfManagedEventSource') ? 'selfManagedKafka' : 'unknown';
    if (kind === 'unknown') facts.error(`${facts.address} has no EventSourceArn. Say what it polls.`);
    return { kind, ...further };
  }
  const [unknown] = placeholdersOf(facts.value('EventSourceArn'));
  const kind = sourceKinds[arn.split(':')[2] ?? ''] ?? 'unknown';
  if (kind === 'unknown' && !unknown) {
    facts.error(`Lambda polls queues, streams and brokers, but not ${arn}.`, facts.value('EventSourceArn'));
  }
  return { kind, arn, ...further };
}

function labelOf({ arn, kind, topics }: EventSource): string {
  if (arn === undefined) return topics?.[0] ?? kind;
  const resource = arn.split(':').slice(5).join(':');
  return kind === 'dynamodb' ? (resource.split('/')[1] ?? resource) : resource.replace(/^stream\//, '');
}

function batchingOf(facts: Facts) {
  return defined({
    batchSize: facts.number('BatchSize'),
    maximumBatchingWindowSeconds: facts.number(
      'MaximumBatchingWindowInSeconds',
      'maximumBatchingWindowSeconds',
    ),
    startingPosition: facts.choice('StartingPosition', ['TRIM_HORIZON', 'LATEST', 'AT_TIMESTAMP']),
    startingPositionTimestamp: facts.number('StartingPositionTimestamp'),
    tumblingWindowSeconds: facts.number('TumblingWindowInSeconds', 'tumblingWindowSeconds'),
  });
}

function retryingOf(facts: Facts) {
  return defined({
    bisectBatchOnFunctionError: facts.flag('BisectBatchOnFunctionError'),
    maximumRecordAgeSeconds: facts.number('MaximumRecordAgeInSeconds', 'maximumRecordAgeSeconds'),
    maximumRetryAttempts: facts.number('MaximumRetryAttempts'),
    onFailureArn: facts.text('DestinationConfig.OnFailure.Destination', 'onFailureArn'),
  });
}

function scalingOf(facts: Facts) {
  const pollers = facts.value('ProvisionedPollerConfig');
  return defined({
    parallelizationFactor: facts.number('ParallelizationFactor'),
    maximumConcurrency: facts.number('ScalingConfig.MaximumConcurrency', 'maximumConcurrency'),
    provisionedPollers: pollers && {
      ...defined({
        minimum: numberOf(property(pollers, 'MinimumPollers')),
        maximum: numberOf(property(pollers, 'MaximumPollers')),
      }),
    },
  });
}

/** A pattern is JSON text. https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html */
function filtersOf(facts: Facts): readonly Json[] {
  facts.place('filters', facts.value('FilterCriteria'));
  const filters: Json[] = [];
  for (const filter of items(facts.value('FilterCriteria', 'Filters'))) {
    const pattern = property(filter, 'Pattern');
    const written = text(pattern);
    if (written === undefined || placeholdersOf(pattern).length > 0) {
      if (written === undefined)
        facts.error('A filter needs a Pattern, which is JSON in a text.', pattern ?? filter);
      continue;
    }
    try {
      filters.push(JSON.parse(written) as Json);
    } catch {
      facts.error(
        'This filter pattern is not JSON. Correct it; the mapping reads it as no filter until then.',
        pattern,
      );
    }
  }
  return filters;
}
