import type { EventSourceMappingConfiguration } from '@aws-sdk/client-lambda';
import type { MappingRecord, StreamParameters } from '../../../sources/mapping.ts';
import { functionArn } from '../../../versions/catalog.ts';

type Home = Parameters<typeof functionArn>[0];

/**
 * A mapping as the API tells it; a queue's has no result, and no retries.
 * https://docs.aws.amazon.com/lambda/latest/api/API_EventSourceMappingConfiguration.html
 *
 * @param lastResult of a stream, since the service was started
 */
export function describeMapping(
  { home }: Home,
  { uuid, functionName, qualifier, source, parameters, state, modifiedAt }: MappingRecord,
  lastResult = 'No records processed',
): EventSourceMappingConfiguration {
  const { region, accountId } = home;
  const { filters, maximumConcurrency, stream } = parameters;
  return {
    UUID: uuid,
    EventSourceMappingArn: `arn:aws:lambda:${region}:${accountId}:event-source-mapping:${uuid}`,
    EventSourceArn: source.arn,
    FunctionArn: functionArn({ home }, functionName, qualifier),
    State: state,
    StateTransitionReason: stream ? 'User action' : 'USER_INITIATED',
    LastModified: new Date(modifiedAt),
    BatchSize: parameters.batchSize,
    MaximumBatchingWindowInSeconds: parameters.maximumBatchingWindowSeconds,
    FunctionResponseTypes: parameters.reportBatchItemFailures ? ['ReportBatchItemFailures'] : [],
    ...(filters.length === 0 ? {} : { FilterCriteria: { Filters: filters.map(Pattern => ({ Pattern })) } }),
    ...(maximumConcurrency === undefined
      ? {}
      : { ScalingConfig: { MaximumConcurrency: maximumConcurrency } }),
    ...(stream ? describeStream(stream, lastResult) : {}),
  };
}

function describeStream(
  stream: StreamParameters,
  lastResult: string,
): Partial<EventSourceMappingConfiguration> {
  const { startingPositionAt, onFailureArn } = stream;
  return {
    StartingPosition: stream.startingPosition,
    ...(startingPositionAt === undefined ? {} : { StartingPositionTimestamp: new Date(startingPositionAt) }),
    LastProcessingResult: lastResult,
    ParallelizationFactor: stream.parallelizationFactor,
    BisectBatchOnFunctionError: stream.bisectBatchOnFunctionError,
    MaximumRecordAgeInSeconds: stream.maximumRecordAgeSeconds,
    MaximumRetryAttempts: stream.maximumRetryAttempts,
    TumblingWindowInSeconds: 0,
    DestinationConfig: { OnFailure: onFailureArn === undefined ? {} : { Destination: onFailureArn } },
  };
}
