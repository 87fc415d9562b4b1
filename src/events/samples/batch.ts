import { createHash } from 'node:crypto';
import type { Json } from '../../model/resource.ts';
import { recogniseKind } from '../kinds.ts';
import { sampleById } from './library.ts';
import type { SamplePlace } from './sample.ts';

/** What sends records in batches. */
export type BatchSource = 'sqs' | 'kinesis' | 'dynamodb';

export interface BatchOptions {
  readonly source: BatchSource;
  /** Of the queue, the stream or the table. A queue whose name ends in `.fifo` sends as FIFO queues do. */
  readonly name: string;
  /** The attribute of a table's partition key. */
  readonly keyName?: string;
  readonly place?: Partial<SamplePlace>;
}

/**
 * The event of a queue or a stream with a record for each of these. A list counts as its elements, and an event
 * of that source as the records that it has; all else becomes the body, the data or the new image of a record.
 */
export function batchEvent(given: readonly Json[], options: BatchOptions): { readonly Records: Json[] } {
  const records = given.flatMap(each => recordsOf(each, options));
  return { Records: records.map((record, index) => numbered(record, index, options)) };
}

function recordsOf(value: Json, options: BatchOptions): readonly Json[] {
  if (Array.isArray(value)) return value.flatMap((each: Json) => recordsOf(each, options));
  if (recogniseKind(value)?.kind === options.source) return (value as unknown as { Records: Json[] }).Records;
  const { Records } = sampleOf(value, options) as unknown as { Records: Json[] };
  return Records;
}

function sampleOf(value: Json, { source, name, keyName = 'id', place }: BatchOptions): unknown {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (source === 'kinesis') return sampleById('kinesis:record').build({ stream: name, data: text }, place);
  if (source === 'sqs') {
    const isFifo = name.endsWith('.fifo');
    return sampleById(isFifo ? 'sqs:fifo' : 'sqs:message').build({ queue: name, body: text }, place);
  }
  const { Records } = sampleById('dynamodb:insert').build({ table: name }, place) as {
    Records: { dynamodb: object }[];
  };
  return {
    Records: Records.map(record => ({
      ...record,
      dynamodb: { ...record.dynamodb, ...images(value, keyName) },
    })),
  };
}

function images(item: Json, keyName: string): Readonly<Record<string, Json>> {
  const isItem = typeof item === 'object' && item !== null && !Array.isArray(item);
  const NewImage = isItem
    ? Object.fromEntries(Object.entries(item).map(([name, value]) => [name, attributeOf(value as Json)]))
    : { value: attributeOf(item) };
  const key = NewImage[keyName];
  return { Keys: key === undefined ? {} : { [keyName]: key }, NewImage };
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeValue.html */
function attributeOf(value: Json): Json {
  if (value === null) return { NULL: true };
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'number') return { N: String(value) };
  if (typeof value === 'boolean') return { BOOL: value };
  if (Array.isArray(value)) return { L: value.map((each: Json) => attributeOf(each)) };
  return {
    M: Object.fromEntries(Object.entries(value).map(([name, each]) => [name, attributeOf(each as Json)])),
  };
}

/** No two records of a batch have one id. */
function numbered(record: Json, index: number, { source }: BatchOptions): Json {
  if (index === 0) return record;
  const own = record as { readonly [name: string]: Json };
  if (source === 'sqs') return { ...own, messageId: uuidFor(`${own.messageId} ${index}`) };
  if (source === 'dynamodb') {
    const { SequenceNumber, ...rest } = own.dynamodb as { readonly [name: string]: Json };
    return {
      ...own,
      eventID: createHash('md5').update(`${own.eventID} ${index}`).digest('hex'),
      dynamodb: { ...rest, SequenceNumber: after(SequenceNumber, index) },
    };
  }
  const kinesis = own.kinesis as { readonly [name: string]: Json };
  const sequenceNumber = after(kinesis.sequenceNumber, index);
  const [shard] = String(own.eventID).split(':');
  return { ...own, kinesis: { ...kinesis, sequenceNumber }, eventID: `${shard}:${sequenceNumber}` };
}

function after(sequenceNumber: Json | undefined, count: number): string {
  const text = String(sequenceNumber);
  return /^\d+$/.test(text) ? String(BigInt(text) + BigInt(count)) : text;
}

function uuidFor(text: string): string {
  const hex = createHash('md5').update(text).digest('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
