import type { Evaluation } from './evaluation.ts';
import type { Memo, Unit } from './model.ts';
import type { Value } from './values.ts';

const none: ReadonlyMap<Unit, Memo | undefined> = new Map();

/**
 * Every function that can be got at through values: as they are, in objects and arrays, and in what code
 * outside of the analysis was given. With the memo of those that a package memoises.
 */
export function heldFunctions(
  evaluation: Evaluation,
  values: readonly Value[],
): ReadonlyMap<Unit, Memo | undefined> {
  if (values.length === 0) return none;
  const functions = new Map<Unit, Memo | undefined>();
  const seen = new Set<Value>();
  const visit = (value: Value, memo: Memo | undefined) => {
    evaluation.store.work += 1;
    if (value.tag === 'function') {
      if (!functions.has(value) || !memo) functions.set(value, memo);
      return;
    }
    if (seen.has(value)) return;
    seen.add(value);
    if (value.tag === 'external') {
      const { captured, memo: own } = value;
      for (const each of evaluation.store.read(captured).values) visit(each, own ?? memo);
    } else if (value.tag === 'object' || value.tag === 'array') {
      for (const each of evaluation.members([value], '*')) visit(each, memo);
    }
  };
  for (const value of values) visit(value, undefined);
  return functions;
}

/** Whether code outside could call something by means of the value; asked again when more is known. */
export function holdsFunctions(evaluation: Evaluation, value: Value): boolean {
  let seen: Set<Value> | undefined;
  const holds = (at: Value): boolean => {
    if (at.tag === 'function') return true;
    if (at.tag === 'external') return evaluation.store.read(at.captured).size > 0;
    if ((at.tag !== 'object' && at.tag !== 'array') || seen?.has(at)) return false;
    seen ??= new Set();
    seen.add(at);
    return evaluation.members([at], '*').some(holds);
  };
  return holds(value);
}
