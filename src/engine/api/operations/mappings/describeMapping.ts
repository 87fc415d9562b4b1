import type { EventSourceMappingConfiguration } from '@aws-sdk/client-lambda';
import type { MappingRecord } from '../../../sources/mapping.ts';
import { functionArn } from '../../../versions/catalog.ts';

type Home = Parameters<typeof functionArn>[0];

/**
 * A mapping as the API tells it; a queue's has no result, and no retries.
 * https://docs.aws.amazon.com/lambda/latest/api/API_EventSourceMappingConfiguration.html
 */
export function describeMapping(
  { home }: Home,
  { uuid, functionName, qualifier, source, parameters, state, modifiedAt }: MappingRecord,
): EventSourceMappingConfiguration {
  const { region, accountId } = home;
  const { filters, maximumConcurrency } = parameters;
  return {
    UUID: uuid,
    EventSourceMappingArn: `arn:aws:lambda:${region}:${accountId}:event-source-mapping:${uuid}`,
    EventSourceArn: source.arn,
    FunctionArn: functionArn({ home }, functionName, qualifier),
    State: state,
    StateTransitionReason: 'USER_INITIATED',
    LastModified: new Date(modifiedAt),
    BatchSize: parameters.batchSize,
    MaximumBatchingWindowInSeconds: parameters.maximumBatchingWindowSeconds,
    FunctionResponseTypes: parameters.reportBatchItemFailures ? ['ReportBatchItemFailures'] : [],
    ...(filters.length === 0 ? {} : { FilterCriteria: { Filters: filters.map(Pattern => ({ Pattern })) } }),
    ...(maximumConcurrency === undefined
      ? {}
      : { ScalingConfig: { MaximumConcurrency: maximumConcurrency } }),
  };
}
