import type { FilteredRecord } from '../filters.ts';

/** A record of a stream, ready for a function. */
export interface StreamRecord {
  readonly sequence: string;
  /** Records of one key are delivered in their order. */
  readonly key: string;
  /** Epoch milliseconds. */
  readonly arrivedAt: number;
  /** As functions get it. */
  readonly event: object;
  readonly filtered: FilteredRecord;
}

export interface Shard {
  readonly id: string;
  /** The shards that it was made from. */
  readonly parents: readonly string[];
}

/** Where reading begins. */
export type StreamPosition =
  | { readonly kind: 'TRIM_HORIZON' | 'LATEST' }
  /** @param at epoch milliseconds */
  | { readonly kind: 'AT_TIMESTAMP'; readonly at: number }
  | { readonly kind: 'AFTER_SEQUENCE_NUMBER'; readonly sequence: string };

/** A stream, as its poller uses it. Everything rejects with a {@link StreamFault} where the service refuses. */
export interface StreamClient {
  shards(): Promise<readonly Shard[]>;
  iterator(shardId: string, position: StreamPosition): Promise<string>;
  /** `next` is absent at the end of a shard that is closed. */
  read(
    iterator: string,
    shardId: string,
    limit: number,
  ): Promise<{ readonly records: readonly StreamRecord[]; readonly next?: string }>;
}

/** What the stream's service has answered. */
export class StreamFault extends Error {
  override readonly name = 'StreamFault';
  /** For example `ExpiredIteratorException`. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}
