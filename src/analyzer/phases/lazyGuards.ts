import { ts } from 'ts-morph';
import { accessedName, unwrap } from '../syntax.ts';
import type { BindState } from './bindState.ts';
import type { Assignment, CallSite, Guard, LazyGuard, Scope, Unit } from './model.ts';
import { ownerOf, type Place, placeOf } from './places.ts';
import { lookup } from './scopes.ts';

/**
 * The guards of a file that do what they seem to: the tested place may outlive an invocation and is set by the
 * guarded code. Whether it does depends on when its owner and its resets run.
 */
export function findLazyGuards(state: BindState): readonly LazyGuard[] {
  if (state.guards.length === 0) return [];
  const assigned = indexAssignments(state);
  let calls: readonly CallSite[] | undefined;
  const setsEntry = (guard: Guard, place: Place) => {
    if (!place.key) return false;
    calls ??= setCalls(state);
    return calls.some(
      ({ node, scope }) =>
        isInside(state, node, guard) && placeOf(state.classes, node, scope)?.root === place.root,
    );
  };
  return state.guards.flatMap(guard => {
    const place = placeOf(state.classes, guard.target, guard.scope);
    const owner = place && ownerOf(place);
    if (!place || owner === 'unknown' || !isKept(guard, place)) return [];
    const own = assignmentsTo(place, assigned);
    if (guard.runsWhile === 'set') return unsetsFlag(state, guard, own) ? [{ guard, owner, resets: [] }] : [];
    const setsItself = setsPlace(state, guard, own) || setsEntry(guard, place);
    const setters = setsItself ? undefined : settersOf(own);
    if (setters?.length === 0) return [];
    const resets = own.filter(({ value, conditional }) => isUnset(value) && !conditional);
    const units = resets.map(({ scope }) => scope.unit).filter(unit => unit.kind !== 'module');
    return [{ guard, owner, resets: units, ...(setters && { setters }) }];
  });
}

/** Assignments to the place or to what it is a property of. */
function assignmentsTo({ root, path }: Place, index: AssignmentIndex): readonly Assignment[] {
  const paths = index.get(root);
  if (!paths) return [];
  const found: Assignment[] = [];
  for (let at = path; ; at = at.slice(0, at.lastIndexOf('.'))) {
    found.push(...(paths.get(at) ?? []));
    if (!at.includes('.')) return found;
  }
}

/** Functions that set the place; module code has run before any guard is met. */
function settersOf(own: readonly Assignment[]): readonly Unit[] {
  const setting = own.filter(({ value }) => !isUnset(value)).map(({ scope }) => scope.unit);
  return [...new Set(setting)].filter(unit => unit.kind !== 'module');
}

/** The code that the flag lets in unsets it, and nothing ever sets it again. */
function unsetsFlag(state: BindState, guard: Guard, own: readonly Assignment[]): boolean {
  return own.every(({ value }) => isUnset(value)) && own.some(({ node }) => isInside(state, node, guard));
}

/** Neither a further condition nor the key of an entry depends on the invocation. */
function isKept({ alternatives, scope }: Guard, { key }: Place): boolean {
  const decisive = key ? [...alternatives, key] : alternatives;
  return decisive.every(expression => isIndependentOfInvocation(expression, scope));
}

type AssignmentIndex = ReadonlyMap<Place['root'], ReadonlyMap<string, readonly Assignment[]>>;

function indexAssignments({ assignments, classes }: BindState): AssignmentIndex {
  const index = new Map<Place['root'], Map<string, Assignment[]>>();
  for (const assignment of assignments) {
    const place = placeOf(classes, assignment.target, assignment.scope);
    if (!place) continue;
    const paths = index.get(place.root) ?? new Map<string, Assignment[]>();
    index.set(place.root, paths);
    const known = paths.get(place.path);
    if (known) known.push(assignment);
    else paths.set(place.path, [assignment]);
  }
  return index;
}

function setsPlace(state: BindState, guard: Guard, own: readonly Assignment[]): boolean {
  return own.some(
    ({ node, value }) => (isInside(state, node, guard) || isKeeping(node, guard)) && !isUnset(value),
  );
}

function isInside({ source }: BindState, node: ts.Node, { start, end }: Guard): boolean {
  return node.getStart(source) >= start && node.end <= end;
}

/** `map.set(key, value)` */
function setCalls(state: BindState): readonly CallSite[] {
  const calls = state.units.flatMap(unit => unit.calls);
  return calls.filter(
    ({ node }) => ts.isCallExpression(node) && accessedName(unwrap(node.expression)) === 'set',
  );
}

/** `x ??= value` and `x = x ?? value` set x by the assignment around the guarded code. */
function isKeeping(assignment: ts.Node, guard: Guard): boolean {
  return assignment.pos <= guard.start && assignment.end === guard.end;
}

function isUnset(value: ts.Expression): boolean {
  const node = unwrap(value);
  return (
    node.kind === ts.SyntaxKind.NullKeyword ||
    node.kind === ts.SyntaxKind.FalseKeyword ||
    (ts.isIdentifier(node) && node.text === 'undefined')
  );
}

/** An expression that only module variables, literals and the clock decide. */
function isIndependentOfInvocation(expression: ts.Node, scope: Scope): boolean {
  let independent = true;
  const visit = (node: ts.Node) => {
    if (ts.isIdentifier(node)) {
      const owner = lookup(scope, node.text)?.owner;
      if (owner && owner.kind !== 'module') independent = false;
    } else if (ts.isPropertyAccessExpression(node)) visit(node.expression);
    else if (node.kind !== ts.SyntaxKind.ThisKeyword) ts.forEachChild(node, visit);
  };
  visit(expression);
  return independent;
}
