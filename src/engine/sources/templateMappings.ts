import type { EventSourceMappingDefinition } from '../../model/eventSourceMapping.ts';
import { defaultParameters, type MappingParameters, type MappingRecord } from './mapping.ts';

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
    if (source.kind !== 'sqs' || source.arn === undefined) {
      refused.push(refusalOf(definition));
      continue;
    }
    wanted.add(id);
    const parameters = parametersOf(definition);
    const word = JSON.stringify([functionName, qualifier, source.arn, definition.enabled, parameters]);
    const known = kept.find(record => record.definedBy?.id === id);
    if (known?.definedBy?.word === word) continue;
    put.push({
      ...(known && known.source.arn === source.arn ? { uuid: known.uuid } : {}),
      functionName,
      ...(qualifier === undefined ? {} : { qualifier }),
      source: { kind: source.kind, arn: source.arn },
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

function parametersOf(definition: EventSourceMappingDefinition): MappingParameters {
  const { batchSize, maximumBatchingWindowSeconds, maximumConcurrency } = definition;
  return {
    ...defaultParameters.sqs,
    ...(batchSize === undefined ? {} : { batchSize }),
    ...(maximumBatchingWindowSeconds === undefined ? {} : { maximumBatchingWindowSeconds }),
    ...(maximumConcurrency === undefined ? {} : { maximumConcurrency }),
    reportBatchItemFailures: definition.reportBatchItemFailures,
    filters: definition.filters.map(filter => JSON.stringify(filter)),
  };
}

function refusalOf({ functionName, source, logicalId }: EventSourceMappingDefinition): string {
  return `${logicalId}, a mapping of ${functionName}, is not polled: ${unsupportedSource(source.arn ?? source.kind)}`;
}

/** @param source an ARN, or the kind of source */
export function unsupportedSource(source: string): string {
  return `this version of Lambda Lens polls SQS queues (standard and FIFO), and not ${source}.`;
}
