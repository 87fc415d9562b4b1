/** Why a batch is not added to any more. */
export type BatchClosed = 'size' | 'bytes' | 'window';

export interface BatchLimits {
  /** Records. */
  readonly size: number;
  /** Milliseconds from the first record on. 0: what is there at one moment is the batch. */
  readonly windowMs: number;
}

/** A record and how much of the payload it takes. */
export interface Sized<Item> {
  readonly item: Item;
  readonly bytes: number;
}

/** Records that wait for others. */
export interface OpenBatch<Item> {
  readonly records: readonly Sized<Item>[];
  readonly bytes: number;
  /** When the first record came, in milliseconds; undefined while there is none. */
  readonly openedAt: number | undefined;
}

export interface ClosedBatch<Item> {
  readonly items: readonly Item[];
  readonly closed: BatchClosed;
}

/** 6 MB, metadata included. https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html#invocation-eventsourcemapping-batching */
export const maxBatchBytes = 6_291_456;

export function emptyBatch<Item>(): OpenBatch<Item> {
  return { records: [], bytes: 0, openedAt: undefined };
}

/** Adds records in their order; every batch that they fill is closed. */
export function addToBatch<Item>(
  open: OpenBatch<Item>,
  records: readonly Sized<Item>[],
  now: number,
  { size }: Pick<BatchLimits, 'size'>,
): { readonly open: OpenBatch<Item>; readonly closed: readonly ClosedBatch<Item>[] } {
  const closed: ClosedBatch<Item>[] = [];
  let held = [...open.records];
  let { bytes, openedAt } = open;
  const close = (reason: BatchClosed) => {
    closed.push({ items: held.map(({ item }) => item), closed: reason });
    held = [];
    bytes = 0;
    openedAt = undefined;
  };
  for (const record of records) {
    if (held.length > 0 && bytes + record.bytes > maxBatchBytes) close('bytes');
    held.push(record);
    bytes += record.bytes;
    openedAt ??= now;
    if (held.length >= size) close('size');
  }
  return { open: { records: held, bytes, openedAt }, closed };
}

/** The batch whose window has passed; undefined while it has not, or where nothing waits. */
export function windowClosed<Item>(
  { records, openedAt }: OpenBatch<Item>,
  now: number,
  { windowMs }: Pick<BatchLimits, 'windowMs'>,
): ClosedBatch<Item> | undefined {
  return openedAt !== undefined && now - openedAt >= windowMs
    ? { items: records.map(({ item }) => item), closed: 'window' }
    : undefined;
}
