import type { EventSourceMappingDefinition } from '../../model/eventSourceMapping.ts';
import {
  defaultParameters,
  defaultStreamParameters,
  isPolledKind,
  type MappingParameters,
  type MappingRecord,
  type SourceKind,
} from './mapping.ts';

/** A record as a template wants it. */
export interface WantedMapping extends Omit<MappingRecord, 'uuid' | 'modifiedAt'> {
  /** Absent: it is a new one. */
  readonly uuid?: string;
}

/** What templates say of mappings, beside what is kept of them. */
export interface MappingChanges {
  readonly put: readonly WantedMapping[];
  /** Ids. */
  readonly remove: readonly string[];
  /** What cannot be polled, for people. */
  readonly refused: readonly string[];
}

/**
 * Compares the mappings of templates with those that are kept. What the API has changed stays, until the template
 * says another thing.
 */
export function mappingChanges(
  kept: readonly MappingRecord[],
  definitions: readonly EventSourceMappingDefinition[],
): MappingChanges {
  const put: WantedMapping[] = [];
  const refused: string[] = [];
  const wanted = new Set<string>();
  for (const definition of definitions) {
    const { functionName, qualifier, source } = definition;
    const id = `${definition.stackId} ${definition.logicalId}`;
    const { kind, arn } = source;
    const refusal = refusalOf(definition);
    if (refusal !== undefined || !isPolledKind(kind) || arn === undefined) {
      refused.push(`${definition.logicalId}, a mapping of ${functionName}, is not polled: ${refusal}`);
      continue;
    }
    wanted.add(id);
    const parameters = parametersOf(definition, kind);
    const word = JSON.stringify([functionName, qualifier, arn, definition.enabled, parameters]);
    const known = kept.find(record => record.definedBy?.id === id);
    if (known?.definedBy?.word === word) continue;
    put.push({
      ...(known && known.source.arn === arn ? { uuid: known.uuid } : {}),
      functionName,
      ...(qualifier === undefined ? {} : { qualifier }),
      source: { kind, arn },
      parameters,
      state: definition.enabled ? 'Creating' : 'Disabled',
      definedBy: { id, word },
    });
  }
  const replaced = new Set(put.map(({ uuid }) => uuid));
  const remade = new Set(put.filter(({ uuid }) => uuid === undefined).map(each => each.definedBy?.id));
  const remove = kept.filter(
    ({ uuid, definedBy }) =>
      definedBy !== undefined &&
      !replaced.has(uuid) &&
      (!wanted.has(definedBy.id) || remade.has(definedBy.id)),
  );
  return { put, remove: remove.map(({ uuid }) => uuid), refused };
}

function parametersOf(definition: EventSourceMappingDefinition, kind: SourceKind): MappingParameters {
  const { batchSize, maximumBatchingWindowSeconds, maximumConcurrency } = definition;
  return {
    ...defaultParameters[kind],
    ...(batchSize === undefined ? {} : { batchSize }),
    ...(maximumBatchingWindowSeconds === undefined ? {} : { maximumBatchingWindowSeconds }),
    ...(maximumConcurrency === undefined || kind !== 'sqs' ? {} : { maximumConcurrency }),
    reportBatchItemFailures: definition.reportBatchItemFailures,
    filters: definition.filters.map(filter => JSON.stringify(filter)),
    ...(kind === 'sqs' ? {} : { stream: streamOf(definition) }),
  };
}

function streamOf(definition: EventSourceMappingDefinition): NonNullable<MappingParameters['stream']> {
  const { startingPosition = 'LATEST', startingPositionTimestamp, onFailureArn } = definition;
  const defaults = defaultStreamParameters;
  return {
    startingPosition,
    ...(startingPositionTimestamp === undefined
      ? {}
      : { startingPositionAt: startingPositionTimestamp * 1000 }),
    parallelizationFactor: definition.parallelizationFactor ?? defaults.parallelizationFactor,
    bisectBatchOnFunctionError: definition.bisectBatchOnFunctionError ?? defaults.bisectBatchOnFunctionError,
    maximumRecordAgeSeconds: definition.maximumRecordAgeSeconds ?? defaults.maximumRecordAgeSeconds,
    maximumRetryAttempts: definition.maximumRetryAttempts ?? defaults.maximumRetryAttempts,
    ...(onFailureArn === undefined ? {} : { onFailureArn }),
  };
}

/** Why a mapping cannot be polled; undefined where it can. */
function refusalOf({ source, tumblingWindowSeconds = 0 }: EventSourceMappingDefinition): string | undefined {
  const { kind, arn } = source;
  if (!isPolledKind(kind) || arn === undefined) return unsupportedSource(arn ?? kind);
  return tumblingWindowSeconds > 0 ? unsupportedWindow : undefined;
}

export const unsupportedWindow = 'this version of Lambda Lens has no tumbling windows.';

/** @param source an ARN, or the kind of source */
export function unsupportedSource(source: string): string {
  return `this version of Lambda Lens polls SQS queues, Kinesis streams and the streams of DynamoDB, and not ${source}.`;
}
