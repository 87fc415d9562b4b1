import type { Json } from '../../model/resource.ts';
import { memberPath } from '../jsonPath.ts';
import { isObject, type Matcher, matcherOf } from './matchers.ts';

/** One place where a result is not what was expected; the texts are for people. */
export interface Difference {
  /** As in JSONPath. */
  readonly path: string;
  readonly expected: string;
  readonly actual: string;
}

/**
 * What of a result is not as expected. An expected object may have fewer members than the actual one; lists
 * are of the same length.
 *
 * @param actual undefined: it is not there at all.
 */
export function compare(expected: Json, actual: Json | undefined, path = '$'): readonly Difference[] {
  const matcher = matcherOf(expected);
  if (matcher) return compareMatcher(matcher, actual, path);
  if (actual === undefined) return [differ(path, describe(expected), actual)];
  if (Array.isArray(expected)) return compareLists(expected, actual, path);
  if (!isObject(expected)) return expected === actual ? [] : [differ(path, describe(expected), actual)];
  if (!isObject(actual)) return [differ(path, describe(expected), actual)];
  return Object.entries(expected).flatMap(([name, value]) =>
    compare(value, Object.hasOwn(actual, name) ? actual[name] : undefined, memberPath(path, name)),
  );
}

/** A difference on one line. */
export function differenceText({ path, expected, actual }: Difference): string {
  return `${path}: expected ${expected}, got ${actual}`;
}

/** JSON on one line, cut where it is long. */
export function describe(value: Json | undefined): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

const longest = 160;

function compareLists(expected: readonly Json[], actual: Json, path: string): readonly Difference[] {
  if (!Array.isArray(actual)) return [differ(path, describe(expected), actual)];
  const length: readonly Difference[] =
    expected.length === actual.length
      ? []
      : [{ path, expected: `a list of ${expected.length}`, actual: `a list of ${actual.length}` }];
  const shared = expected.slice(0, actual.length);
  return [...length, ...shared.flatMap((item, index) => compare(item, actual[index], `${path}[${index}]`))];
}

function compareMatcher(
  { name, argument }: Matcher,
  actual: Json | undefined,
  path: string,
): readonly Difference[] {
  const unless = (holds: boolean, wanted: string) => (holds ? [] : [differ(path, wanted, actual)]);
  switch (name) {
    case '$absent':
      return unless(actual === undefined, 'nothing');
    case '$any':
      return unless(actual !== undefined, 'anything');
    case '$type':
      return unless(actual !== undefined && isOfType(actual, argument), `of type ${String(argument)}`);
    case '$match':
      return unless(
        typeof actual === 'string' && new RegExp(String(argument), 'u').test(actual),
        `a text that matches /${String(argument)}/`,
      );
    case '$exactly':
      return unless(actual !== undefined && isSame(argument, actual), `exactly ${describe(argument)}`);
    case '$json': {
      const parsed = typeof actual === 'string' ? parse(actual) : undefined;
      return parsed ? compare(argument, parsed.value, `${path}:json`) : unless(false, 'a text that is JSON');
    }
    case '$contains': {
      if (!Array.isArray(actual)) return unless(false, 'a list');
      const wanted = Array.isArray(argument) ? argument : [];
      return wanted
        .filter(item => !actual.some(element => compare(item, element).length === 0))
        .map(item => differ(path, `a list that contains ${describe(item)}`, actual));
    }
  }
}

/** JSON text as what it stands for. Undefined where it is none. */
export function parse(text: string): { readonly value: Json } | undefined {
  try {
    return { value: JSON.parse(text) as Json };
  } catch {
    return undefined;
  }
}

function isOfType(value: Json, type: Json): boolean {
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'array') return Array.isArray(value);
  if (type === 'null') return value === null;
  if (type === 'object') return isObject(value);
  return typeof value === type;
}

function isSame(one: Json, other: Json): boolean {
  if (Array.isArray(one)) {
    return (
      Array.isArray(other) &&
      one.length === other.length &&
      one.every((item, index) => isSame(item, other[index] ?? null))
    );
  }
  if (!isObject(one)) return one === other;
  if (!isObject(other)) return false;
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every(name => Object.hasOwn(other, name) && isSame(one[name] ?? null, other[name] ?? null))
  );
}

function differ(path: string, expected: string, actual: Json | undefined): Difference {
  return { path, expected, actual: describe(actual) };
}
