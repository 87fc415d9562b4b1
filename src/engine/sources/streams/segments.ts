/** Consecutive records of a shard that are tried together. */
export interface Segment<Item> {
  readonly items: readonly Item[];
  /** How often the function has failed with them; a split does not count. */
  readonly attempts: number;
}

/** What to do with records that the function does not process. */
export interface RetryPolicy {
  /** After the first attempt; -1: for ever. */
  readonly maximumRetryAttempts: number;
  /** Milliseconds; -1: for ever. */
  readonly maximumRecordAgeMs: number;
  readonly bisect: boolean;
}

export type SegmentOutcome =
  | { readonly kind: 'processed' }
  | { readonly kind: 'failed' }
  /** The items before `from` are processed. */
  | { readonly kind: 'partial'; readonly from: number };

/** What an invocation has come to. */
export interface SegmentStep<Item> {
  readonly processed: readonly Item[];
  /** What is to be tried next, in its order. */
  readonly rest: readonly Segment<Item>[];
  /** What is not tried any more. */
  readonly discarded?: { readonly items: readonly Item[]; readonly invokeCount: number };
  /** Whether records were divided, which is not waited for. */
  readonly isSplit: boolean;
}

/**
 * A failure is tried again as a whole or, with bisect, in two halves; attempts count for what cannot be divided any
 * further, or is not to be.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html
 * https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-batchfailurereporting.html
 */
export function afterInvocation<Item>(
  { items, attempts }: Segment<Item>,
  outcome: SegmentOutcome,
  { bisect, maximumRetryAttempts }: RetryPolicy,
): SegmentStep<Item> {
  if (outcome.kind === 'processed') return { processed: items, rest: [], isSplit: false };
  const from = outcome.kind === 'partial' ? outcome.from : 0;
  const processed = items.slice(0, from);
  const failed = items.slice(from);
  if (bisect && from > 0) return { processed, rest: [{ items: failed, attempts }], isSplit: true };
  if (bisect && failed.length > 1) {
    const middle = Math.ceil(failed.length / 2);
    return {
      processed,
      rest: [failed.slice(0, middle), failed.slice(middle)].map(half => ({ items: half, attempts })),
      isSplit: true,
    };
  }
  const invokeCount = attempts + 1;
  return maximumRetryAttempts >= 0 && invokeCount > maximumRetryAttempts
    ? { processed, rest: [], discarded: { items: failed, invokeCount }, isSplit: false }
    : { processed, rest: [{ items: failed, attempts: invokeCount }], isSplit: false };
}

/** Divides a segment into the records that are too old to be tried, and the others. */
export function expire<Item extends { readonly arrivedAt: number }>(
  { items, attempts }: Segment<Item>,
  now: number,
  { maximumRecordAgeMs }: RetryPolicy,
): { readonly expired: readonly Item[]; readonly segment: Segment<Item> } {
  const young =
    maximumRecordAgeMs < 0 ? 0 : items.findIndex(({ arrivedAt }) => now - arrivedAt <= maximumRecordAgeMs);
  const from = young === -1 ? items.length : young;
  return { expired: items.slice(0, from), segment: { items: items.slice(from), attempts } };
}

/**
 * How long a failure is waited for before the next attempt, in milliseconds. AWS says that it is exponential; a
 * recording has eight invocations in a minute.
 */
export function retryDelay(attempts: number): number {
  return Math.min(15_000, 1000 * 2 ** Math.max(0, Math.min(attempts - 1, 10)));
}
