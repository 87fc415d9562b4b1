import { buildCallGraph } from './callGraph.ts';
import type { CallGraph, EntryPoint } from './graph.ts';
import { findLazyGuards, settleGuards } from './lazyGuards.ts';
import type { FileFacts, Guard, Memo } from './model.ts';
import type { Program } from './program.ts';
import { type Arrivals, propagate } from './propagate.ts';

/** When everything that the entry points reach runs. */
export interface Phases {
  readonly arrivals: Arrivals;
  /** The guards whose code runs once. */
  readonly active: ReadonlySet<Guard | Memo>;
  readonly graph: CallGraph;
}

/** Follows the entry points through `files` and tells the phase of all code in them. */
export function analyzePhases(
  program: Program,
  files: Iterable<FileFacts>,
  entryPoints: readonly EntryPoint[],
  checkpoint?: () => void,
): Phases {
  const graph = buildCallGraph(program, entryPoints, checkpoint);
  const guards = [...files].flatMap(findLazyGuards);
  return { ...settleGuards(graph, guards, propagate), graph };
}
