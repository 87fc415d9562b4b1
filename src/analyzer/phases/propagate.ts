import type { ts } from 'ts-morph';
import type { Phase } from '../protocol.ts';
import type { CallGraph, Edge, EntryPoint } from './graph.ts';
import type { Guard, Memo, Unit } from './model.ts';

/** One side from which code runs; a unit may be reached from several. */
export type Side = 'init' | 'invoke' | 'lazy';

/** How a unit was reached first from a side; the chain of `from` leads to an entry point. */
export interface Arrival {
  readonly side: Side;
  readonly from: { readonly unit: Unit; readonly arrival: Arrival; readonly site: ts.Node } | undefined;
  /** Of the first arrival of a chain: the entry point itself. */
  readonly entry: EntryPoint | undefined;
}

export type Arrivals = ReadonlyMap<Unit, Partial<Record<Side, Arrival>>>;

/**
 * Spreads the two sides over the graph, nearest callers first: module code from init, what Lambda calls from
 * invoke. What is called from guarded code of an invocation is lazy.
 */
export function propagate(graph: CallGraph, isActive: (guard: Guard | Memo) => boolean): Arrivals {
  const arrivals = new Map<Unit, Partial<Record<Side, Arrival>>>();
  const queue: { readonly unit: Unit; readonly arrival: Arrival }[] = [];
  const arrive = (unit: Unit, arrival: Arrival) => {
    const known = arrivals.get(unit) ?? {};
    if (known[arrival.side]) return;
    if (arrival.side === 'lazy' && known.init && unit.kind === 'module') return;
    known[arrival.side] = arrival;
    arrivals.set(unit, known);
    queue.push({ unit, arrival });
  };
  for (const [entry] of graph.invoked) arrive(entry.module, { side: 'init', from: undefined, entry });
  for (const [entry, units] of graph.invoked) {
    for (const unit of units) arrive(unit, { side: 'invoke', from: undefined, entry });
  }
  for (const { unit, arrival } of queue) {
    for (const edge of graph.edges.get(unit) ?? []) {
      const side = sideOf(edge, arrival.side, isActive);
      if (side) arrive(edge.to, { side, from: { unit, arrival, site: edge.site }, entry: undefined });
    }
  }
  return arrivals;
}

function sideOf(edge: Edge, side: Side, isActive: (guard: Guard | Memo) => boolean): Side | undefined {
  if (side === 'init') return edge.kind === 'later' ? undefined : 'init';
  if (side === 'lazy' || edge.kind === 'once') return 'lazy';
  if (edge.memo && isActive(edge.memo)) return 'lazy';
  return edge.guards.some(guard => isActiveAround(guard, isActive)) ? 'lazy' : 'invoke';
}

function isActiveAround(guard: Guard, isActive: (guard: Guard) => boolean): boolean {
  for (let at: Guard | undefined = guard; at; at = at.outer) if (isActive(at)) return true;
  return false;
}

/** The phase of a unit; undefined for one that nothing reaches. */
export function phaseOf(unit: Unit, arrivals: Arrivals): Phase | undefined {
  const reached = arrivals.get(unit);
  if (!reached) return undefined;
  if (reached.init && unit.kind === 'module') return 'init';
  if (reached.init) return reached.invoke || reached.lazy ? 'both' : 'init';
  return reached.invoke ? 'invoke' : 'lazy';
}
