import type {
  CreateEventSourceMappingRequest,
  UpdateEventSourceMappingRequest,
} from '@aws-sdk/client-lambda';
import { parsePattern } from '../../../patterns/eventPattern.ts';
import { PatternFault } from '../../../patterns/leafMatchers.ts';
import {
  defaultParameters,
  defaultStreamParameters,
  type MappingParameters,
  type MappingRecord,
  type SourceKind,
  type StreamParameters,
} from '../../../sources/mapping.ts';
import { unsupportedWindow } from '../../../sources/templateMappings.ts';
import { invalid, type Refused, unsupportedHere } from '../../../versions/errors.ts';

type Input = Partial<Omit<CreateEventSourceMappingRequest, 'FunctionName' | 'EventSourceArn'>> &
  Partial<Omit<UpdateEventSourceMappingRequest, 'FunctionName' | 'UUID'>>;

/** What only brokers have. */
const unknownToBoth = [
  'Topics',
  'Queues',
  'SourceAccessConfigurations',
  'SelfManagedEventSource',
  'AmazonManagedKafkaEventSourceConfig',
  'SelfManagedKafkaEventSourceConfig',
  'DocumentDBEventSourceConfig',
] as const satisfies readonly (keyof Input)[];

/** What a kind of source has not. */
const unknownTo = {
  sqs: [
    'BisectBatchOnFunctionError',
    'DestinationConfig',
    'MaximumRecordAgeInSeconds',
    'MaximumRetryAttempts',
    'ParallelizationFactor',
    'StartingPosition',
    'StartingPositionTimestamp',
    'TumblingWindowInSeconds',
    ...unknownToBoth,
  ],
  kinesis: ['ScalingConfig', ...unknownToBoth],
  dynamodb: ['ScalingConfig', ...unknownToBoth],
} as const satisfies Readonly<Record<SourceKind, readonly (keyof Input)[]>>;

/** What this service would have to ignore. */
const notHonoured = [
  'KMSKeyArn',
  'LoggingConfig',
  'MetricsConfig',
  'ProvisionedPollerConfig',
  'Tags',
] as const;

/** https://docs.aws.amazon.com/lambda/latest/dg/with-sqs-filtering.html: five, up to ten where a quota is raised */
const mostFilters = 10;

type MappingSource = MappingRecord['source'];

type Read = { readonly kind: 'read'; readonly parameters: MappingParameters } | Refused;

/**
 * The parameters of a mapping, where a request sets some of them.
 *
 * @param before what holds where the request says nothing; absent: the mapping is new
 */
export function mappingParameters(input: Input, source: MappingSource, before?: MappingParameters): Read {
  const foreign = unknownTo[source.kind].find(name => isGiven(input[name]));
  if (foreign !== undefined) {
    // Recorded for DestinationConfig and a queue; taken to be the same for the others.
    return invalid(`Unsupported ${foreign} parameter for given event source mapping type.`);
  }
  const ignored = notHonoured.find(name => isGiven(input[name]));
  if (ignored !== undefined) {
    return unsupportedHere(ignored, 'cannot be honoured for event source mappings. Leave it out.');
  }
  const stream = source.kind === 'sqs' ? undefined : streamOf(input, source, before?.stream);
  if (stream && 'kind' in stream) return stream;
  const parameters: MappingParameters = {
    ...(before ?? defaultParameters[source.kind]),
    ...given('batchSize', input.BatchSize),
    ...given('maximumBatchingWindowSeconds', input.MaximumBatchingWindowInSeconds),
    ...given('reportBatchItemFailures', input.FunctionResponseTypes?.includes('ReportBatchItemFailures')),
    ...given('filters', input.FilterCriteria && patternsOf(input.FilterCriteria)),
    ...given('stream', stream),
  };
  const { maximumConcurrency: _replaced, ...scaled } = parameters;
  const wanted = input.ScalingConfig
    ? { ...scaled, ...given('maximumConcurrency', input.ScalingConfig.MaximumConcurrency) }
    : parameters;
  return problemOf(wanted, source.arn) ?? { kind: 'read', parameters: wanted };
}

function streamOf(
  input: Input,
  { kind, arn }: MappingSource,
  before: StreamParameters | undefined,
): StreamParameters | Refused {
  if ((input.TumblingWindowInSeconds ?? 0) > 0) {
    return unsupportedHere('TumblingWindowInSeconds', `cannot be honoured: ${unsupportedWindow}`);
  }
  const startingPosition = input.StartingPosition ?? before?.startingPosition;
  if (startingPosition === undefined) {
    return invalid(
      "1 validation error detected: Value null at 'startingPosition' failed to satisfy constraint: Member must not be null.",
    );
  }
  if (startingPosition === 'AT_TIMESTAMP' && kind === 'dynamodb') {
    return invalid(`Unsupported starting position for arn type: ${arn}`);
  }
  const timestamp = input.StartingPositionTimestamp;
  if (startingPosition === 'AT_TIMESTAMP' && timestamp === undefined && before === undefined) {
    // What AWS says of it is not recorded.
    return invalid('StartingPositionTimestamp is required when StartingPosition is AT_TIMESTAMP.');
  }
  const age = input.MaximumRecordAgeInSeconds;
  if (age !== undefined && age !== -1 && age < 60) {
    return invalid('MaximumRecordAgeInSeconds must be -1, or between 60 and 604800.');
  }
  const { onFailureArn: _replaced, ...kept } = { ...defaultStreamParameters, ...before };
  const onFailureArn = input.DestinationConfig
    ? input.DestinationConfig.OnFailure?.Destination || undefined
    : before?.onFailureArn;
  return {
    ...kept,
    startingPosition,
    ...given('startingPositionAt', timestamp && new Date(timestamp).getTime()),
    ...given('parallelizationFactor', input.ParallelizationFactor),
    ...given('bisectBatchOnFunctionError', input.BisectBatchOnFunctionError),
    ...given('maximumRecordAgeSeconds', age),
    ...given('maximumRetryAttempts', input.MaximumRetryAttempts),
    ...given('onFailureArn', onFailureArn),
  };
}

function problemOf(
  { batchSize, maximumBatchingWindowSeconds: window, filters, stream }: MappingParameters,
  arn: string,
): Refused | undefined {
  // What AWS says of FIFO queues is not recorded.
  const isFifo = arn.endsWith('.fifo');
  if (isFifo && window > 0) return invalid('Batching window is not supported for FIFO queues.');
  if (isFifo && batchSize > 10) return invalid('The maximum batch size of a FIFO queue is 10.');
  if (batchSize > 10 && window === 0 && !stream) {
    return invalid(
      'Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10',
    );
  }
  if (filters.length > mostFilters) return invalid(`There can be at most ${mostFilters} filters.`);
  for (const filter of filters) {
    try {
      parsePattern(filter);
    } catch (error) {
      if (error instanceof PatternFault) return invalid('Invalid filter pattern definition.');
      throw error;
    }
  }
  return undefined;
}

function patternsOf({ Filters = [] }: NonNullable<Input['FilterCriteria']>): readonly string[] {
  return Filters.map(({ Pattern = '' }) => Pattern);
}

/** An empty list or object says nothing. */
function isGiven(value: unknown): boolean {
  if (value === undefined || value === null) return false;
  return typeof value !== 'object' || value instanceof Date || Object.keys(value).length > 0;
}

function given<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): { readonly [Key in Name]?: Value } {
  return value === undefined ? {} : ({ [name]: value } as { readonly [Key in Name]: Value });
}
