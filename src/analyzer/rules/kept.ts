import { ts } from 'ts-morph';
import type { Scope, Unit } from '../phases/model.ts';
import { lookup } from '../phases/scopes.ts';
import { accessedName, unwrap } from '../syntax.ts';
import { declaredIn, rootName } from './loops.ts';
import type { ReachedCode } from './rule.ts';

/**
 * Whether something that outlives the invocation may hold what an expression makes: where it stands, or where
 * the function that returns it is called. `derived`: also where what its function makes of it may be held.
 */
export function outlivesInvocation(
  node: ts.Node,
  scope: Scope,
  code: ReachedCode,
  which: 'itself' | 'derived' = 'itself',
): boolean {
  return isKept(node, scope) || isKeptByCaller(node, scope.unit, code, which);
}

/** Whether a function puts anything where a later invocation finds it: a cache of whatever kind. */
export function isStoredIn(unit: Unit): boolean {
  const isOwn = (place: ts.Node) => {
    const name = rootName(place);
    return name !== undefined && declaredIn(unit.node).has(name);
  };
  const visit = (node: ts.Node): boolean => {
    if (ts.isBinaryExpression(node) && isAssignment(node) && !isOwn(node.left)) return true;
    if (ts.isCallExpression(node) && isStore(node)) {
      const callee = unwrap(node.expression);
      if (!isOwn((callee as ts.PropertyAccessExpression).expression)) return true;
    }
    return ts.forEachChild(node, child => visit(child) || undefined) ?? false;
  };
  return visit(unit.node);
}

/** What the function returns is kept where it is called, for example in a cache whose entries expire. */
function isKeptByCaller(
  node: ts.Node,
  unit: Unit,
  { inspection }: ReachedCode,
  which: 'itself' | 'derived',
): boolean {
  let made: ts.Node = node;
  let arrival = inspection.phases.arrivals.get(unit)?.invoke;
  for (let at = unit; arrival?.from && (which === 'derived' || isReturned(made, at)); ) {
    const { unit: caller, site, arrival: outer } = arrival.from;
    const call = caller.calls.find(each => each.node === site);
    if (!call) return false;
    if (isKept(site, call.scope)) return true;
    made = site;
    at = caller;
    arrival = outer;
  }
  return false;
}

function isReturned(node: ts.Node, unit: Unit): boolean {
  return unit.returns.some(({ expression }) => expression.pos <= node.pos && node.end <= expression.end);
}

/** Whether something that outlives the invocation may hold it: a variable of the module, a property, a map. */
function isKept(node: ts.Node, scope: Scope): boolean {
  for (let at = node.parent, inner = node; at; inner = at, at = at.parent) {
    if (ts.isBinaryExpression(at) && isAssignment(at) && at.right === inner) return outlives(at.left, scope);
    if (ts.isCallExpression(at) && at.arguments.some(argument => argument === inner) && isStore(at))
      return true;
    if (ts.isVariableDeclaration(at)) return ts.isIdentifier(at.name) && isPassedToStore(at.name, scope);
    if (ts.isStatement(at) || ts.isFunctionLike(at)) return false;
  }
  return false;
}

function outlives(target: ts.Node, scope: Scope): boolean {
  const place = unwrap(target);
  if (!ts.isIdentifier(place)) return true;
  const binding = lookup(scope, place.text);
  return binding === undefined || binding.owner !== scope.unit;
}

/** `cache.set(key, client)` and `cache[key] = client`, of a client that a local variable holds first. */
function isPassedToStore({ text }: ts.Identifier, scope: Scope): boolean {
  let found = false;
  const isIt = (node: ts.Node) => {
    const value = unwrap(node);
    return ts.isIdentifier(value) && value.text === text;
  };
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && isStore(node) && node.arguments.some(isIt)) found = true;
    if (ts.isBinaryExpression(node) && isAssignment(node) && isIt(node.right) && outlives(node.left, scope)) {
      found = true;
    }
    if (!found) ts.forEachChild(node, visit);
  };
  visit(scope.unit.node);
  return found;
}

function isStore(call: ts.CallExpression): boolean {
  return /^(set|push|add|put|unshift)$/.test(accessedName(unwrap(call.expression)) ?? '');
}

function isAssignment({ operatorToken: { kind } }: ts.BinaryExpression): boolean {
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}
