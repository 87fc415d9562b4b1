import { ts } from 'ts-morph';
import type { Binding, Scope } from '../phases/model.ts';
import { lookup } from '../phases/scopes.ts';

/** How many names are followed from one to the next. */
const maximumDepth = 8;

/** The names that an expression reads, with what they are bound to; functions within it are not looked at. */
export function namesIn(expression: ts.Node, scope: Scope): readonly Binding[] {
  const bindings: Binding[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) || ts.isClassLike(node) || ts.isTypeNode(node)) return;
    if (ts.isIdentifier(node)) {
      const binding = lookup(scope, node.text);
      if (binding) bindings.push(binding);
    } else if (ts.isPropertyAccessExpression(node)) visit(node.expression);
    else if (ts.isPropertyAssignment(node)) visit(node.initializer);
    else ts.forEachChild(node, visit);
  };
  visit(expression);
  return bindings;
}

/** Whether a value may be another one for another caller: it comes from a parameter of any function. */
export function dependsOnParameter(expression: ts.Node, scope: Scope): boolean {
  return followed(expression, scope, binding => isParameter(binding), new Set());
}

function isParameter({ parameter, sources }: Binding): boolean {
  return parameter !== undefined || sources.some(({ expression }) => ts.isParameter(expression));
}

function followed(
  expression: ts.Node,
  scope: Scope,
  matches: (binding: Binding) => boolean,
  seen: Set<Binding>,
): boolean {
  return namesIn(expression, scope).some(binding => followedBinding(binding, matches, seen));
}

function followedBinding(
  binding: Binding,
  matches: (binding: Binding) => boolean,
  seen: Set<Binding>,
): boolean {
  if (seen.has(binding) || seen.size > maximumDepth) return false;
  seen.add(binding);
  if (matches(binding)) return true;
  if (binding.owner.kind === 'module') return false;
  return binding.sources.some(({ expression, scope }) => {
    if (!ts.isParameter(expression)) return followed(expression, scope, matches, seen);
    const whole = [...scope.bindings.values()].find(({ declaration }) => declaration === expression);
    return whole !== undefined && followedBinding(whole, matches, seen);
  });
}
