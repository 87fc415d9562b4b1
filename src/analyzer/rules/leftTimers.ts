import { ts } from 'ts-morph';
import type { CallSite, Unit } from '../phases/model.ts';
import { moduleBinding } from './moduleBindings.ts';
import { isGlobal, makersOf, methodOf } from './origins.ts';
import type { ReachedCode } from './rule.ts';

/** Work that a timer does when nobody waits for it any more, or while the environment is frozen. */
export function timerProblem({ node, scope }: CallSite, code: ReachedCode): 'late' | 'frozen' | undefined {
  if (!ts.isCallExpression(node) || !isGlobal(node.expression, 'setTimeout', scope)) return undefined;
  const [callback, delay] = node.arguments;
  if (!callback || isInPromise(node) || /\bclearTimeout\b/.test(code.file.source.text)) return undefined;
  const phase = code.phaseAt(node);
  if (phase === 'init') {
    return delay && ts.isNumericLiteral(delay) && Number(delay.text) >= 1000 ? 'frozen' : undefined;
  }
  const isRepeated = phase === 'invoke' || phase === 'both';
  const endsSomething = /\b(abort|reject|resolve|destroy|kill|unref)\b/.test(node.parent.getText());
  if (!isRepeated || endsSomething || !ts.isExpressionStatement(node.parent)) return undefined;
  return isEndedByPromise(scope.unit, code) ? 'late' : undefined;
}

function isInPromise(node: ts.Node): boolean {
  return (
    ts.findAncestor(node, at => ts.isNewExpression(at) && at.expression.getText() === 'Promise') !== undefined
  );
}

/** A handler with a callback ends when nothing is left to do, timers included. */
function isEndedByPromise(unit: Unit, code: ReachedCode): boolean {
  const { entryPoints, graph } = code.inspection;
  const handlers = code.handlersOf(unit);
  return (
    handlers.length > 0 &&
    handlers.every(handler => {
      const entry = entryPoints.get(handler);
      const invoked = [...((entry && graph.invoked.get(entry)) ?? [])];
      return handler.via !== 'streaming' && invoked.every(({ parameters }) => parameters.length < 3);
    })
  );
}

/** `bus.on('order', ...)` in the handler, of an emitter that outlives the invocation. */
export function addsListener({ node, scope }: CallSite, code: ReachedCode): string | undefined {
  const method = methodOf(node);
  if (
    !method ||
    !ts.isCallExpression(node) ||
    !/^(on|addListener|prependListener|addEventListener)$/.test(method.name)
  ) {
    return undefined;
  }
  const [event, listener] = node.arguments;
  if (!event || !ts.isStringLiteralLike(event) || !listener) return undefined;
  const binding = moduleBinding(method.object, code.file);
  if (!binding || !ts.isIdentifier(method.object)) return undefined;
  const isMade = makersOf(method.object, scope, code).length > 0;
  return isMade || binding.sources.some(({ expression }) => ts.isNewExpression(expression))
    ? binding.name
    : undefined;
}
