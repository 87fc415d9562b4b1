import type { EventSource } from '../../model/eventSourceMapping.ts';

/** The kinds of source that are polled. */
export type SourceKind = Extract<EventSource['kind'], 'sqs' | 'kinesis' | 'dynamodb'>;

/**
 * What a mapping does with what it reads. Defaults are those of its source.
 * https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html
 */
export interface MappingParameters {
  readonly batchSize: number;
  readonly maximumBatchingWindowSeconds: number;
  readonly reportBatchItemFailures: boolean;
  /** Filter patterns, JSON texts, of which one has to match; empty: everything does. */
  readonly filters: readonly string[];
  /** Of queues. */
  readonly maximumConcurrency?: number;
  /** Present for streams. */
  readonly stream?: StreamParameters;
}

export interface StreamParameters {
  readonly startingPosition: 'TRIM_HORIZON' | 'LATEST' | 'AT_TIMESTAMP';
  /** Epoch milliseconds. */
  readonly startingPositionAt?: number;
  readonly parallelizationFactor: number;
  readonly bisectBatchOnFunctionError: boolean;
  /** -1 is for ever. */
  readonly maximumRecordAgeSeconds: number;
  /** -1 is for ever. */
  readonly maximumRetryAttempts: number;
  readonly onFailureArn?: string;
}

/** What a mapping has of which nothing is said. */
export const defaultParameters = {
  sqs: { batchSize: 10, maximumBatchingWindowSeconds: 0, reportBatchItemFailures: false, filters: [] },
  kinesis: { batchSize: 100, maximumBatchingWindowSeconds: 0, reportBatchItemFailures: false, filters: [] },
  dynamodb: { batchSize: 100, maximumBatchingWindowSeconds: 0, reportBatchItemFailures: false, filters: [] },
} as const satisfies Readonly<Record<SourceKind, MappingParameters>>;

export const defaultStreamParameters = {
  parallelizationFactor: 1,
  bisectBatchOnFunctionError: false,
  maximumRecordAgeSeconds: -1,
  maximumRetryAttempts: -1,
} as const satisfies Partial<StreamParameters>;

/** https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html#event-source-mapping-api */
export type MappingState =
  | 'Creating'
  | 'Enabling'
  | 'Enabled'
  | 'Disabling'
  | 'Disabled'
  | 'Updating'
  | 'Deleting';

/** An event source mapping as it is kept. */
export interface MappingRecord {
  readonly uuid: string;
  readonly functionName: string;
  /** A version or an alias; absent: `$LATEST`. */
  readonly qualifier?: string;
  readonly source: { readonly kind: SourceKind; readonly arn: string };
  readonly parameters: MappingParameters;
  readonly state: MappingState;
  /** Epoch milliseconds. */
  readonly modifiedAt: number;
  /** Present where a template defines it. */
  readonly definedBy?: DefinedBy;
}

export interface DefinedBy {
  /** Stack and logical id. */
  readonly id: string;
  /** What the template said when the record was made, as JSON: another word of the template counts again. */
  readonly word: string;
}

/** @param kind as a model has it */
export function isPolledKind(kind: string): kind is SourceKind {
  return Object.hasOwn(defaultParameters, kind);
}

/** Whether a mapping reads from its source, or is about to. */
export function isPolling({ state }: Pick<MappingRecord, 'state'>): boolean {
  return state === 'Creating' || state === 'Enabling' || state === 'Enabled' || state === 'Updating';
}
