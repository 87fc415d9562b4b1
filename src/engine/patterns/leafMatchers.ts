import { BlockList } from 'node:net';
import { isJsonObject, JsonNumber, type JsonValue } from './jsonValue.ts';

/** What a pattern says of a value that is no object. */
export type LeafMatcher =
  | { readonly kind: 'value'; readonly matches: (leaf: Leaf) => boolean }
  | { readonly kind: 'exists'; readonly exists: boolean };

type Leaf = string | boolean | null | JsonNumber;

/** A pattern that is none. */
export class PatternFault extends Error {
  override readonly name = 'PatternFault';
  /** The keys that lead to the place. */
  readonly path: readonly string[];

  constructor(message: string, path: readonly string[]) {
    super(`The event pattern ${path.length === 0 ? '' : `at ${path.join('.')} `}${message}.`);
    this.path = path;
  }
}

/** @throws PatternFault for an operator that there is not, or that is used wrongly */
export function leafMatcher(matcher: JsonValue, path: readonly string[]): LeafMatcher {
  if (Array.isArray(matcher)) throw new PatternFault('must not list a list', path);
  if (!isJsonObject(matcher)) {
    const expected = matcher as Leaf;
    return value(leaf => isSame(leaf, expected));
  }
  const [[operator, operand] = ['', null], ...others] = Object.entries(matcher);
  if (others.length > 0) throw new PatternFault('must have one operator in an object', path);
  if (operator === 'exists') {
    if (typeof operand !== 'boolean') throw new PatternFault('needs true or false for exists', path);
    return { kind: 'exists', exists: operand };
  }
  const at = [...path, operator];
  switch (operator) {
    case 'anything-but': {
      const isExcluded = exclusion(operand, at);
      return value(leaf => !isExcluded(leaf));
    }
    case 'numeric':
      return value(numericTest(operand, at));
    case 'cidr':
      return value(addressTest(operand, at));
    default: {
      const test = textTest(operator, operand, at);
      if (!test) throw new PatternFault(`has the operator ${operator}, which is none`, path);
      return value(test);
    }
  }
}

type Test = (leaf: Leaf) => boolean;

function value(matches: Test): LeafMatcher {
  return { kind: 'value', matches };
}

/** Numbers are the same where they are written the same: 300 is not 300.0. */
function isSame(leaf: Leaf, expected: Leaf): boolean {
  return leaf instanceof JsonNumber && expected instanceof JsonNumber
    ? leaf.text === expected.text
    : leaf === expected;
}

/** Undefined where there is no such operator. */
function textTest(operator: string, operand: JsonValue, path: readonly string[]): Test | undefined {
  const of =
    (test: (text: string) => boolean): Test =>
    leaf =>
      typeof leaf === 'string' && test(leaf);
  switch (operator) {
    case 'prefix':
    case 'suffix': {
      const isPrefix = operator === 'prefix';
      const at = (text: string, part: string) => (isPrefix ? text.startsWith(part) : text.endsWith(part));
      if (!isJsonObject(operand)) {
        const part = textOf(operand, path);
        return of(text => at(text, part));
      }
      const part = textOf(operand['equals-ignore-case'] ?? null, path).toLowerCase();
      return of(text => at(text.toLowerCase(), part));
    }
    case 'equals-ignore-case': {
      const expected = textOf(operand, path).toLowerCase();
      return of(text => text.toLowerCase() === expected);
    }
    case 'wildcard': {
      const expression = wildcard(textOf(operand, path), path);
      return of(text => expression.test(text));
    }
    default:
      return undefined;
  }
}

function exclusion(operand: JsonValue, path: readonly string[]): Test {
  if (isJsonObject(operand)) {
    const [[operator, inner] = ['', null]] = Object.entries(operand);
    const tests = listOf(inner).map(each => textTest(operator, each, path));
    if (tests.length === 0 || tests.includes(undefined)) {
      throw new PatternFault('needs values, or prefix, suffix, equals-ignore-case or wildcard', path);
    }
    return leaf => tests.some(test => test?.(leaf));
  }
  const excluded = listOf(operand);
  if (excluded.length === 0 || excluded.some(each => isJsonObject(each) || Array.isArray(each))) {
    throw new PatternFault('needs values, or prefix, suffix, equals-ignore-case or wildcard', path);
  }
  return leaf => excluded.some(each => isSame(leaf, each as Leaf));
}

function listOf(operand: JsonValue): readonly JsonValue[] {
  return Array.isArray(operand) ? operand : [operand];
}

const comparisons: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '=': (a, b) => a === b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

/** One comparison, or a lower and an upper bound. */
function numericTest(operand: JsonValue, path: readonly string[]): Test {
  const parts = Array.isArray(operand) ? operand : [];
  const isComplete = parts.length === 2 || parts.length === 4;
  const tests = Array.from({ length: parts.length / 2 }, (_, index) => {
    const compare = comparisons[String(parts[2 * index])];
    const limit = parts[2 * index + 1];
    return compare && limit instanceof JsonNumber ? (each: number) => compare(each, limit.value) : undefined;
  });
  if (!isComplete || tests.includes(undefined)) {
    throw new PatternFault('needs one or two comparisons, as in [">", 0, "<=", 5]', path);
  }
  return leaf => leaf instanceof JsonNumber && tests.every(test => test?.(leaf.value));
}

function addressTest(operand: JsonValue, path: readonly string[]): Test {
  const [address = '', bits = ''] = textOf(operand, path).split('/');
  const block = new BlockList();
  const family = (text: string) => (text.includes(':') ? 'ipv6' : 'ipv4');
  try {
    block.addSubnet(address, /^\d+$/.test(bits) ? Number(bits) : Number.NaN, family(address));
  } catch {
    throw new PatternFault('needs a block of addresses, as in 10.0.0.0/24', path);
  }
  return leaf => typeof leaf === 'string' && block.check(leaf, family(leaf));
}

/** A star stands for anything; behind a backslash stars and backslashes stand for themselves. */
function wildcard(pattern: string, path: readonly string[]): RegExp {
  if (/\*\*/.test(pattern)) throw new PatternFault('must not have two stars in a row', path);
  const expression = pattern.replace(/\\([*\\])|(\*)|[\\^$.|?+()[\]{}]/g, (whole, escaped, star) =>
    star ? '.*' : `\\${escaped ?? whole}`,
  );
  return new RegExp(`^${expression}$`, 's');
}

function textOf(operand: JsonValue, path: readonly string[]): string {
  if (typeof operand !== 'string') throw new PatternFault('needs a text', path);
  return operand;
}
