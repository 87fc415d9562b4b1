import type { DocNode, MapNode } from '../document/sourceDocument.ts';
import type { Problems } from '../problems.ts';
import type { Value } from './value.ts';

/** What the names of a template stand for while its intrinsic functions are evaluated. */
export interface Scope {
  readonly problems: Problems;
  /** A parameter, a pseudo parameter or a resource; undefined when the template has none of that name. */
  ref(name: string, place: DocNode): Value | undefined;
  /** Undefined when the template has no such resource. */
  attribute(logicalId: string, attribute: string, place: DocNode): Value | undefined;
  /** What a condition of the template comes to; `unknown` when a part of it is. */
  condition(name: string, place: DocNode): Verdict;
  /** One mapping of the template. */
  mapping(name: string): MapNode | undefined;
  /** The availability zones of the region. */
  readonly availabilityZones: readonly string[];
}

export type Verdict = boolean | 'unknown';

/** Evaluates an argument; undefined is `AWS::NoValue`. */
export type Evaluate = (node: DocNode) => Value | undefined;

/** One intrinsic function: its argument as written, and the whole call for messages and positions. */
export type Intrinsic = (
  argument: DocNode,
  call: DocNode,
  scope: Scope,
  evaluate: Evaluate,
) => Value | undefined;
