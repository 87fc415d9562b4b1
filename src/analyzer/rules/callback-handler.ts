import { ts } from 'ts-morph';
import { removeAssignment } from '../fixes/removeAssignment.ts';
import { returnResult } from '../fixes/returnResult.ts';
import type { Scope, Unit } from '../phases/model.ts';
import { lookup } from '../phases/scopes.ts';
import { accessedName, unwrap } from '../syntax.ts';
import { defineRule } from './rule.ts';

/** From here on only promises end an invocation: https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html */
const firstWithoutCallbacks = 24;

export const callbackHandler = defineRule({
  name: 'callback-handler',
  severity: 'warning',
  title: 'A handler ends with a callback, which Node.js 24 has no more',
  messages: {
    refused:
      'A handler with three parameters does not start on {runtime}: Runtime.CallbackHandlerDeprecated at init. Make it async and return the result.',
    callback:
      'Handlers with a callback do not start on Node.js 24 and later. Make this one async and return the result.',
    missing: 'context.{name} does not exist on {runtime}. Return the result, or throw the error.',
    method: 'context.{name} does not exist on Node.js 24 and later. Return the result, or throw the error.',
    ignored: 'context.callbackWaitsForEmptyEventLoop has no effect on {runtime}.',
  },
  check(code, report) {
    const { file, inspection } = code;
    for (const handler of inspection.handlers) {
      const runtime = code.runtimeOf(handler);
      const refuses = majorOf(runtime) >= firstWithoutCallbacks;
      const data = { runtime: runtime ?? '' };
      const severity = refuses ? 'error' : 'warning';
      for (const unit of code.functionsOf(handler)) {
        if (unit.path !== file.path) continue;
        const fix = handler.via === 'streaming' ? undefined : returnResult(unit.node);
        const parameter = handler.via === 'streaming' ? undefined : callbackOf(unit);
        if (parameter)
          report({ node: parameter, message: refuses ? 'refused' : 'callback', data, severity, fix });
        for (const { node, scope } of unit.calls) {
          const callee = ts.isCallExpression(node) ? unwrap(node.expression) : node;
          const name = accessedName(callee) ?? '';
          if (!/^(done|succeed|fail)$/.test(name) || !isOfContext(callee, scope, unit)) continue;
          report({
            node,
            message: refuses ? 'missing' : 'method',
            data: { ...data, name },
            severity,
            fix,
            tag: 'deprecated',
          });
        }
        if (!refuses) continue;
        for (const { target, scope } of file.propertyAssignments.get('callbackWaitsForEmptyEventLoop') ??
          []) {
          if (!isOfContext(target, scope, unit)) continue;
          const noEffect = {
            severity: 'info',
            tag: 'unnecessary',
            fix: removeAssignment(target, file),
          } as const;
          report({ node: target, message: 'ignored', data, ...noEffect });
        }
      }
    }
  },
});

/** The third parameter, as `Function.length` counts them: a default value or a rest ends the count. */
function callbackOf({ node }: Unit): ts.Node | undefined {
  const parameters = (node as ts.FunctionLikeDeclaration).parameters.filter(
    ({ name }) => !ts.isIdentifier(name) || name.text !== 'this',
  );
  const counted = parameters.slice(0, 3);
  const isCounted = counted.every(({ initializer, dotDotDotToken }) => !initializer && !dotDotDotToken);
  return isCounted ? counted[2] : undefined;
}

function isOfContext(access: ts.Node, scope: Scope, handler: Unit): boolean {
  const object = unwrap((access as ts.PropertyAccessExpression).expression);
  if (!ts.isIdentifier(object)) return false;
  const binding = lookup(scope, object.text);
  return binding?.parameter?.index === 1 && binding.owner === handler;
}

function majorOf(runtime: string | undefined): number {
  return Number(/^nodejs(\d+)\./.exec(runtime ?? '')?.[1] ?? 0);
}
