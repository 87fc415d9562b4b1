import { ts } from 'ts-morph';
import type { Binding, Scope, Unit } from '../phases/model.ts';
import { namesIn } from './requestData.ts';
import type { ReachedCode } from './rule.ts';

/**
 * Whether an expression is the same on every invocation: it is made of literals, of names of modules, and of
 * parameters for which every caller passes such a one.
 */
export function isSameEveryTime(expression: ts.Node, scope: Scope, code: ReachedCode): boolean {
  const invoked = code.invoked;
  const seen = new Set<Binding>();
  const isSame = (node: ts.Node, at: Scope): boolean => namesIn(node, at).every(isSameBinding);
  const isSameBinding = (binding: Binding): boolean => {
    if (seen.has(binding) || binding.owner.kind === 'module') return true;
    seen.add(binding);
    if (binding.parameter) return isSameParameter(binding.owner, binding.parameter.index);
    return binding.sources.every(({ expression: source, scope: at }) => {
      if (!ts.isParameter(source)) return isSame(source, at);
      const whole = at.unit.parameters.find(({ declaration }) => declaration === source);
      return whole?.parameter !== undefined && isSameParameter(at.unit, whole.parameter.index);
    });
  };
  const isSameParameter = (unit: Unit, index: number): boolean => {
    if (invoked.has(unit)) return false;
    const calls = callsOf(unit, code);
    return (
      calls.length > 0 &&
      calls.every(({ node, scope: at }) => {
        const argument = node.arguments[index];
        return argument === undefined || isSame(argument, at);
      })
    );
  };
  return isSame(expression, scope);
}

/**
 * Whether an expression is made of the event, also by functions: a name leads back to the first parameter of a
 * function that Lambda calls, through locals and through what callers pass.
 */
export function dependsOnEvent(expression: ts.Node, scope: Scope, code: ReachedCode): boolean {
  const invoked = code.invoked;
  const seen = new Set<Binding>();
  const depends = (node: ts.Node, at: Scope): boolean => namesIn(node, at).some(isOfEvent);
  const isOfEvent = (binding: Binding): boolean => {
    if (seen.has(binding) || binding.owner.kind === 'module') return false;
    seen.add(binding);
    if (binding.parameter) return isOfEventParameter(binding.owner, binding.parameter.index);
    return binding.sources.some(({ expression: source, scope: at }) => {
      if (!ts.isParameter(source)) return depends(source, at);
      const whole = at.unit.parameters.find(({ declaration }) => declaration === source);
      return whole?.parameter !== undefined && isOfEventParameter(at.unit, whole.parameter.index);
    });
  };
  const isOfEventParameter = (unit: Unit, index: number): boolean => {
    if (invoked.has(unit)) return index === 0;
    return callsOf(unit, code).some(({ node, scope: at }) => {
      const argument = node.arguments[index];
      return argument !== undefined && depends(argument, at);
    });
  };
  return depends(expression, scope);
}

interface DirectCall {
  readonly node: ts.CallExpression;
  readonly scope: Scope;
}

/** The calls of a function; none where it is called in other ways as well, for example by what it was handed to. */
export function callsOf(unit: Unit, code: ReachedCode): readonly DirectCall[] {
  const calls: DirectCall[] = [];
  for (const edges of code.inspection.graph.edges.values()) {
    for (const { to, site } of edges) {
      if (to !== unit) continue;
      const call = code.siteOf(site);
      const isDirect =
        call && ts.isCallExpression(call.node) && !call.node.arguments.includes(unit.node as ts.Expression);
      if (!isDirect) return [];
      calls.push({ node: call.node as ts.CallExpression, scope: call.scope });
    }
  }
  return calls;
}
