import { type EventPattern, parsePattern } from '../patterns/eventPattern.ts';
import { isJsonObject, type JsonValue, parseJsonValue } from '../patterns/jsonValue.ts';

/** What filters look at: the data of a record under its key, and beside it what describes the record. */
export interface FilteredRecord {
  /** The text of the data; undefined where it is no text. */
  readonly data: string | undefined;
  /** Members beside the data, as they are in the record. */
  readonly metadata?: { readonly [name: string]: JsonValue };
}

/** Whether a record is one that the function is to get. */
export type RecordFilter = (record: FilteredRecord) => boolean;

/**
 * Filters of a mapping: one of them has to match.
 *
 * Data that is a JSON object is looked at by its members, other data as text: a pattern for the one kind never
 * matches the other.
 * https://docs.aws.amazon.com/lambda/latest/dg/with-sqs-filtering.html#filtering-sqs
 *
 * @param dataKey the key that stands for the data, for example `body`
 * @param patterns JSON texts; none: every record is wanted
 * @throws PatternFault for a pattern that is none
 */
export function recordFilter(dataKey: string, patterns: readonly string[]): RecordFilter {
  if (patterns.length === 0) return () => true;
  const parsed = patterns.map(parsePattern);
  return record => {
    const event = eventOf(record, dataKey);
    return parsed.some((matches: EventPattern) => matches(event));
  };
}

function eventOf({ data, metadata = {} }: FilteredRecord, dataKey: string): JsonValue {
  return data === undefined ? metadata : { ...metadata, [dataKey]: objectOf(data) ?? data };
}

function objectOf(text: string): JsonValue | undefined {
  if (!/^\s*\{/.test(text)) return undefined;
  try {
    const value = parseJsonValue(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
