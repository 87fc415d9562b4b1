import { ts } from 'ts-morph';
import type { Fix } from '../../model/finding.ts';
import { awaitCall, awaitEach } from '../fixes/awaitCall.ts';
import { callsBackNow } from '../phases/builtins.ts';
import type { CallSite, Scope, Unit } from '../phases/model.ts';
import { lookup } from '../phases/scopes.ts';
import { accessedName, hasModifier, unwrap } from '../syntax.ts';
import { isEventPart } from './eventData.ts';
import { defineRule, type ReachedCode } from './rule.ts';

/** https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html#nodejs-handler-async */
export const floatingPromise = defineRule({
  name: 'floating-promise',
  severity: 'warning',
  title: 'A promise is neither awaited nor returned before the handler ends',
  messages: {
    floating:
      'Nothing waits for this promise: when the handler returns first, Lambda freezes the environment, and the work goes on in a later invocation or never. Await it or return it.',
    forEach:
      'forEach does not wait for the promises of its callback: when the handler returns first, Lambda freezes the environment in the midst of them. Use for...of with await, or await Promise.all over map.',
  },
  check(code, report) {
    const invoked = code.invoked;
    for (const unit of code.file.units) {
      if (unit.kind === 'module' || isDetached(unit.node) || !isAwaited(unit, code)) continue;
      for (const site of unit.calls) {
        if (!ts.isCallExpression(site.node)) continue;
        if (!isDiscarded(site.node) && !isForgotten(site.node, unit)) continue;
        const phase = code.phaseAt(site.node);
        if (phase === undefined || phase === 'init') continue;
        const isEach = isAsyncEach(site.node, code);
        if (isEach && accessedName(unwrap(site.node.expression)) === 'map')
          report({ node: site.node, message: 'floating' });
        else if (isEach)
          report({ node: site.node, message: 'forEach', fix: fixForEach(site.node, site.scope, invoked) });
        else if (isPromise(site.node, unit, site, code))
          report({ node: site.node, message: 'floating', fix: awaitCall(site.node) });
      }
    }
  },
});

/** What an event has to go through is an array, as is what these methods and functions make. */
function fixForEach(node: ts.CallExpression, scope: Scope, invoked: ReadonlySet<Unit>): Fix | undefined {
  const list = unwrap((unwrap(node.expression) as ts.PropertyAccessExpression).expression);
  const made = ts.isCallExpression(list) ? (accessedName(unwrap(list.expression)) ?? '') : '';
  const isArray =
    ts.isArrayLiteralExpression(list) ||
    /^(map|filter|flatMap|flat|slice|split|keys|values|entries|concat|toSorted|sort)$/.test(made) ||
    isEventPart(list, scope, invoked);
  return awaitEach(node, isArray && !/^(Map|Set)$/.test(made));
}

/** The whole of a statement, perhaps behind `void`. */
function isDiscarded(node: ts.Node): boolean {
  let at = node.parent;
  while (ts.isParenthesizedExpression(at) || ts.isVoidExpression(at)) at = at.parent;
  return ts.isExpressionStatement(at);
}

/** Called by something else than the code around it: who waits for what it starts cannot be told. */
function isDetached(node: ts.Node): boolean {
  const call = node.parent;
  if (!call) return false;
  if (ts.isNewExpression(call)) return true;
  if (!ts.isCallExpression(call) || call.expression === node) return false;
  const callee = unwrap(call.expression);
  const name = accessedName(callee) ?? (ts.isIdentifier(callee) ? callee.text : '');
  return /^(on|once|addListener|addEventListener|set(Timeout|Interval|Immediate)|nextTick|queueMicrotask)$/.test(
    name,
  );
}

/** Whether the invocation is over when a promise of the handler is: not with callbacks, streams or adapters. */
function isAwaited(unit: Unit, { handlersOf, inspection: { entryPoints, graph } }: ReachedCode): boolean {
  const handlers = handlersOf(unit);
  return (
    handlers.length > 0 &&
    handlers.every(handler => {
      if (handler.via === 'adapter' || handler.via === 'streaming') return false;
      const entry = entryPoints.get(handler);
      const invoked = [...((entry && graph.invoked.get(entry)) ?? [])];
      return invoked.every(
        each => each.parameters.length < 3 && (isAsync(each.node) || each.returns.length > 0),
      );
    })
  );
}

