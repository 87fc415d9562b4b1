import type { Json, ResourceDefinition } from './resource.ts';

/** AWS::Lambda::EventSourceMapping: a queue or a stream that Lambda polls for a function. */
export interface EventSourceMappingDefinition extends ResourceDefinition {
  readonly functionName: string;
  /** A version or an alias; absent: `$LATEST`. */
  readonly qualifier?: string;
  readonly source: EventSource;
  readonly enabled: boolean;
  /**
   * Absent members have the defaults of their source.
   * https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html
   */
  readonly batchSize?: number;
  readonly maximumBatchingWindowSeconds?: number;
  readonly startingPosition?: 'TRIM_HORIZON' | 'LATEST' | 'AT_TIMESTAMP';
  /** Epoch seconds. */
  readonly startingPositionTimestamp?: number;
  readonly parallelizationFactor?: number;
  readonly bisectBatchOnFunctionError?: boolean;
  /** -1 is for ever. */
  readonly maximumRecordAgeSeconds?: number;
  /** -1 is for ever. */
  readonly maximumRetryAttempts?: number;
  readonly tumblingWindowSeconds?: number;
  readonly reportBatchItemFailures: boolean;
  /** Filter patterns, of which one has to match; empty: everything does. */
  readonly filters: readonly Json[];
  readonly onFailureArn?: string;
  readonly maximumConcurrency?: number;
  readonly provisionedPollers?: { readonly minimum?: number; readonly maximum?: number };
}

export interface EventSource {
  readonly kind:
    | 'sqs'
    | 'kinesis'
    | 'dynamodb'
    | 'kafka'
    | 'selfManagedKafka'
    | 'mq'
    | 'documentdb'
    | 'unknown';
  /** Absent for self-managed Kafka. */
  readonly arn?: string;
  /** Kafka topics, MQ queues, or the database and collection of DocumentDB. */
  readonly topics?: readonly string[];
}
