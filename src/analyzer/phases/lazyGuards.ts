import { ts } from 'ts-morph';
import { accessedName, unwrap } from '../syntax.ts';
import { thisValueOf } from './bindClass.ts';
import type { CallGraph } from './graph.ts';
import type { Assignment, Binding, ClassFacts, FileFacts, Guard, Memo, Scope, Unit } from './model.ts';
import type { Arrivals } from './propagate.ts';
import { lookup } from './scopes.ts';

/** Something that can be tested and assigned: where it starts, and the properties from there. */
interface Place {
  readonly root: Binding | ClassFacts | string;
  readonly path: readonly string[];
  /** Of a map entry (`cache.get(key)`): the key. */
  readonly key?: ts.Expression;
}

/** A guard that does what it seems to: the tested place outlives an invocation and is set by the guarded code. */
export interface LazyGuard {
  readonly guard: Guard;
  /** Whose runs make the place anew; undefined for one that lives as long as the environment. */
  readonly owner: Unit | undefined;
  /** Assignments that unset the place on every run of the unit they stand in. */
  readonly resets: readonly Unit[];
}

/** The guards of a file that may be lazy; whether they are depends on when their owner and resets run. */
export function findLazyGuards(file: FileFacts): readonly LazyGuard[] {
  const lazy: LazyGuard[] = [];
  for (const guard of file.guards) {
    const place = placeOf(file, guard.target, guard.scope);
    if (!place) continue;
    const owner = ownerOf(place, guard.scope);
    if (owner === 'unknown') continue;
    if (!guard.alternatives.every(condition => isIndependentOfInvocation(condition, guard.scope))) continue;
    if (place.key && !isIndependentOfInvocation(place.key, guard.scope)) continue;
    const own = file.assignments.filter(assignment => samePlace(file, place, assignment));
    const within = (node: ts.Node) => node.getStart(file.source) >= guard.start && node.end <= guard.end;
    const setsInside =
      own.some(({ node, value }) => (within(node) || isKeeping(node, guard)) && !isUnset(value)) ||
      (place.key !== undefined && setsEntry(file, guard, place));
    if (!setsInside) continue;
    const resets = own.filter(({ value, conditional }) => isUnset(value) && !conditional);
    lazy.push({
      guard,
      owner,
      resets: resets.map(({ scope }) => scope.unit).filter(unit => unit.kind !== 'module'),
    });
  }
  return lazy;
}

/** The guards that hold and the phases that follow from them, found together as each depends on the other. */
export function settleGuards(
  graph: CallGraph,
  guards: readonly LazyGuard[],
  propagate: (graph: CallGraph, isActive: (guard: Guard | Memo) => boolean) => Arrivals,
): { readonly arrivals: Arrivals; readonly active: ReadonlySet<Guard | Memo> } {
  const everyTime = unitsOfEveryInvocation(graph);
  const memos = [...graph.edges.values()].flat().flatMap(({ memo }) => memo ?? []);
  const open = new Map<Guard | Memo, Unit | undefined>();
  for (const { guard, owner, resets } of guards) {
    if (!resets.some(unit => everyTime.has(unit))) open.set(guard, owner);
  }
  for (const memo of memos) open.set(memo, lasting(memo.owner));
  const active = new Set<Guard | Memo>();
  const activate = (lives: (owner: Unit | undefined) => boolean) => {
    const before = active.size;
    for (const [guard, owner] of open) if (lives(owner)) active.add(guard);
    return active.size > before;
  };
  activate(owner => owner === undefined);
  for (;;) {
    const arrivals = propagate(graph, guard => active.has(guard));
    const isMadeOnce = (owner: Unit | undefined) =>
      owner === undefined || (arrivals.has(owner) && !arrivals.get(owner)?.invoke);
    if (!activate(isMadeOnce)) return { arrivals, active };
  }
}

