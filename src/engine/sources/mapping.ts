import type { EventSource } from '../../model/eventSourceMapping.ts';

/** The kinds of source that are polled. */
export type SourceKind = Extract<EventSource['kind'], 'sqs'>;

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
}

/** What a mapping has of which nothing is said. */
export const defaultParameters: Readonly<Record<'sqs', MappingParameters>> = {
  sqs: { batchSize: 10, maximumBatchingWindowSeconds: 0, reportBatchItemFailures: false, filters: [] },
};

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

/** Whether a mapping reads from its source, or is about to. */
export function isPolling({ state }: Pick<MappingRecord, 'state'>): boolean {
  return state === 'Creating' || state === 'Enabling' || state === 'Enabled' || state === 'Updating';
}
