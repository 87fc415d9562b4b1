import type { ts } from 'ts-morph';
import { accessedName, loadedSpecifier, unwrap } from '../syntax.ts';
import { asksContainer, passedThrough, resultOf } from './builtins.ts';
import { callbackResults, distinct, type Evaluation } from './evaluation.ts';
import { heldFunctions } from './held.ts';
import type { Scope, Unit } from './model.ts';
import type { Value } from './values.ts';

/** What a call gives back, as far as it can be a function or hold some. */
export function callResult(evaluation: Evaluation, node: ts.CallExpression, scope: Scope): readonly Value[] {
  const { store } = evaluation;
  const specifier = loadedSpecifier(node);
  if (specifier !== undefined) {
    const file = evaluation.program.resolve(scope.unit.path, specifier);
    return file ? evaluation.namespace(file) : [];
  }
  const callee = unwrap(node.expression);
  if (accessedName(callee) === 'bind') {
    const bound = evaluation.evaluate((callee as ts.PropertyAccessExpression).expression, scope);
    if (bound.length > 0) return bound;
  }
  const through = passedThrough(node);
  if (through) return distinct(through.flatMap(argument => evaluation.evaluate(argument, scope)));
  const called = callable(evaluation, callee, scope);
  if (called.length > 0) return distinct(called.flatMap(unit => evaluation.returned(unit)));
  switch (resultOf(node)) {
    case 'array':
      return [store.literal('array', node, scope)];
    case 'callback':
      return callbackResults(evaluation, node, scope);
    case 'accumulated': {
      const [, initial] = node.arguments;
      const first = initial ? evaluation.evaluate(initial, scope) : [];
      return distinct([...first, ...callbackResults(evaluation, node, scope)]);
    }
    case 'unknown':
      return madeOutside(evaluation, node, scope);
  }
}

/** What `new` gives: an instance, or the object that a function with a prototype makes. */
export function newResult(evaluation: Evaluation, node: ts.NewExpression, scope: Scope): readonly Value[] {
  const callees = evaluation.evaluate(node.expression, scope);
  const classes = callees.filter(value => value.tag === 'class');
  if (classes.length > 0) return classes.map(of => evaluation.store.instance(of));
  const functions = callees.filter(value => value.tag === 'function');
  const prototypes = evaluation.members(functions, 'prototype');
  return prototypes.length > 0 ? prototypes : [evaluation.store.external(node)];
}

/** The functions whose result is the call's: those that code outside keeps and is called for as well. */
function callable(evaluation: Evaluation, callee: ts.Node, scope: Scope): readonly Unit[] {
  const isDirect = accessedName(callee) === undefined;
  return evaluation.evaluate(callee, scope).flatMap(value => {
    if (value.tag === 'function') return value;
    if (value.tag !== 'external' || !isDirect) return [];
    return [...heldFunctions(evaluation, [value]).keys()];
  });
}

/** A container gives instances of the class that it is asked for; all else is unknown. */
function madeOutside(evaluation: Evaluation, node: ts.CallExpression, scope: Scope): readonly Value[] {
  const { store } = evaluation;
  const [asked] = node.arguments;
  const values = asked && asksContainer(node) ? evaluation.evaluate(asked, scope) : [];
  const classes = values.filter(value => value.tag === 'class');
  return classes.length > 0 ? classes.map(of => store.instance(of)) : [store.external(node)];
}
