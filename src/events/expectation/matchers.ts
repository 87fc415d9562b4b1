// The matchers of an expected result. docs/testing.md tells people about them.
import type { Json } from '../../model/resource.ts';
import { messageOf } from '../../shared/errors.ts';
import { memberPath } from '../jsonPath.ts';

/** An object of one member whose name begins with `$`. */
export interface Matcher {
  readonly name: MatcherName;
  readonly argument: Json;
}

export type MatcherName = keyof typeof rules;
export type JsonObject = { readonly [name: string]: Json };

/** What is wrong with the argument of each matcher; undefined: nothing. */
const rules = {
  /** Anything, as long as it is there. */
  $any: (argument: Json) => (argument === true ? undefined : 'takes nothing but true'),
  /** The member is not there. */
  $absent: (argument: Json) => (argument === true ? undefined : 'takes nothing but true'),
  $type: (argument: Json) =>
    jsonTypes.some(type => type === argument) ? undefined : `takes one of ${jsonTypes.join(', ')}`,
  /** A text in which the regular expression is found. */
  $match: (argument: Json) => {
    if (typeof argument !== 'string') return 'takes a regular expression, as text';
    try {
      new RegExp(argument, 'u');
      return undefined;
    } catch (error) {
      return `takes a regular expression: ${messageOf(error)}`;
    }
  },
  /** A text that is JSON, for example the body of a response, with what is expected of that. */
  $json: () => undefined,
  /** The same and nothing more; nothing within is a matcher. */
  $exactly: () => undefined,
  /** A list with an element for each of these. */
  $contains: (argument: Json) => (Array.isArray(argument) ? undefined : 'takes a list'),
} as const;

const jsonTypes = ['string', 'number', 'integer', 'boolean', 'null', 'array', 'object'] as const;

/** Undefined for everything that is to be taken literally. */
export function matcherOf(value: Json): Matcher | undefined {
  const name = soleMember(value);
  return name !== undefined && isMatcherName(name)
    ? { name, argument: (value as JsonObject)[name] ?? null }
    : undefined;
}

/** What looks like a matcher and is none, with its path. Empty: all is well. */
export function findMistakes(value: Json, path = '$'): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => findMistakes(item, `${path}[${index}]`));
  if (!isObject(value)) return [];
  const matcher = matcherOf(value);
  if (matcher) {
    const mistake = rules[matcher.name](matcher.argument);
    if (mistake !== undefined) return [`${path}: ${matcher.name} ${mistake}`];
    return matcher.name === '$json' || matcher.name === '$contains'
      ? findMistakes(matcher.argument, path)
      : [];
  }
  const names = Object.keys(value);
  const known = names.find(isMatcherName);
  if (known !== undefined) return [`${path}: ${known} stands alone, without other members beside it`];
  const unknown = soleMember(value);
  if (unknown?.startsWith('$')) {
    return [`${path}: there is no matcher ${unknown}; what is to be taken literally goes into $exactly`];
  }
  return names.flatMap(name => findMistakes(value[name] ?? null, memberPath(path, name)));
}

export function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function soleMember(value: Json): string | undefined {
  if (!isObject(value)) return undefined;
  const [name, ...others] = Object.keys(value);
  return others.length === 0 ? name : undefined;
}

function isMatcherName(name: string): name is MatcherName {
  return Object.hasOwn(rules, name);
}
