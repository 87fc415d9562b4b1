import type { Json } from '../../model/resource.ts';
import { compare, parse } from './compare.ts';
import { type Expectation, type Outcome, payloadOf } from './expectation.ts';
import { findMistakes, isObject, matcherOf } from './matchers.ts';

/**
 * The text of an expectation that the outcome meets. What of the old one still holds stays as it is, matchers
 * included, and members that it did not speak of are not added.
 */
export function updateExpectation(expectation: Expectation, outcome: Outcome): string {
  return `${JSON.stringify(updated(expectation, outcome), undefined, 2)}\n`;
}

function updated({ kind, pattern }: Expectation, outcome: Outcome): Json {
  const actual = payloadOf(outcome);
  if (outcome.functionError === undefined)
    return kind === 'result' ? merge(pattern, actual) : literal(actual);
  return { $error: kind === 'error' ? merge(pattern, actual) : literal(withoutStack(actual)) };
}

function merge(pattern: Json, actual: Json): Json {
  if (compare(pattern, actual).length === 0) return pattern;
  const matcher = matcherOf(pattern);
  if (matcher?.name === '$json' && typeof actual === 'string') {
    const parsed = parse(actual);
    return parsed ? { $json: merge(matcher.argument, parsed.value) } : literal(actual);
  }
  if (matcher) return literal(actual);
  if (Array.isArray(pattern) && Array.isArray(actual)) {
    return actual.map((item, index) => {
      const before = pattern[index];
      return before === undefined ? literal(item) : merge(before, item);
    });
  }
  if (!isObject(pattern) || !isObject(actual)) return literal(actual);
  const kept = Object.entries(pattern).flatMap(([name, value]): [string, Json][] => {
    const now = Object.hasOwn(actual, name) ? actual[name] : undefined;
    if (now !== undefined) return [[name, merge(value, now)]];
    return compare(value, undefined).length === 0 ? [[name, value]] : [];
  });
  return Object.fromEntries(kept);
}

/** What means itself, even where it looks like a matcher. */
function literal(actual: Json): Json {
  const isTaken = hasMatcher(actual) || findMistakes(actual).length > 0;
  return isTaken ? { $exactly: actual } : actual;
}

function hasMatcher(value: Json): boolean {
  if (Array.isArray(value)) return value.some(hasMatcher);
  if (!isObject(value)) return false;
  return matcherOf(value) !== undefined || Object.values(value).some(hasMatcher);
}

/** Where in the code an error came from changes with every edit. */
function withoutStack(error: Json): Json {
  if (!isObject(error)) return error;
  const { trace, stackTrace, requestId, ...rest } = error;
  return rest;
}
