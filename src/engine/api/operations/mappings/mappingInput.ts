import type {
  CreateEventSourceMappingRequest,
  UpdateEventSourceMappingRequest,
} from '@aws-sdk/client-lambda';
import { parsePattern } from '../../../patterns/eventPattern.ts';
import { PatternFault } from '../../../patterns/leafMatchers.ts';
import type { MappingParameters } from '../../../sources/mapping.ts';
import { invalid, type Refused, unsupportedHere } from '../../../versions/errors.ts';

type Input = Partial<Omit<CreateEventSourceMappingRequest, 'FunctionName' | 'EventSourceArn'>> &
  Partial<Omit<UpdateEventSourceMappingRequest, 'FunctionName' | 'UUID'>>;

/** What only streams and brokers have. */
const unknownToQueues = [
  'BisectBatchOnFunctionError',
  'DestinationConfig',
  'MaximumRecordAgeInSeconds',
  'MaximumRetryAttempts',
  'ParallelizationFactor',
  'StartingPosition',
  'StartingPositionTimestamp',
  'TumblingWindowInSeconds',
  'Topics',
  'Queues',
  'SourceAccessConfigurations',
  'SelfManagedEventSource',
  'AmazonManagedKafkaEventSourceConfig',
  'SelfManagedKafkaEventSourceConfig',
  'DocumentDBEventSourceConfig',
] as const satisfies readonly (keyof Input)[];

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

/**
 * The parameters of a queue's mapping, where a request sets some of them.
 *
 * @param before what holds where the request says nothing
 * @param queueArn FIFO queues have limits of their own
 */
export function queueParameters(
  input: Input,
  before: MappingParameters,
  queueArn: string,
): { readonly kind: 'read'; readonly parameters: MappingParameters } | Refused {
  const foreign = unknownToQueues.find(name => isGiven(input[name]));
  if (foreign !== undefined) {
    // Recorded for DestinationConfig; taken to be the same for the others.
    return invalid(`Unsupported ${foreign} parameter for given event source mapping type.`);
  }
  const ignored = notHonoured.find(name => isGiven(input[name]));
  if (ignored !== undefined) {
    return unsupportedHere(ignored, 'cannot be honoured for event source mappings. Leave it out.');
  }
  const parameters = {
    ...before,
    ...given('batchSize', input.BatchSize),
    ...given('maximumBatchingWindowSeconds', input.MaximumBatchingWindowInSeconds),
    ...given('reportBatchItemFailures', input.FunctionResponseTypes?.includes('ReportBatchItemFailures')),
    ...given('filters', input.FilterCriteria && patternsOf(input.FilterCriteria)),
  };
  const { maximumConcurrency: _replaced, ...scaled } = parameters;
  const wanted = input.ScalingConfig
    ? { ...scaled, ...given('maximumConcurrency', input.ScalingConfig.MaximumConcurrency) }
    : parameters;
  return problemOf(wanted, queueArn) ?? { kind: 'read', parameters: wanted };
}

function problemOf(
  { batchSize, maximumBatchingWindowSeconds: window, filters }: MappingParameters,
  queueArn: string,
): Refused | undefined {
  // What AWS says of FIFO queues is not recorded.
  const isFifo = queueArn.endsWith('.fifo');
  if (isFifo && window > 0) return invalid('Batching window is not supported for FIFO queues.');
  if (isFifo && batchSize > 10) return invalid('The maximum batch size of a FIFO queue is 10.');
  if (batchSize > 10 && window === 0) {
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
