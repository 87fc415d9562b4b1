import { ts } from 'ts-morph';
import { thisValueOf } from '../phases/bindClass.ts';
import type { Scope } from '../phases/model.ts';
import { lookup } from '../phases/scopes.ts';
import { accessedName, unwrap } from '../syntax.ts';
import { initialValue, moduleBinding } from './moduleBindings.ts';
import { methodOf } from './origins.ts';
import type { ReachedCode } from './rule.ts';

interface KeptProperty {
  readonly node: ts.Node;
  /** As it is written: `request.user`, `this.event`. */
  readonly name: string;
}

/**
 * Data that invocations put into objects of the project which outlive them: `request.user = ...`, and
 * `map.set('user', ...)`. A place that the data itself chooses is one of a cache.
 */
export function* keptProperties(
  code: ReachedCode,
  isRequestData: (expression: ts.Node, scope: Scope) => boolean,
): Generator<KeptProperty> {
  const { file } = code;
  for (const [property, assignments] of file.propertyAssignments) {
    if (property === '*' || property === 'exports') continue;
    for (const { target, value, scope, node } of assignments) {
      if (!isRepeated(node, code) || !isRequestData(value, scope)) continue;
      const { expression } = unwrap(target) as ts.PropertyAccessExpression;
      if (isKeptObject(expression, scope, code)) yield { node, name: target.getText() };
    }
  }
  for (const { calls } of file.units) {
    for (const { node, scope } of calls) {
      const method = methodOf(node);
      const [target, ...sources] = ts.isCallExpression(node) ? node.arguments : [];
      const isAssigned = method?.name === 'assign' && method.object.getText() === 'Object';
      if (
        isAssigned &&
        target &&
        isRepeated(node, code) &&
        sources.some(each => isRequestData(each, scope))
      ) {
        if (isKeptObject(target, scope, code)) yield { node, name: target.getText() };
        continue;
      }
      const [key, value] = method?.name === 'set' && ts.isCallExpression(node) ? node.arguments : [];
      if (!method || !key || !value || !ts.isStringLiteralLike(key) || !isRepeated(node, code)) continue;
      const binding = moduleBinding(method.object, file);
      const isMap = binding && /^new Map\b/.test(initialValue(binding)?.getText() ?? '');
      if (isMap && isRequestData(value, scope)) yield { node, name: `${binding.name}.${key.text}` };
    }
  }
}

function isRepeated(node: ts.Node, code: ReachedCode): boolean {
  const phase = code.phaseAt(node);
  return phase === 'invoke' || phase === 'both';
}

/** An object that is made at init: one that a module holds, an instance of a class, or the global object. */
function isKeptObject(expression: ts.Node, scope: Scope, code: ReachedCode): boolean {
  const object = unwrap(expression);
  if (object.kind === ts.SyntaxKind.ThisKeyword) return isMadeAtInit(scope, code);
  const root = rootOf(object);
  if (!root || root.text === 'process' || root.text === 'module') return false;
  const binding = lookup(scope, root.text);
  if (!binding) return /^(global|globalThis)$/.test(root.text);
  if (binding.owner.kind !== 'module' || binding.parameter) return false;
  const values = code.evaluate(object, scope);
  return (
    values.length > 0 && values.every(({ tag }) => tag === 'object' || tag === 'instance' || tag === 'class')
  );
}

function rootOf(node: ts.Node): ts.Identifier | undefined {
  let at = node;
  while (accessedName(at) !== undefined) at = unwrap((at as ts.PropertyAccessExpression).expression);
  return ts.isIdentifier(at) ? at : undefined;
}

/** `this` of a class whose instances init makes, and no invocation. */
function isMadeAtInit(scope: Scope, { inspection: { phases } }: ReachedCode): boolean {
  const value = thisValueOf(scope);
  if (value?.kind !== 'instance') return false;
  const made = phases.arrivals.get(value.of.construction);
  return made?.init !== undefined && made.invoke === undefined && made.lazy === undefined;
}
