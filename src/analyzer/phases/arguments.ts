import { ts } from 'ts-morph';
import { unwrap } from '../syntax.ts';
import { callsBackNow } from './builtins.ts';
import type { GraphPorts } from './graph.ts';
import { heldFunctions } from './held.ts';
import type { Binding, CallSite, Scope, Unit } from './model.ts';
import { lookup } from './scopes.ts';
import type { GrowingSet, ParameterCall, Value } from './values.ts';

/** What is given for one parameter. */
export interface Argument {
  readonly values: readonly Value[];
  /** The expression, where the argument is one. */
  readonly expression?: ts.Expression;
}

/**
 * Arguments become what the parameters of `target` may be. Those that it calls are called on behalf of the
 * caller, so that one helper can be used from init and from the handler without mixing what they give it.
 */
export function pass(
  { evaluator, connect }: GraphPorts,
  caller: { readonly unit: Unit; readonly site: CallSite },
  target: Unit,
  args: readonly Argument[],
): void {
  const { store } = evaluator;
  for (const binding of target.parameters) {
    const { index = 0, rest = false } = binding.parameter ?? {};
    const given = rest ? args.slice(index).flatMap(({ values }) => values) : (args[index]?.values ?? []);
    if (given.length > 0) store.grow(receiving(evaluator, binding, rest), given);
  }
  for (const { index, guards } of store.read(store.parameterCalls(target)).values) {
    const argument = args[index];
    if (!argument) continue;
    const { unit, site } = caller;
    const own = argument.expression && calledParameter(argument.expression, site.scope, unit);
    if (own) callParameter(evaluator, own, { ...site, inner: guards });
    else {
      for (const [to, memo] of heldFunctions(evaluator, argument.values)) {
        connect(unit, to, { ...site, inner: guards }, 'call', memo);
      }
    }
  }
}

/** The parameter that an expression is, if it belongs to the unit or to a function that runs the unit itself. */
export function calledParameter(expression: ts.Node, scope: Scope, unit: Unit): Binding | undefined {
  const name = unwrap(expression);
  if (!ts.isIdentifier(name)) return undefined;
  const binding = lookup(scope, name.text);
  if (!binding?.parameter || binding.parameter.rest) return undefined;
  return runsWithin(unit, binding.owner) ? binding : undefined;
}

/** Remembers that a function calls its parameter: whoever passes one calls it. */
export function callParameter(
  { store }: GraphPorts['evaluator'],
  { owner, parameter }: Binding,
  { guard, inner = [] }: Pick<CallSite, 'guard'> & { readonly inner?: ParameterCall['guards'] },
): void {
  const guards = guard ? [guard, ...inner] : inner;
  const index = parameter?.index ?? 0;
  const calls = store.parameterCalls(owner);
  if (guards.length > maximumGuards || calls.size >= maximumCalls) return;
  const isKnown = [...calls.values].some(
    call =>
      call.index === index &&
      call.guards.length === guards.length &&
      call.guards.every((each, at) => each === guards[at]),
  );
  if (!isKnown) store.grow(calls, [{ index, guards }]);
}

/** More of them tell nothing new: they come from functions that call each other. */
const maximumGuards = 6;
const maximumCalls = 12;

/** A callback that is called where it stands is part of the function around it. */
function runsWithin(unit: Unit, owner: Unit): boolean {
  for (let at: Unit | undefined = unit; at; at = at.parent) {
    if (at === owner) return true;
    const { parent } = at.node;
    const isCallback = ts.isCallExpression(parent) && callsBackNow(parent);
    if (!isCallback && !isCalledAtOnce(at.node)) return false;
  }
  return false;
}

/** `(() => { ... })()` */
function isCalledAtOnce(node: ts.Node): boolean {
  let at = node;
  while (ts.isParenthesizedExpression(at.parent)) at = at.parent;
  return ts.isCallExpression(at.parent) && at.parent.expression === at;
}

function receiving(
  { program, store }: GraphPorts['evaluator'],
  binding: Binding,
  isRest: boolean,
): GrowingSet<Value> {
  const scope = isRest && program.file(binding.owner.path)?.scope;
  return scope ? store.literal('array', binding.declaration, scope).added : store.arguments(binding);
}
