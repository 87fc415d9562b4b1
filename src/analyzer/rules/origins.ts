import { ts } from 'ts-morph';
import { originOf } from '../notes.ts';
import type { Binding, ImportedName, Scope, Source } from '../phases/model.ts';
import type { Program } from '../phases/program.ts';
import { lookup } from '../phases/scopes.ts';
import { accessedName, unwrap } from '../syntax.ts';
import type { ReachedCode } from './rule.ts';

/** What of which package made a value: `new Pool()` of `pg`, `axios.create()`; followed through names and files. */
export function makersOf(
  expression: ts.Node,
  scope: Scope,
  code: ReachedCode,
  depth = 0,
): readonly ImportedName[] {
  return code.evaluate(expression, scope).flatMap(value => {
    const made = value.tag === 'external' ? value.node : undefined;
    const site = made && code.siteOf(made);
    if (!site || !(ts.isCallExpression(site.node) || ts.isNewExpression(site.node))) return [];
    const callee = unwrap(site.node.expression);
    const origin = originOf(callee, site.scope);
    const method = accessedName(callee);
    // `new MongoClient(url).db('shop').collection('orders')`, but not the one connection that a pool gives away.
    const isPart = method !== undefined && !/^(connect|getConnection|acquire)$/.test(method);
    if (origin || !isPart || depth > maximumCalls) return origin ?? [];
    return makersOf((callee as ts.PropertyAccessExpression).expression, site.scope, code, depth + 1);
  });
}

/** How many calls of a chain are followed. */
const maximumCalls = 6;

/** The object and the name of a method call, for example `s3` and `send`. */
export function methodOf(
  node: ts.Node,
): { readonly object: ts.Expression; readonly name: string } | undefined {
  if (!ts.isCallExpression(node)) return undefined;
  const callee = unwrap(node.expression);
  const name = accessedName(callee);
  return name === undefined
    ? undefined
    : { object: (callee as ts.PropertyAccessExpression).expression, name };
}

/** A call of a function of Node.js or of a package: its name, as the module exports it. */
export function importedCall(node: ts.Node, scope: Scope, specifiers: RegExp): string | undefined {
  if (!ts.isCallExpression(node)) return undefined;
  const origin = originOf(unwrap(node.expression), scope);
  return origin && specifiers.test(origin.specifier) ? origin.name : undefined;
}

/** A global that no name of the code hides: `fetch(...)`, `new Date()`. */
export function isGlobal(callee: ts.Node, name: string, scope: Scope): boolean {
  const value = unwrap(callee);
  return ts.isIdentifier(value) && value.text === name && lookup(scope, name) === undefined;
}

/** What a name that is set once stands for, in this file or in the one that it is imported from. */
export function sourceOf(name: ts.Node, scope: Scope, code: ReachedCode): Source | undefined {
  const binding = ts.isIdentifier(name) ? lookup(scope, name.text) : undefined;
  return binding && onlySource(binding, code.inspection.program);
}

/** How many files a name is followed through. */
const maximumFiles = 4;

function onlySource(binding: Binding, program: Program, depth = 0): Source | undefined {
  if (binding.imported) {
    const { specifier, name } = binding.imported;
    const [exported, ...others] = program.resolve(binding.owner.path, specifier)?.exports.get(name) ?? [];
    if (exported?.kind !== 'local' || others.length > 0 || depth > maximumFiles) return undefined;
    const { expression, scope } = exported.source;
    const inner = ts.isIdentifier(expression) ? lookup(scope, expression.text) : undefined;
    return inner ? onlySource(inner, program, depth + 1) : exported.source;
  }
  if (binding.parameter) return undefined;
  const [only, ...more] = binding.sources.filter(({ declaredType }) => !declaredType);
  return only && more.length === 0 && !ts.isParameter(only.expression) ? only : undefined;
}
