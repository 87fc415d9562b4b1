import { ts } from 'ts-morph';
import type { Evaluation } from '../phases/evaluation.ts';
import type { FileFacts, Scope } from '../phases/model.ts';
import { lookup } from '../phases/scopes.ts';
import { accessedName, loadedSpecifier, unwrap } from '../syntax.ts';
import { packageSign } from './signs.ts';

export type WrapperSign = 'middy' | 'powertools' | 'adapter' | 'streaming';

/** What a call that makes a handler comes from: `middy(fn).use(x)` is middy's, whatever is chained to it. */
export function wrapperSign(node: ts.Node, evaluation: Evaluation): WrapperSign | undefined {
  const call = unwrap(node);
  const file = evaluation.program.file(node.getSourceFile().fileName);
  if (!file || !ts.isCallExpression(call)) return undefined;
  const names = chainOf(call);
  if (names.includes('streamifyResponse')) return 'streaming';
  const specifier = originOf(call, file.scope, file, evaluation, 0);
  if (specifier === undefined) return undefined;
  const made = names[0] ?? '';
  switch (packageSign(specifier)) {
    case 'middy':
      return isMiddy(specifier, call, names) ? 'middy' : undefined;
    case 'powertools':
      return /idempotent|handler/i.test(made) ? 'powertools' : undefined;
    case 'adapter':
      return /^(create|build)Server$/.test(made) ? undefined : 'adapter';
    default:
      return undefined;
  }
}

/** The names of the calls of a chain, the last one first. */
function chainOf(node: ts.Node): readonly string[] {
  const names: string[] = [];
  let at = unwrap(node);
  for (;;) {
    if (ts.isCallExpression(at)) at = unwrap(at.expression);
    else if (accessedName(at) !== undefined) {
      names.push(accessedName(at) ?? '*');
      at = unwrap((at as ts.PropertyAccessExpression).expression);
    } else break;
  }
  if (ts.isIdentifier(at)) names.push(at.text);
  return names;
}

/** Middy's own function, with a handler: its middlewares are packages of the same name. */
function isMiddy(specifier: string, call: ts.CallExpression, names: readonly string[]): boolean {
  if (specifier !== '@middy/core') return false;
  let root = call;
  for (let at: ts.Node = call; ; ) {
    if (ts.isCallExpression(at)) root = at;
    else if (accessedName(at) === undefined) break;
    at = unwrap((at as ts.CallExpression).expression);
  }
  return root.arguments.length > 0 || names.includes('handler');
}

const longestWay = 4;

/** The package that the object at the beginning of a chain comes from. */
function originOf(
  node: ts.Node,
  scope: Scope,
  file: FileFacts,
  evaluation: Evaluation,
  depth: number,
): string | undefined {
  let at = unwrap(node);
  while (ts.isCallExpression(at) || ts.isNewExpression(at) || accessedName(at) !== undefined) {
    const loaded = loadedSpecifier(at);
    if (loaded !== undefined) return loaded;
    at = unwrap((at as ts.CallExpression).expression);
  }
  if (!ts.isIdentifier(at) || depth > longestWay) return undefined;
  const binding = lookup(scope, at.text);
  if (binding?.imported) {
    const from = evaluation.program.resolve(file.path, binding.imported.specifier);
    if (!from) return binding.imported.specifier;
  }
  for (const source of binding?.sources ?? []) {
    const origin = originOf(source.expression, source.scope, file, evaluation, depth + 1);
    if (origin !== undefined) return origin;
  }
  return undefined;
}
