import { ts } from 'ts-morph';
import type { Scope, Unit } from '../phases/model.ts';
import { lookup } from '../phases/scopes.ts';
import { accessedName, staticName, unwrap } from '../syntax.ts';
import { defineRule } from './rule.ts';

/** https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html#services-sqs-batchfailurereporting */
export const batchItemFailures = defineRule({
  name: 'batch-item-failures',
  severity: 'warning',
  title: 'An item failure that does not name its item, so that the whole batch fails',
  messages: {
    missing:
      'An item failure without itemIdentifier makes the whole batch fail, and all of it is processed again. Give the messageId of SQS or the sequence number of a stream.',
    wrong:
      '{name} names no item: Lambda does not find it and processes the whole batch again. Give the messageId of SQS or the sequence number of a stream.',
  },
  check({ file }, report) {
    const failures = new Set(file.units.flatMap(unit => failuresOf(unit, file.units)));
    for (const failure of failures) {
      if (failure.properties.some(ts.isSpreadAssignment)) continue;
      const identifier = failure.properties.find(({ name }) => staticName(name) === 'itemIdentifier');
      if (!identifier) report({ node: failure, message: 'missing' });
      else if (ts.isPropertyAssignment(identifier)) {
        const name = accessedName(unwrap(identifier.initializer)) ?? '';
        if (/^(receiptHandle|eventID)$/.test(name)) {
          report({ node: identifier.initializer, message: 'wrong', data: { name } });
        }
      }
    }
  },
});

/** The failures that a unit returns, as far as they are written out. */
function failuresOf(unit: Unit, units: readonly Unit[]): readonly ts.ObjectLiteralExpression[] {
  return unit.returns.flatMap(({ expression, scope }) => {
    const result = unwrap(expression);
    if (!ts.isObjectLiteralExpression(result)) return [];
    const list = result.properties.find(({ name }) => staticName(name) === 'batchItemFailures');
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
