import type { CallGraph } from './graph.ts';
import type { Guard, LazyGuard, Memo, Unit } from './model.ts';
import { lasting } from './places.ts';
import { type Arrivals, propagate } from './propagate.ts';

/** When everything that the entry points reach runs. */
export interface Phases {
  readonly arrivals: Arrivals;
  /** The guards and memos whose code runs once. */
  readonly active: ReadonlySet<Guard | Memo>;
}

/**
 * The guards that hold and the phases that follow from them, found together as each depends on the other: a
 * guard holds if what makes its variable anew is no code of an invocation.
 */
export function settlePhases(graph: CallGraph, guards: readonly LazyGuard[]): Phases {
  const open = owners(graph, guards);
  const active = new Set<Guard | Memo>();
  let isMadeOnce: (owner: Unit | undefined) => boolean = owner => owner === undefined;
  for (;;) {
    for (const [guard, owner] of open) {
      if (!isMadeOnce(owner)) continue;
      active.add(guard);
      open.delete(guard);
    }
    const arrivals = propagate(graph, guard => active.has(guard));
    isMadeOnce = owner => owner === undefined || (arrivals.has(owner) && !arrivals.get(owner)?.invoke);
    if (![...open.values()].some(isMadeOnce)) return { arrivals, active };
  }
}

/** Every guard and memo that no reset rules out, with what makes its variable. */
function owners(graph: CallGraph, guards: readonly LazyGuard[]): Map<Guard | Memo, Unit | undefined> {
  const everyTime = unitsOfEveryInvocation(graph);
  const open = new Map<Guard | Memo, Unit | undefined>();
  for (const { guard, owner, resets, setters } of guards) {
    if (resets.some(unit => everyTime.has(unit))) continue;
    if (!setters || callsOneOf(graph, guard, setters)) open.set(guard, owner);
  }
  for (const edges of graph.edges.values()) {
    for (const { memo } of edges) if (memo) open.set(memo, lasting(memo.owner));
  }
  return open;
}

/** Whether the guarded code leads to one of the units: `if (!pool) await connect()`. */
function callsOneOf(graph: CallGraph, guard: Guard, wanted: readonly Unit[]): boolean {
  const called = new Set<Unit>();
  for (const edge of graph.edges.get(guard.scope.unit) ?? []) {
    if (edge.guards.some(each => isAround(guard, each))) called.add(edge.to);
  }
  for (const unit of called) {
    if (wanted.includes(unit)) return true;
    for (const edge of graph.edges.get(unit) ?? []) called.add(edge.to);
  }
  return false;
}

function isAround(outer: Guard, inner: Guard): boolean {
  for (let at: Guard | undefined = inner; at; at = at.outer) if (at === outer) return true;
  return false;
}

/**
 * What runs on every invocation, whatever the event: no branch, no loop and no listener on the way from the
 * handler.
 */
function unitsOfEveryInvocation(graph: CallGraph): ReadonlySet<Unit> {
  const units = new Set([...graph.invoked.values()].flatMap(invoked => [...invoked]));
  for (const unit of units) {
    for (const edge of graph.edges.get(unit) ?? []) {
      if (!edge.conditional && edge.kind === 'call') units.add(edge.to);
    }
  }
  return units;
}
