import { ts } from 'ts-morph';
import { originOf } from '../notes.ts';
import type { CallSite, Scope } from '../phases/model.ts';
import { staticName, unwrap } from '../syntax.ts';
import { behindNames } from './constants.ts';
import { isGlobal, methodOf } from './origins.ts';
import type { ReachedCode } from './rule.ts';

/** A request that waits for as long as the other side does not answer, with what would end it. */
export interface EndlessRequest {
  readonly node: ts.CallExpression;
  readonly remedy: string;
  /** It takes a signal as `fetch` does. */
  readonly isFetch: boolean;
}

/** The HTTP requests of a file that nothing ends, as far as their options are written out. */
export function endlessRequests({ node, scope }: CallSite, code: ReachedCode): EndlessRequest | undefined {
  if (!ts.isCallExpression(node) || isRaced(node)) return undefined;
  const origin = originOf(unwrap(node.expression), scope);
  const isFetch =
    isGlobal(node.expression, 'fetch', scope) ||
    (/^(node-fetch|cross-fetch|undici)$/.test(origin?.specifier ?? '') &&
      /^(default|fetch)$/.test(origin?.name ?? ''));
  if (isFetch) {
    const [address, options] = node.arguments;
    const isPlain = address !== undefined && isAddress(address, scope, code);
    const isEndless = isPlain && (!options || lacks(options, scope, code, ['signal']));
    return isEndless ? { node, remedy: 'signal: AbortSignal.timeout(...)', isFetch } : undefined;
  }
  if (origin && /^(node:)?https?$/.test(origin.specifier)) return nodeRequest(node, origin.name, scope, code);
  if (origin?.specifier === 'got') {
    const [first, second] = node.arguments;
    const options = first && ts.isObjectLiteralExpression(unwrap(first)) ? first : second;
    const isPlain = /^(default|get|post|put|patch|head|delete)$/.test(origin.name);
    const isEndless = isPlain && (!options || lacks(options, scope, code, ['timeout', 'signal']));
    return isEndless ? { node, remedy: 'timeout: { request: ... }', isFetch: false } : undefined;
  }
  if (origin?.specifier === 'undici' && /^(request|stream)$/.test(origin.name)) {
    const [address, options] = node.arguments;
    const limits = ['signal', 'headersTimeout', 'bodyTimeout', 'dispatcher'];
    const isEndless =
      address && isAddress(address, scope, code) && (!options || lacks(options, scope, code, limits));
    return isEndless ? { node, remedy: 'signal: AbortSignal.timeout(...)', isFetch: false } : undefined;
  }
  if (!origin) return instanceRequest(node, scope, code);
  if (origin.specifier !== 'axios' || setsDefaults(code)) return undefined;
  const options = axiosOptions(node, origin.name);
  if (options === 'unknown') return undefined;
  const isEndless =
    !options || lacks(options, scope, code, ['timeout', 'signal', 'cancelToken', 'httpAgent', 'httpsAgent']);
  return isEndless ? { node, remedy: 'timeout: ...', isFetch } : undefined;
}

/** `api.get(url)` of `const api = axios.create({ baseURL })`. */
function instanceRequest(
  node: ts.CallExpression,
  scope: Scope,
  code: ReachedCode,
): EndlessRequest | undefined {
  const method = methodOf(node);
  if (!method || !/^(get|delete|head|options|post|put|patch|request)$/.test(method.name)) return undefined;
  const [made, ...more] = code.evaluate(method.object, scope);
  const maker =
    made?.tag === 'external' && more.length === 0 && made.node ? code.siteOf(made.node) : undefined;
  if (!maker || !ts.isCallExpression(maker.node) || setsDefaults(code)) return undefined;
  const origin = originOf(unwrap(maker.node.expression), maker.scope);
  if (origin?.specifier !== 'axios' || origin.name !== 'create') return undefined;
  const limits = ['timeout', 'signal', 'cancelToken', 'httpAgent', 'httpsAgent'];
  const [defaults] = maker.node.arguments;
  const options = axiosOptions(node, method.name);
  const isEndless =
    (!defaults || lacks(defaults, maker.scope, code, limits)) &&
    options !== 'unknown' &&
    (!options || lacks(options, scope, code, limits));
  return isEndless ? { node, remedy: 'timeout: ...', isFetch: false } : undefined;
}

/** `https.get(url, options, callback)`, where nothing else of the file ends requests. */
function nodeRequest(
  node: ts.CallExpression,
  name: string,
  scope: Scope,
  code: ReachedCode,
): EndlessRequest | undefined {
  if (
    !/^(get|request)$/.test(name) ||
    /\bsetTimeout\(|'timeout'|"timeout"|\.destroy\(/.test(code.file.source.text)
  ) {
    return undefined;
  }
  const isCallback = (argument: ts.Node, index: number) => {
    const { value } = behindNames(argument, scope, code);
    const isLast = index > 0 && index === node.arguments.length - 1;
    return ts.isFunctionLike(value) || (isLast && ts.isIdentifier(value));
  };
  const options = node.arguments.filter((argument, index) => !isCallback(argument, index));
  const isEndless = options.every(argument => {
    const { value } = behindNames(argument, scope, code);
    return (
      isAddress(argument, scope, code) ||
      (ts.isObjectLiteralExpression(value) && lacks(argument, scope, code, ['timeout', 'signal', 'agent']))
    );
  });
  return isEndless && options.length > 0
    ? { node, remedy: 'timeout: ..., and destroy the request on its event', isFetch: false }
    : undefined;
}

/** Anything else may be a Request, which can have a signal of its own. */
function isAddress(address: ts.Node, scope: Scope, code: ReachedCode): boolean {
  const { value } = behindNames(address, scope, code);
  if (ts.isNewExpression(value)) return ts.isIdentifier(value.expression) && value.expression.text === 'URL';
  if (ts.isBinaryExpression(value)) return value.operatorToken.kind === ts.SyntaxKind.PlusToken;
  return ts.isStringLiteralLike(value) || ts.isTemplateExpression(value);
}

/** The options of `axios(...)`, `axios.get(url, options)` and `axios.post(url, data, options)`. */
function axiosOptions({ arguments: args }: ts.CallExpression, name: string): ts.Node | undefined | 'unknown' {
  if (/^(get|delete|head|options)$/.test(name)) return args[1];
  if (/^(post|put|patch|postForm|putForm)$/.test(name)) return args[2];
  if (name === 'request') return args[0];
  if (name !== 'default') return 'unknown';
  return args.length === 2 ? args[1] : args[0];
}

function lacks(options: ts.Node, scope: Scope, code: ReachedCode, names: readonly string[]): boolean {
  const { value } = behindNames(options, scope, code);
  if (!ts.isObjectLiteralExpression(value)) return ts.isStringLiteralLike(value);
  return value.properties.every(
    property => !ts.isSpreadAssignment(property) && !names.includes(staticName(property.name) ?? ''),
  );
}

/** `axios.defaults.timeout = ...` counts for all requests, and interceptors may set one. */
function setsDefaults({ file }: ReachedCode): boolean {
  return file.source.text.includes('.defaults') || file.source.text.includes('.interceptors');
}

/** Something else ends the wait: `Promise.race([fetch(url), timeout])`. */
function isRaced(node: ts.Node): boolean {
  for (let at = node.parent; at && !ts.isStatement(at); at = at.parent) {
    const method = methodOf(at);
    if (method && /^(race|any)$/.test(method.name) && method.object.getText() === 'Promise') return true;
  }
  return false;
}
