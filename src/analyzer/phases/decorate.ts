import { ts } from 'ts-morph';
import { accessedName, unwrap } from '../syntax.ts';
import type { GraphPorts } from './graph.ts';
import type { CallSite, Unit } from './model.ts';

/** A decorator runs with its class; functions that it makes may take the place of the method. */
export function decorate(ports: GraphPorts, unit: Unit, site: CallSite, node: ts.Decorator): void {
  const { evaluator, connect } = ports;
  const { program } = evaluator;
  const method = program.file(unit.path)?.functions.get(node.parent);
  for (const value of evaluator.evaluate(node.expression, site.scope)) {
    if (value.tag !== 'function') continue;
    connect(unit, value, site, 'call');
    if (!method) continue;
    const made = program.file(value.path)?.units.filter(each => each.parent === value) ?? [];
    for (const wrapper of made) connect(method, wrapper, site, 'call');
  }
  if (method) keepRoute(ports, site, node, method);
}

/** `@app.get('/')` gives the method to app, `@Get()` to the framework that the handler runs. */
function keepRoute(
  { evaluator, framework }: GraphPorts,
  site: CallSite,
  node: ts.Decorator,
  method: Unit,
): void {
  const call = unwrap(node.expression);
  const route = ts.isCallExpression(call) ? unwrap(call.expression) : call;
  const { store } = evaluator;
  if (ts.isIdentifier(route)) {
    const isOutside = evaluator.evaluate(route, site.scope).length === 0;
    if (isOutside && frameworkDecorator.test(route.text)) store.grow(framework.captured, [method]);
    return;
  }
  if (!objectDecorator.test(accessedName(route) ?? '')) return;
  for (const keeper of evaluator.evaluate((route as ts.PropertyAccessExpression).expression, site.scope)) {
    if (keeper.tag === 'external') store.grow(keeper.captured, [method]);
  }
}

const objectDecorator = /^(get|post|put|patch|delete|head|options|any|route|all|resolver|on[A-Z]\w*|on)$/;

const frameworkDecorator =
  /^(Get|Post|Put|Patch|Delete|Options|Head|All|Route|Action|Query|Mutation|Subscription|ResolveField|ResolveReference|FieldResolver|MessagePattern|EventPattern|OnEvent|Process|SqsMessageHandler)$/;
