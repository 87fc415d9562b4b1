import { ts } from 'ts-morph';
import { accessedName, unwrap } from '../syntax.ts';
import { addsElements, callsBackNow, elementParameter, isMemoizer } from './builtins.ts';
import type { Evaluator } from './evaluate.ts';
import type { Edge } from './graph.ts';
import { heldFunctions, holdsFunctions } from './held.ts';
import type { CallSite, Memo, Unit } from './model.ts';
import type { External, Literal, Value } from './values.ts';

/** A call of code that is not analysed, with what is known of its parts. */
export interface OutsideCall {
  readonly unit: Unit;
  readonly site: CallSite;
  readonly node: ts.CallExpression | ts.NewExpression;
  /** The object that the method belongs to, or what is called. */
  readonly receivers: readonly Value[];
  readonly given: readonly Value[];
}

export interface OutsidePorts {
  readonly evaluator: Evaluator;
  readonly connect: (
    from: Unit,
    to: Unit,
    site: Omit<CallSite, 'scope'>,
    kind: Edge['kind'],
    memo?: Memo,
  ) => void;
}

/** Code outside may call its arguments now, keep them for later, or call what it was given before. */
export function callOutside(ports: OutsidePorts, call: OutsideCall): void {
  const { evaluator, connect } = ports;
  const { unit, site, node, receivers, given } = call;
  if (receivers.length + given.length === 0) return;
  const name = methodName(node);
  const keepers = receivers.filter((value): value is External => value.tag === 'external');
  const arrays = receivers.filter((value): value is Literal => value.tag === 'array');
  if (name !== undefined && addsElements(name)) {
    for (const array of arrays) evaluator.store.grow(array.added, given);
  }
  if (callsBackNow(node)) callBack(ports, call);
  else if (arrays.length === 0) keep(ports, call, keepers);
  const kind = name === undefined ? 'call' : 'later';
  for (const [target, memo] of heldFunctions(evaluator, keepers)) connect(unit, target, site, kind, memo);
}

function methodName(node: ts.CallExpression | ts.NewExpression): string | undefined {
  return ts.isCallExpression(node) ? accessedName(unwrap(node.expression)) : undefined;
}

/** `app.get('/', fn)`, `middy(fn)`: both the result and the object may call the function from now on. */
function keep(
  { evaluator, connect }: OutsidePorts,
  { unit, site, node, given }: OutsideCall,
  keepers: readonly External[],
): void {
  const { store } = evaluator;
  const kept = given.filter(value => holdsFunctions(evaluator, value));
  for (const keeper of keepers) store.grow(keeper.captured, kept);
  const passedOn = [...kept, ...keepers.filter(keeper => holdsFunctions(evaluator, keeper))];
  if (passedOn.length === 0) return;
  const result = store.external(node);
  store.grow(result.captured, passedOn);
  if (isMemoizer(node)) {
    result.memo ??= { owner: unit };
    return;
  }
  for (const [target, memo] of heldFunctions(evaluator, kept)) connect(unit, target, site, 'later', memo);
}

/** `array.map(fn)`, `promise.then(fn)`: called here, with the elements or the value. */
function callBack({ evaluator, connect }: OutsidePorts, call: OutsideCall): void {
  const { unit, node, receivers, given } = call;
  const name = methodName(node);
  const index = name === undefined ? undefined : elementParameter(name);
  const elements = name === 'then' ? receivers : evaluator.members(receivers, '*');
  const site = name === 'catch' ? { ...call.site, conditional: true } : call.site;
  for (const [target, memo] of heldFunctions(evaluator, given)) {
    connect(unit, target, site, 'call', memo);
    const parameter = index === undefined ? undefined : target.parameters[index];
    if (parameter) evaluator.store.grow(evaluator.store.arguments(parameter), elements);
  }
}
