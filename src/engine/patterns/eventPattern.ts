import { isJsonObject, type JsonNumber, type JsonValue, parseJsonValue } from './jsonValue.ts';
import { type LeafMatcher, leafMatcher, PatternFault } from './leafMatchers.ts';

/** Whether an event is one that a pattern is for. */
export type EventPattern = (event: JsonValue) => boolean;

/**
 * Reads a pattern: the keys of an object must all match, one of the values that a key lists, and of `$or` one object.
 *
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html#filtering-syntax
 *
 * @param text JSON
 * @throws PatternFault where it is none, with the place
 */
export function parsePattern(text: string): EventPattern {
  let pattern: JsonValue;
  try {
    pattern = parseJsonValue(text);
  } catch (error) {
    throw new PatternFault(`is no JSON: ${error instanceof Error ? error.message : error}`, []);
  }
  return objectPattern(pattern, []);
}

function objectPattern(pattern: JsonValue, path: readonly string[]): EventPattern {
  if (!isJsonObject(pattern)) throw new PatternFault('must be an object', path);
  const entries = Object.entries(pattern);
  if (entries.length === 0) throw new PatternFault('must name a key', path);
  const parts = entries.map(([key, value]) =>
    key === '$or' ? orPattern(value, [...path, key]) : keyPattern(key, value, [...path, key]),
  );
  return event => parts.every(part => part(event));
}

function orPattern(alternatives: JsonValue, path: readonly string[]): EventPattern {
  if (!Array.isArray(alternatives) || alternatives.length < 2) {
    throw new PatternFault('must be a list of at least two objects', path);
  }
  const parts = alternatives.map((each: JsonValue, index) => objectPattern(each, [...path, String(index)]));
  return event => parts.some(part => part(event));
}

function keyPattern(key: string, value: JsonValue, path: readonly string[]): EventPattern {
  if (!Array.isArray(value)) {
    const inner = objectPattern(value, path);
    return event => membersOf(event, key).some(each => objectsOf(each).some(inner));
  }
  if (value.length === 0) throw new PatternFault('must list a value', path);
  const matchers = value.map((each: JsonValue) => leafMatcher(each, path));
  return event => {
    const leaves = membersOf(event, key).flatMap(leavesOf);
    return matchers.some(matcher => isMatched(matcher, leaves));
  };
}

function isMatched(matcher: LeafMatcher, leaves: readonly Leaf[]): boolean {
  return matcher.kind === 'exists' ? matcher.exists === leaves.length > 0 : leaves.some(matcher.matches);
}

export type Leaf = string | boolean | null | JsonNumber;

/** What stands for a key: nothing, or one value. */
function membersOf(event: JsonValue, key: string): readonly JsonValue[] {
  return isJsonObject(event) && Object.hasOwn(event, key) ? [event[key] as JsonValue] : [];
}

/** Of a list every object is looked at by itself. */
function objectsOf(value: JsonValue): readonly JsonValue[] {
  return Array.isArray(value) ? value.flatMap(objectsOf) : isJsonObject(value) ? [value] : [];
}

/** One of the values of a list is enough; an object is no value. */
function leavesOf(value: JsonValue): readonly Leaf[] {
  if (Array.isArray(value)) return value.flatMap(leavesOf);
  return isJsonObject(value) ? [] : [value as Leaf];
}