/** What runs on every invocation, whatever the event: no branch or loop on the way from the handler. */
function unitsOfEveryInvocation(graph: CallGraph): ReadonlySet<Unit> {
  const units = new Set([...graph.invoked.values()].flatMap(invoked => [...invoked]));
  for (const unit of units) {
    for (const edge of graph.edges.get(unit) ?? []) if (!edge.conditional) units.add(edge.to);
  }
  return units;
}

function placeOf(file: FileFacts, expression: ts.Node, scope: Scope): Place | undefined {
  const node = unwrap(expression);
  if (ts.isIdentifier(node)) {
    const binding = lookup(scope, node.text);
    const declared = binding?.sources.length === 1 ? binding.sources[0]?.expression : undefined;
    const ofClass = declared && file.classes.get(declared);
    return ofClass ? { root: ofClass, path: ['class'] } : { root: binding ?? node.text, path: [] };
  }
  if (node.kind === ts.SyntaxKind.ThisKeyword) {
    const value = thisValueOf(scope);
    if (value?.kind !== 'instance' && value?.kind !== 'class') return undefined;
    return { root: value.of, path: [value.kind] };
  }
  if (ts.isCallExpression(node)) {
    const map = placeOf(file, (unwrap(node.expression) as ts.PropertyAccessExpression).expression, scope);
    const key = node.arguments[0];
    return map && key && { ...map, key };
  }
  const name = accessedName(node);
  if (name === undefined) return undefined;
  const object = placeOf(file, (node as ts.PropertyAccessExpression).expression, scope);
  if (!object) return undefined;
  if (name === '*' && ts.isElementAccessExpression(node)) return { ...object, key: node.argumentExpression };
  return { ...object, path: [...object.path, name] };
}

function samePlace(file: FileFacts, place: Place, { target, scope }: Assignment): boolean {
  const other = placeOf(file, target, scope);
  return (
    other !== undefined &&
    other.root === place.root &&
    other.path.length === place.path.length &&
    other.path.every((name, index) => name === place.path[index])
  );
}

function ownerOf(place: Place, scope: Scope): Unit | undefined | 'unknown' {
  const { root } = place;
  if (typeof root === 'string') return undefined;
  if (root.tag === 'class') return place.path[0] === 'class' ? lasting(root.owner) : root.construction;
  if (root.parameter && root.owner === scope.unit) return 'unknown';
  return lasting(root.owner);
}

function lasting(owner: Unit): Unit | undefined {
  return owner.kind === 'module' ? undefined : owner;
}

function isUnset(value: ts.Expression): boolean {
  const node = unwrap(value);
  return (
    node.kind === ts.SyntaxKind.NullKeyword ||
    node.kind === ts.SyntaxKind.FalseKeyword ||
    (ts.isIdentifier(node) && node.text === 'undefined')
  );
}

/** `x ??= value` and `x = x ?? value` set x by the assignment around the guarded code. */
function isKeeping(assignment: ts.Node, guard: Guard): boolean {
  return assignment.pos <= guard.start && assignment.end === guard.end;
}

/** `cache.set(key, value)` in the guarded code. */
function setsEntry(file: FileFacts, guard: Guard, place: Place): boolean {
  return file.units.some(unit =>
    unit.calls.some(({ node, scope }) => {
      if (node.pos < guard.start - 1 || node.end > guard.end || !ts.isCallExpression(node)) return false;
      const callee = unwrap(node.expression);
      if (accessedName(callee) !== 'set') return false;
      return placeOf(file, (callee as ts.PropertyAccessExpression).expression, scope)?.root === place.root;
    }),
  );
}

/** A condition or a key that only module variables, literals and the clock decide. */
function isIndependentOfInvocation(expression: ts.Node, scope: Scope): boolean {
  let independent = true;
  const visit = (node: ts.Node) => {
    if (ts.isIdentifier(node)) {
      const owner = lookup(scope, node.text)?.owner;
      if (owner && owner.kind !== 'module') independent = false;
    } else if (ts.isPropertyAccessExpression(node)) visit(node.expression);
    else if (node.kind === ts.SyntaxKind.ThisKeyword) return;
    else ts.forEachChild(node, visit);
  };
  visit(expression);
  return independent;
}
