import { BlockList, isIPv4, isIPv6 } from 'node:net';
import { isObject } from '../responses/functionAnswer.ts';

/** What conditions can ask of a request. */
export interface ConditionContext {
  readonly sourceIp: string;
  readonly userAgent: string | undefined;
  readonly referer: string | undefined;
  /** Epoch milliseconds. */
  readonly now: number;
}

/**
 * Whether all conditions of a statement hold; undefined where one asks for something that is not known here.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-aws-condition-keys.html
 */
export function conditionsHold(condition: unknown, context: ConditionContext): boolean | undefined {
  if (condition === undefined) return true;
  if (!isObject(condition)) return undefined;
  const verdicts = Object.entries(condition).flatMap(([operator, keys]) =>
    isObject(keys)
      ? Object.entries(keys).map(([key, wanted]) => holds(operator, key, listOf(wanted), context))
      : [undefined],
  );
  if (verdicts.includes(false)) return false;
  return verdicts.includes(undefined) ? undefined : true;
}

function holds(
  operator: string,
  key: string,
  wanted: readonly string[],
  context: ConditionContext,
): boolean | undefined {
  const value = requestValue(key.toLowerCase(), context);
  if (value === 'unknown') return undefined;
  if (operator === 'Null') return (value === undefined) === (wanted[0] === 'true');
  const [, name = '', ifExists] = /^(.*?)(IfExists)?$/.exec(operator) ?? [];
  const isNegated = /^(?:String|Numeric|Date)Not|^NotIp/.test(name);
  const test = operators[name];
  if (!test) return undefined;
  if (value === undefined) return ifExists !== undefined || isNegated;
  const matches = wanted.some(each => test(value, each));
  return isNegated ? !matches : matches;
}

function requestValue(key: string, context: ConditionContext): string | undefined | 'unknown' {
  switch (key) {
    case 'aws:sourceip':
      return context.sourceIp;
    case 'aws:useragent':
      return context.userAgent;
    case 'aws:referer':
      return context.referer;
    case 'aws:currenttime':
      return new Date(context.now).toISOString();
    case 'aws:epochtime':
      return String(Math.floor(context.now / 1000));
    // There is no TLS here; where the API is deployed there always is.
    case 'aws:securetransport':
      return 'true';
    default:
      return 'unknown';
  }
}

type Test = (value: string, wanted: string) => boolean;

const equals: Test = (value, wanted) => value === wanted;
const equalsIgnoreCase: Test = (value, wanted) => value.toLowerCase() === wanted.toLowerCase();
const like: Test = (value, wanted) => wildcard(wanted).test(value);
const numeric =
  (compare: (value: number, wanted: number) => boolean): Test =>
  (value, wanted) =>
    compare(Number(value), Number(wanted));
const date =
  (compare: (value: number, wanted: number) => boolean): Test =>
  (value, wanted) =>
    compare(timeOf(value), timeOf(wanted));
const comparisons = {
  Equals: (value: number, wanted: number) => value === wanted,
  // Negated where it is applied.
  NotEquals: (value: number, wanted: number) => value === wanted,
  LessThan: (value: number, wanted: number) => value < wanted,
  LessThanEquals: (value: number, wanted: number) => value <= wanted,
  GreaterThan: (value: number, wanted: number) => value > wanted,
  GreaterThanEquals: (value: number, wanted: number) => value >= wanted,
};

const operators: Readonly<Record<string, Test | undefined>> = {
  StringEquals: equals,
  StringNotEquals: equals,
  StringEqualsIgnoreCase: equalsIgnoreCase,
  StringNotEqualsIgnoreCase: equalsIgnoreCase,
  StringLike: like,
  StringNotLike: like,
  Bool: equalsIgnoreCase,
  IpAddress: isWithin,
  NotIpAddress: isWithin,
  ...Object.fromEntries(
    Object.entries(comparisons).flatMap(([name, compare]) => [
      [`Numeric${name}`, numeric(compare)],
      [`Date${name}`, date(compare)],
    ]),
  ),
};

/** @param range an address, or one with the length of its prefix. */
function isWithin(address: string, range: string): boolean {
  const [network = '', prefix] = range.split('/');
  const kind = isIPv6(network) ? 'ipv6' : 'ipv4';
  if (!(kind === 'ipv6' ? isIPv6(address) : isIPv4(address) && isIPv4(network))) return false;
  const length = prefix === undefined ? (kind === 'ipv6' ? 128 : 32) : Number(prefix);
  if (!Number.isInteger(length) || length < 0 || length > (kind === 'ipv6' ? 128 : 32)) return false;
  const block = new BlockList();
  block.addSubnet(network, length, kind);
  return block.check(address, kind);
}

/** A date, or seconds since the epoch. */
function timeOf(text: string): number {
  return /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text);
}

/** `*` stands for anything, `?` for one character. */
function wildcard(pattern: string): RegExp {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's');
}

function listOf(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : [value]).map(String);
}
