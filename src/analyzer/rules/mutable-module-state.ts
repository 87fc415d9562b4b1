import { ts } from 'ts-morph';
import { moveIntoFunction } from '../fixes/moveIntoFunction.ts';
import type { Binding, Scope } from '../phases/model.ts';
import { lookup } from '../phases/scopes.ts';
import { accessedName, unwrap } from '../syntax.ts';
import { continuations } from './keptState.ts';
import { defineRule, type ReachedCode } from './rule.ts';

/** https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html */
export const mutableModuleState = defineRule({
  name: 'mutable-module-state',
  severity: 'warning',
  title: 'A variable of the module goes on from what earlier invocations have left',
  messages: {
    continues:
      '{name} goes on from what earlier invocations of this environment have left: it begins anew in every other environment, and mixes what different callers have sent. Make it anew in the handler, or keep it in a store.',
    grows:
      '{name} grows with every invocation and is never emptied: what earlier invocations added is still there, and memory runs out in the end. Make it anew in the handler.',
  },
  check(code, report) {
    for (const { node, name } of continuations(code)) report({ node, message: 'continues', data: { name } });
    const emptied = emptiedArrays(code);
    for (const unit of code.file.units) {
      for (const { node, scope, conditional } of unit.calls) {
        const array = ts.isCallExpression(node) ? grownArray(node, scope) : undefined;
        if (!array || emptied.has(array)) continue;
        const phase = code.phaseAt(node);
        if (phase !== 'invoke' && phase !== 'both') continue;
        if (conditional && isLookedUp(array, code)) continue;
        report({
          node,
          message: 'grows',
          data: { name: array.name },
          fix: moveIntoFunction(array, code.file),
        });
      }
    }
  },
});

/** `list.push(x)`, where the list is an array literal that a variable of the module holds. */
function grownArray(node: ts.CallExpression, scope: Scope): Binding | undefined {
  const callee = unwrap(node.expression);
  if (!/^(push|unshift)$/.test(accessedName(callee) ?? '')) return undefined;
  const object = unwrap((callee as ts.PropertyAccessExpression).expression);
  const binding = ts.isIdentifier(object) ? lookup(scope, object.text) : undefined;
  const [first, ...more] = binding?.sources ?? [];
  if (!binding || !first || more.length > 0 || binding.owner.kind !== 'module') return undefined;
  if (!(binding.declaration.parent && ts.isVariableDeclaration(binding.declaration.parent))) return undefined;
  return ts.isArrayLiteralExpression(unwrap(first.expression)) && first.path.length === 0
    ? binding
    : undefined;
}

/** The arrays from which something is taken out, or that leave the file, where something may be. */
function emptiedArrays({ file }: ReachedCode): ReadonlySet<Binding> {
  const emptied = new Set<Binding>();
  const add = (node: ts.Node, scope: Scope) => {
    const name = unwrap(node);
    const binding = ts.isIdentifier(name) ? lookup(scope, name.text) : undefined;
    if (binding) emptied.add(binding);
  };
  for (const { calls } of file.units) {
    for (const { node, scope } of calls) {
      if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) continue;
      const callee = unwrap(node.expression);
      if (/^(splice|pop|shift|fill|copyWithin)$/.test(accessedName(callee) ?? '')) {
        add((callee as ts.PropertyAccessExpression).expression, scope);
      }
      for (const argument of node.arguments ?? []) add(argument, scope);
    }
  }
  for (const { target, scope } of file.propertyAssignments.get('length') ?? []) {
    add((target as ts.PropertyAccessExpression).expression, scope);
  }
  for (const sources of file.exports.values()) {
    for (const each of sources) {
      if (each.kind === 'local') add(each.source.expression, each.source.scope);
    }
  }
  return emptied;
}

/** `if (!seen.includes(x)) seen.push(x)`: a cache, which grows no further than there are things. */
function isLookedUp(array: Binding, { file }: ReachedCode): boolean {
  return file.units.some(({ calls }) =>
    calls.some(({ node, scope }) => {
      const callee = ts.isCallExpression(node) ? unwrap(node.expression) : node;
      if (!/^(includes|indexOf|find|findIndex|some|at)$/.test(accessedName(callee) ?? '')) return false;
      const object = unwrap((callee as ts.PropertyAccessExpression).expression);
      return ts.isIdentifier(object) && lookup(scope, object.text) === array;
    }),
  );
}
