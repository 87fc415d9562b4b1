import type { Evaluation } from './evaluation.ts';
import type { Memo, Unit } from './model.ts';
import type { Value } from './values.ts';

/**
 * Every function that can be got at through values: as they are, in objects and arrays, and in what code
 * outside of the analysis was given. With the memo of those that a package memoises.
 */
export function heldFunctions(
  evaluation: Evaluation,
  values: readonly Value[],
): ReadonlyMap<Unit, Memo | undefined> {
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
      for (const each of evaluation.store.read(captured)) visit(each, own ?? memo);
    } else if (value.tag === 'object' || value.tag === 'array') {
      for (const each of evaluation.members([value], '*')) visit(each, memo);
    }
  };
  for (const value of values) visit(value, undefined);
  return functions;
}

/** Whether code outside could call something by means of the value, now or when more is known. */
export function holdsFunctions(evaluation: Evaluation, value: Value): boolean {
  const seen = new Set<Value>();
  const holds = (at: Value): boolean => {
    if (seen.has(at)) return false;
    seen.add(at);
    if (at.tag === 'function' || at.tag === 'external') return true;
    return (at.tag === 'object' || at.tag === 'array') && evaluation.members([at], '*').some(holds);
  };
  return holds(value);
}
