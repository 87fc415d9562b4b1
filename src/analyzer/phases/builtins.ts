import { ts } from 'ts-morph';
import { accessedName, unwrap } from '../syntax.ts';

/** Methods of the language and of Node.js that call their callbacks soon, and then never again. */
const immediate = new Set(
  `map forEach filter reduce reduceRight some every find findIndex findLast findLastIndex flatMap sort toSorted
  from replace replaceAll then catch finally nextTick parse stringify fromEntries allSettled all race any
  defineProperty entries groupBy run`.split(/\s+/),
);
const immediateGlobals = new Set([
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'Promise',
  'structuredClone',
  'Symbol',
  'Proxy',
]);

/**
 * Whether code outside of the analysis calls its callbacks where it is called. Others may keep them for
 * later, as `app.get('/', fn)` and `middy(fn)` do.
 */
export function callsBackNow(node: ts.CallExpression | ts.NewExpression): boolean {
  const callee = unwrap(node.expression);
  if (ts.isIdentifier(callee)) return immediateGlobals.has(callee.text);
  const name = accessedName(callee);
  return name !== undefined && immediate.has(name);
}

/** Packages' functions that call what they are given once and keep its result. */
export function isMemoizer(node: ts.CallExpression | ts.NewExpression): boolean {
  const callee = unwrap(node.expression);
  const name = ts.isIdentifier(callee) ? callee.text : (accessedName(callee) ?? '');
  return /^(once|onetime|p?memoi[sz]e\w*|memoizee|fastmemoize|moize|ponce|lazy)$/i.test(name);
}

/** Arguments that the call hands back as they are: `Object.freeze(x)`, `Promise.resolve(x)`. */
export function passedThrough(node: ts.CallExpression): readonly ts.Expression[] | undefined {
  const callee = unwrap(node.expression);
  if (!ts.isPropertyAccessExpression(callee) || !ts.isIdentifier(callee.expression)) return undefined;
  const { text: object } = callee.expression;
  const { text: method } = callee.name;
  if (object === 'Object' && /^(freeze|seal|assign|values|preventExtensions)$/.test(method))
    return node.arguments;
  if (object === 'Promise' && /^(resolve|all|allSettled|race|any)$/.test(method)) return node.arguments;
  if (object === 'Array' && method === 'from') return node.arguments.slice(0, 1);
  return undefined;
}

/**
 * What a method of the language gives back: an array of what its receiver or its callback gives, a promise of
 * what its callback gives, or what its callback made of everything.
 */
export function resultOf(node: ts.CallExpression): 'array' | 'callback' | 'accumulated' | 'unknown' {
  return results.get(accessedName(unwrap(node.expression)) ?? '') ?? 'unknown';
}

const results: ReadonlyMap<string, 'array' | 'callback' | 'accumulated'> = new Map([
  ['map', 'array'],
  ['flatMap', 'array'],
  ['filter', 'array'],
  ['slice', 'array'],
  ['concat', 'array'],
  ['reverse', 'array'],
  ['sort', 'array'],
  ['toSorted', 'array'],
  ['toReversed', 'array'],
  ['then', 'callback'],
  ['reduce', 'accumulated'],
  ['reduceRight', 'accumulated'],
]);

/** The callback parameter that receives the elements of the array (or the value of the promise). */
export function elementParameter(name: string): number | undefined {
  if (name === 'reduce' || name === 'reduceRight') return 1;
  return /^(map|forEach|filter|some|every|find\w*|flatMap|then)$/.test(name) ? 0 : undefined;
}

/** Methods that add their arguments to an array. */
export function addsElements(name: string): boolean {
  return name === 'push' || name === 'unshift' || name === 'splice';
}

/** Methods that give back what they belong to, or something that was put into it. */
export function isFluent(name: string): boolean {
  return /^(get|use|on|once|handler|toHandler|callback|build|before|after|onError|(with|add|register|create)[A-Z]?\w*)$/.test(
    name,
  );
}

/** `container.resolve(Orders)`: what is asked for a class gives an instance of it. */
export function asksContainer(node: ts.CallExpression): boolean {
  const name = accessedName(unwrap(node.expression)) ?? '';
  return /^(get|resolve|make|create|instantiate|inject)(Async|Sync|Instance|Service)?$/.test(name);
}