/** `forEach` or `map` with a callback that gives a promise. */
function isAsyncEach(node: ts.CallExpression, code: ReachedCode): boolean {
  const [callback] = node.arguments;
  if (!/^(forEach|map)$/.test(accessedName(unwrap(node.expression)) ?? '') || !callback) return false;
  const value = unwrap(callback);
  if (!ts.isFunctionLike(value)) return false;
  if (isAsync(value) && waits(value)) return true;
  const { body } = value as ts.FunctionLikeDeclaration;
  const unit = code.file.functions.get(value);
  const site = unit && body && !ts.isBlock(body) ? code.siteOf(unwrap(body)) : undefined;
  return unit !== undefined && site !== undefined && isPromise(site.node, unit, site, code);
}

/** `const sent = client.send(...)`, where nothing looks at `sent` ever after. */
function isForgotten(node: ts.CallExpression, unit: Unit): boolean {
  const { parent } = node;
  if (!ts.isVariableDeclaration(parent) || !ts.isIdentifier(parent.name)) return false;
  const { text } = parent.name;
  let uses = 0;
  const count = (inner: ts.Node): void => {
    if (ts.isIdentifier(inner) && inner.text === text) uses += 1;
    ts.forEachChild(inner, count);
  };
  count(unit.node);
  return uses === 1;
}

function isPromise(
  node: ts.Node,
  unit: Unit,
  { scope }: Pick<CallSite, 'scope'>,
  code: ReachedCode,
): boolean {
  const value = unwrap(node);
  if (!ts.isCallExpression(value)) return false;
  const callee = unwrap(value.expression);
  const name = accessedName(callee);
  if (name === undefined) {
    if (ts.isIdentifier(callee) && callee.text === 'fetch' && !lookup(scope, 'fetch')) return true;
    return runsAsync(value, unit, code);
  }
  const object = unwrap((callee as ts.PropertyAccessExpression).expression);
  if (/^(then|catch|finally)$/.test(name)) return isPromise(object, unit, { scope }, code);
  if (ts.isIdentifier(object) && object.text === 'Promise' && !lookup(scope, 'Promise')) {
    return /^(all|allSettled|any|race)$/.test(name);
  }
  if (name === 'send' && value.arguments.length === 1) return isCommand(value.arguments[0], { scope });
  if (name === 'promise' && value.arguments.length === 0) return true;
  return runsAsync(value, unit, code);
}

/** `new PutItemCommand(...)` of the AWS SDK. */
function isCommand(argument: ts.Node | undefined, { scope }: Pick<CallSite, 'scope'>): boolean {
  const made = argument && unwrap(argument);
  if (!made || !ts.isNewExpression(made) || !ts.isIdentifier(made.expression)) return false;
  const imported = lookup(scope, made.expression.text)?.imported;
  return imported !== undefined && /^@aws-sdk\/(client|lib)-/.test(imported.specifier);
}

/** Whether all that is called are async functions which have something to wait for. */
function runsAsync(node: ts.CallExpression, unit: Unit, { inspection: { graph } }: ReachedCode): boolean {
  if (callsBackNow(node)) return false;
  const called = (graph.edges.get(unit) ?? []).filter(({ site, kind }) => site === node && kind === 'call');
  return called.length > 0 && called.every(({ to }) => isAsync(to.node) && waits(to.node));
}

function isAsync(node: ts.Node): boolean {
  const generator = (node as ts.FunctionLikeDeclaration).asteriskToken;
  return hasModifier(node, ts.SyntaxKind.AsyncKeyword) && generator === undefined;
}

/** An async function without `await` that returns no call has done all when it returns. */
function waits(node: ts.Node): boolean {
  const visit = (inner: ts.Node): boolean => {
    if (ts.isAwaitExpression(inner)) return true;
    if (ts.isForOfStatement(inner) && inner.awaitModifier) return true;
    if (ts.isReturnStatement(inner) && inner.expression && ts.isCallExpression(unwrap(inner.expression)))
      return true;
    if (ts.isFunctionLike(inner) || ts.isClassLike(inner)) return false;
    return ts.forEachChild(inner, visit) ?? false;
  };
  const { body } = node as ts.FunctionLikeDeclaration;
  if (!body) return false;
  return ts.isBlock(body) ? visit(body) : ts.isCallExpression(unwrap(body)) || visit(body);
}
