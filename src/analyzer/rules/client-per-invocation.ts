import { ts } from 'ts-morph';
import { hoist } from '../fixes/hoist.ts';
import { findCreations } from '../notes.ts';
import type { Scope, Unit } from '../phases/model.ts';
import { lookup } from '../phases/scopes.ts';
import { accessedName, unwrap } from '../syntax.ts';
import { dependsOnParameter } from './requestData.ts';
import { defineRule, type ReachedCode } from './rule.ts';

/** https://docs.aws.amazon.com/lambda/latest/dg/best-practices.html#function-code */
export const clientPerInvocation = defineRule({
  name: 'client-per-invocation',
  severity: 'warning',
  title: 'An SDK client or a connection is made anew on every invocation',
  messages: {
    client:
      '{label} is built on every invocation: each one starts without open connections or cached credentials. Build it once, outside of the handler.',
    connection:
      '{label} opens a connection on every invocation: each one waits for it, and the database counts them all. Open it once, outside of the handler.',
  },
  check(code, report) {
    for (const { node, kind, label } of findCreations(code.file)) {
      const phase = code.phaseAt(node);
      if (phase !== 'invoke' && phase !== 'both') continue;
      const site = siteOf(node, code);
      if (!site || node.arguments?.some(argument => dependsOnParameter(argument, site.scope))) continue;
      if (isKept(node, site.scope) || isKeptByCaller(node, site.unit, code)) continue;
      // What init calls as well could run above the place to which it would be moved.
      const isFixable = kind === 'client' && phase === 'invoke' && ts.isNewExpression(node);
      const fix = isFixable ? hoist(node, site.scope, code.file) : undefined;
      report({ node, message: kind, data: { label }, fix });
    }
  },
});

function siteOf(node: ts.Node, { file }: ReachedCode): { unit: Unit; scope: Scope } | undefined {
  for (const unit of file.units) {
    const call = unit.calls.find(each => each.node === node);
    if (call) return { unit, scope: call.scope };
  }
  return undefined;
}

/** What the function returns is kept where it is called, for example in a cache whose entries expire. */
function isKeptByCaller(node: ts.Node, unit: Unit, { inspection }: ReachedCode): boolean {
  let made: ts.Node = node;
  let arrival = inspection.phases.arrivals.get(unit)?.invoke;
  for (let at = unit; arrival?.from && isReturned(made, at); ) {
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
