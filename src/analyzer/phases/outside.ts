import { ts } from 'ts-morph';
import { accessedName, unwrap } from '../syntax.ts';
import { type Argument, calledParameter, callParameter, pass } from './arguments.ts';
import { addsElements, callsBackNow, elementParameter, isFluent, isMemoizer } from './builtins.ts';
import type { Evaluator } from './evaluate.ts';
import type { GraphPorts } from './graph.ts';
import { heldFunctions, holdsFunctions } from './held.ts';
import type { CallSite, ClassFacts, Unit } from './model.ts';
import type { External, Literal, Value } from './values.ts';

/** A call of code that is not analysed, with what is known of its parts. */
export interface OutsideCall {
  readonly unit: Unit;
  readonly site: CallSite;
  readonly node: ts.CallExpression | ts.NewExpression;
  /** The object that the method belongs to, or what is called. */
  readonly receivers: readonly Value[];
  readonly args: readonly Argument[];
}

/** Code outside may call its arguments now, keep them for later, or call what it was given before. */
export function callOutside(ports: GraphPorts, call: OutsideCall): void {
  const { evaluator, connect } = ports;
  const { unit, site, node, receivers } = call;
  const given = call.args.flatMap(({ values }) => values);
  if (receivers.length + given.length === 0) return;
  const name = methodName(node);
  const keepers = receivers.flatMap(value => keeperOf(evaluator, value) ?? []);
  const arrays = receivers.filter((value): value is Literal => value.tag === 'array');
  if (name !== undefined && addsElements(name)) {
    for (const array of arrays) evaluator.store.grow(array.added, given);
  }
  if (callsBackNow(node)) callBack(ports, call);
  else if (arrays.length === 0) keep(ports, call, keepers);
  const kind = name === undefined ? 'call' : 'later';
  for (const [target, memo] of heldFunctions(evaluator, keepers)) connect(unit, target, site, kind, memo);
}

/** What may keep functions in the place of a value: code outside, or the part of an object that is outside. */
function keeperOf(evaluator: Evaluator, value: Value): External | undefined {
  if (value.tag === 'external') return value;
  const isOutside = (of: ClassFacts, depth = 0): boolean => {
    if (!of.extends || depth > maximumBases) return false;
    const bases = evaluator.bases(of);
    return bases.length === 0 || bases.some(base => isOutside(base, depth + 1));
  };
  return value.tag === 'instance' && isOutside(value.of)
    ? evaluator.store.external(value.of.node)
    : undefined;
}

const maximumBases = 20;

function methodName(node: ts.CallExpression | ts.NewExpression): string | undefined {
  return ts.isCallExpression(node) ? accessedName(unwrap(node.expression)) : undefined;
}

/** `app.get('/', fn)`, `middy(fn)`: both the result and the object may call the function from now on. */
function keep(
  { evaluator, connect }: GraphPorts,
  { unit, site, node, args }: OutsideCall,
  keepers: readonly External[],
): void {
  const { store } = evaluator;
  const given = args.flatMap(({ values }) => values);
  const isRegistered = isFluent(methodName(node) ?? '');
  const offered = given.flatMap(value =>
    value.tag === 'instance' && isRegistered ? evaluator.members([value], '*') : [value],
  );
  const kept = offered.filter(value => holdsFunctions(evaluator, value));
  for (const keeper of keepers) store.grow(keeper.captured, kept);
  const passedOn = [
    ...kept,
    ...keepers.filter(keeper => isPassedOn(node, keeper) && holdsFunctions(evaluator, keeper)),
  ];
  if (passedOn.length === 0) return;
  const result = store.external(node);
  store.grow(result.captured, passedOn);
  if (isMemoizer(node)) {
    result.memo ??= { owner: unit };
    return;
  }
  for (const [target, memo] of heldFunctions(evaluator, kept)) connect(unit, target, site, 'later', memo);
}

/** Whether the result of a method stands for its object: the next link of a chain, or an entry of a map. */
function isPassedOn(node: ts.CallExpression | ts.NewExpression, keeper: External): boolean {
  const name = methodName(node);
  if (name === undefined) return false;
  const callee = unwrap(node.expression) as ts.PropertyAccessExpression;
  return unwrap(callee.expression) === keeper.node || isFluent(name);
}

/** `array.map(fn)`, `promise.then(fn)`: called here, with the elements or the value. */
function callBack(ports: GraphPorts, call: OutsideCall): void {
  const { evaluator, connect } = ports;
  const { unit, node, receivers, args } = call;
  const name = methodName(node);
  const index = name === undefined ? undefined : elementParameter(name);
  const elements = index === undefined || name === 'then' ? receivers : evaluator.members(receivers, '*');
  const site = name === 'catch' ? { ...call.site, conditional: true } : call.site;
  const isReducer = index === 1;
  for (const { values, expression } of isReducer ? args.slice(0, 1) : args) {
    const parameter = expression && calledParameter(expression, site.scope, unit);
    if (parameter) callParameter(evaluator, parameter, site);
    for (const [target, memo] of heldFunctions(evaluator, values)) {
      if (!parameter) connect(unit, target, site, 'call', memo);
      const before = isReducer ? [{ values: [] }] : [];
      if (index !== undefined) pass(ports, { unit, site }, target, [...before, { values: elements }]);
      if (isReducer) accumulate(evaluator, target, args[1]?.values ?? []);
    }
  }
}

/** The first parameter of a reducer is the initial value, and whatever the reducer returns. */
function accumulate(evaluator: Evaluator, reducer: Unit, initial: readonly Value[]): void {
  const [accumulator] = reducer.parameters;
  if (!accumulator) return;
  evaluator.store.grow(evaluator.store.arguments(accumulator), [...initial, ...evaluator.returned(reducer)]);
}
