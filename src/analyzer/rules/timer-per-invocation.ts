import { ts } from 'ts-morph';
import { moveOut } from '../fixes/moveOut.ts';
import type { FileFacts, Scope } from '../phases/model.ts';
import { lookup } from '../phases/scopes.ts';
import { accessedName, unwrap } from '../syntax.ts';
import { addsListener, timerProblem } from './leftTimers.ts';
import { defineRule } from './rule.ts';

/** https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html */
export const timerPerInvocation = defineRule({
  name: 'timer-per-invocation',
  severity: 'warning',
  title:
    'A timer or a listener is started on every invocation and never ended, or stands still while nothing runs',
  messages: {
    interval:
      'One more interval is started on every invocation and none is cleared: they all go on in later invocations. Clear it before the handler ends.',
    listener:
      'One more listener of the process is added on every invocation: after n invocations n of them run. Add it outside of the handler.',
    emitter:
      'One more listener of {name} is added on every invocation, and none is removed: after n invocations n of them run. Add it outside of the handler.',
    late: 'Nothing waits for this timer: when the handler returns first, Lambda freezes the environment, and the callback runs in a later invocation or never. Do the work before the handler ends.',
    frozen:
      'Lambda freezes the environment between invocations: this timer stands still then, and fires late and all of a sudden. Check what is due in the handler instead.',
  },
  check(code, report) {
    const clears = code.file.units.some(({ calls }) =>
      calls.some(({ node, scope }) => isGlobal(node, 'clearInterval', scope)),
    );
    for (const { calls } of code.file.units) {
      for (const site of calls) {
        const { node, scope } = site;
        const phase = code.phaseAt(node);
        const late = timerProblem(site, code);
        if (late) report({ node, message: late, ...(late === 'frozen' && { severity: 'info' }) });
        const emitter = addsListener(site, code);
        if (
          emitter !== undefined &&
          (phase === 'invoke' || phase === 'both') &&
          !removesListeners(code.file)
        ) {
          report({ node, message: 'emitter', data: { name: emitter } });
        }
        const isRepeated = phase === 'invoke' || phase === 'both';
        if (isGlobal(node, 'setInterval', scope)) {
          if (phase === 'init' && !clears) report({ node, message: 'frozen', severity: 'info' });
          if (isRepeated && !clears && !isPassedOn(node)) report({ node, message: 'interval' });
        } else if (isRepeated && isProcessListener(node, scope) && !removesListeners(code.file)) {
          report({
            node,
            message: 'listener',
            fix: moveOut(node, scope, code.file, 'Add it once: move it out of the function'),
          });
        }
      }
    }
  },
});

function isGlobal(node: ts.Node, name: string, scope: Scope): boolean {
  if (!ts.isCallExpression(node)) return false;
  const callee = unwrap(node.expression);
  return ts.isIdentifier(callee) && callee.text === name && lookup(scope, name) === undefined;
}

/** Returned, or an argument: whoever gets it may clear it. */
function isPassedOn(node: ts.Node): boolean {
  const { parent } = node;
  return ts.isReturnStatement(parent) || ts.isCallExpression(parent) || ts.isArrowFunction(parent);
}

function isProcessListener(node: ts.Node, scope: Scope): boolean {
  const callee = ts.isCallExpression(node) ? unwrap(node.expression) : node;
  if (!/^(on|addListener|prependListener)$/.test(accessedName(callee) ?? '')) return false;
  const object = unwrap((callee as ts.PropertyAccessExpression).expression);
  return ts.isIdentifier(object) && object.text === 'process' && lookup(scope, 'process') === undefined;
}

function removesListeners({ units }: FileFacts): boolean {
  return units.some(({ calls }) =>
    calls.some(
      ({ node }) =>
        ts.isCallExpression(node) &&
        /^(off|removeListener|removeAllListeners)$/.test(accessedName(unwrap(node.expression)) ?? ''),
    ),
  );
}
