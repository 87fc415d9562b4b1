import type { ts } from 'ts-morph';
import type { Binding, ClassFacts, FileFacts, Scope, Source, Unit } from './model.ts';
import type { Program } from './program.ts';
import type { Value, ValueStore } from './values.ts';

/** The questions that the parts of the evaluator ask each other. */
export interface Evaluation {
  readonly program: Program;
  readonly store: ValueStore;
  evaluate(expression: ts.Node, scope: Scope): readonly Value[];
  valuesOf(source: Source): readonly Value[];
  /** The values of a property of any of the objects; `*` asks for all properties. */
  members(objects: readonly Value[], name: string): readonly Value[];
  bound(binding: Binding): readonly Value[];
  exported(file: FileFacts, name: string): readonly Value[];
  bases(of: ClassFacts): readonly ClassFacts[];
  returned(unit: Unit): readonly Value[];
  /** A module as a whole: its namespace, and what `module.exports` is set to. */
  namespace(file: FileFacts): readonly Value[];
}

export function distinct(values: readonly Value[]): readonly Value[] {
  return values.length < 2 ? values : [...new Set(values)];
}

/** What the function that is the first argument of a call returns. */
export function callbackResults(
  evaluation: Evaluation,
  node: ts.CallExpression,
  scope: Scope,
): readonly Value[] {
  const [callback] = node.arguments;
  const values = callback ? evaluation.evaluate(callback, scope) : [];
  return distinct(values.flatMap(value => (value.tag === 'function' ? evaluation.returned(value) : [])));
}
