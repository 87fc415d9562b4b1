import { ts } from 'ts-morph';
import type { Scope, Source, Unit } from '../phases/model.ts';
import { lookup } from '../phases/scopes.ts';
import { accessedName, staticName, unwrap } from '../syntax.ts';

/** The property of a result that lists the items that failed. */
export function failureListOf({ expression }: Source): ts.ObjectLiteralElementLike | undefined {
  const result = unwrap(expression);
  if (!ts.isObjectLiteralExpression(result)) return undefined;
  return result.properties.find(({ name }) => staticName(name) === 'batchItemFailures');
}

/** `batchItemFailures: []` */
export function isEmptyList(list: ts.ObjectLiteralElementLike): boolean {
  const value = ts.isPropertyAssignment(list) ? unwrap(list.initializer) : list;
  return ts.isArrayLiteralExpression(value) && value.elements.length === 0;
}

/** The failures that a unit returns, as far as they are written out. */
export function failuresOf(unit: Unit, units: readonly Unit[]): readonly ts.ObjectLiteralExpression[] {
  return unit.returns.flatMap(source => {
    const { scope } = source;
    const list = failureListOf(source);
    if (!list) return [];
    if (ts.isShorthandPropertyAssignment(list)) return listed(list.name, scope, units);
    return ts.isPropertyAssignment(list) ? listed(unwrap(list.initializer), scope, units) : [];
  });
}

function listed(list: ts.Node, scope: Scope, units: readonly Unit[]): readonly ts.ObjectLiteralExpression[] {
  if (ts.isArrayLiteralExpression(list)) return objects(list.elements);
  if (ts.isCallExpression(list) && accessedName(unwrap(list.expression)) === 'map') {
    const mapped = units.find(({ node }) => node === list.arguments[0]);
    return objects(mapped?.returns.map(({ expression }) => expression) ?? []);
  }
  const binding = ts.isIdentifier(list) ? lookup(scope, list.text) : undefined;
  if (!binding) return [];
  return units.flatMap(({ calls }) =>
    calls.flatMap(({ node, scope: from }) => {
      if (!ts.isCallExpression(node)) return [];
      const callee = unwrap(node.expression);
      if (accessedName(callee) !== 'push') return [];
      const array = unwrap((callee as ts.PropertyAccessExpression).expression);
      const isIt = ts.isIdentifier(array) && lookup(from, array.text) === binding;
      return isIt ? objects(node.arguments) : [];
    }),
  );
}

function objects(nodes: readonly ts.Node[]): readonly ts.ObjectLiteralExpression[] {
  return nodes.map(unwrap).filter(ts.isObjectLiteralExpression);
}
