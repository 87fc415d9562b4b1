import { ts } from 'ts-morph';
import { endRequest } from '../fixes/endRequest.ts';
import type { FileFacts } from '../phases/model.ts';
import { accessedName, unwrap } from '../syntax.ts';
import { isEnvironment } from './constants.ts';
import { isGlobal } from './origins.ts';
import { endlessRequests } from './requests.ts';
import { defineRule, type ReachedCode } from './rule.ts';

/** https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html#runtimes-lifecycle-ib */
export const unboundedInit = defineRule({
  name: 'unbounded-init',
  severity: 'warning',
  title: 'Init waits without a limit, or needs what only an invocation has',
  messages: {
    request:
      'Init has ten seconds, and nothing ends this request: when it takes longer, Lambda begins init anew within the first invocation. Pass {remedy}, or send it when it is first needed.',
    poll: 'Init has ten seconds, and this waits until something else is ready: when that takes longer, Lambda begins init anew within the first invocation. Look in the handler, and fail where it is not ready.',
    pause:
      'Init has ten seconds, and this waits for {seconds} of them: Lambda begins init anew within the first invocation, which waits again.',
    event:
      '{name} is set by an invocation, and init runs before the first one: it is undefined here, and stays so. Read it in the handler.',
    trace: 'Lambda sets _X_AMZN_TRACE_ID for each invocation: at init there is none. Read it in the handler.',
  },
  check(code, report) {
    for (const { calls, kind } of code.file.units) {
      for (const site of calls) {
        if (code.phaseAt(site.node) !== 'init') continue;
        const request = endlessRequests(site, code);
        const isWaitedFor =
          kind === 'function' || ts.findAncestor(site.node, ts.isAwaitExpression) !== undefined;
        if (request && isWaitedFor)
          report({
            node: request.node,
            message: 'request',
            data: { remedy: request.remedy },
            fix: request.isFetch ? endRequest(request.node, initSeconds) : undefined,
          });
        const seconds = pauseOf(site.node);
        if (
          seconds >= initSeconds &&
          isGlobal((site.node as ts.CallExpression).expression, 'setTimeout', site.scope)
        )
          report({ node: site.node, message: 'pause', data: { seconds: String(seconds) } });
      }
    }
    for (const node of polls(code)) report({ node, message: 'poll' });
    for (const { node, name } of eventNames(code)) report({ node, message: 'event', data: { name } });
    for (const node of traces(code.file))
      if (code.phaseAt(node) === 'init') report({ node, message: 'trace' });
  },
});

const initSeconds = 10;

/** The seconds of `new Promise(resolve => setTimeout(resolve, 15_000))`. */
function pauseOf(node: ts.Node): number {
  const delay = ts.isCallExpression(node) ? node.arguments[1] : undefined;
  const isAwaited = ts.findAncestor(node, ts.isNewExpression)?.expression.getText() === 'Promise';
  return isAwaited && delay && ts.isNumericLiteral(delay) ? Number(delay.text) / 1000 : 0;
}

/** The first wait of each loop of init that asks again after a pause, unless it counts or looks at the clock. */
function* polls(code: ReachedCode): Generator<ts.Node> {
  for (const node of code.nodes.of('WhileStatement', 'DoStatement', 'ForStatement')) {
    if ((ts.isForStatement(node) && node.condition) || code.phaseAt(node) !== 'init') continue;
    const text = node.getText();
    const isPaced = /\b(sleep|delay|wait|pause)\w*\(|\bsetTimeout\b/i.test(text);
    const isLimited = /\+\+|--|\+=|-=|Date\.now|performance\.now|attempt|retries|deadline|\.aborted/i.test(
      text,
    );
    const first = isPaced && !isLimited ? firstAwait(node) : undefined;
    if (first) yield first;
  }
}

function firstAwait(node: ts.Node): ts.Node | undefined {
  if (ts.isAwaitExpression(node)) return node;
  return ts.isFunctionLike(node) ? undefined : ts.forEachChild(node, firstAwait);
}

/** Where code of the module itself reads a variable that only invocations set. */
function* eventNames(code: ReachedCode): Generator<{ readonly node: ts.Node; readonly name: string }> {
  const { file } = code;
  for (const { name, declaration, sources } of file.scope.bindings.values()) {
    const variable = declaration.parent;
    const isOpen =
      variable &&
      ts.isVariableDeclaration(variable) &&
      ts.isIdentifier(variable.name) &&
      !variable.initializer;
    const set = sources.filter(({ declaredType }) => !declaredType);
    if (!isOpen || set.length === 0 || ts.isForOfStatement(variable.parent.parent)) continue;
    if (
      !set.every(
        ({ expression, scope }) => scope.unit.kind !== 'module' && code.phaseAt(expression) === 'invoke',
      )
    )
      continue;
    const node = firstRead(file.source, name, declaration);
    if (node) yield { node, name };
  }
}

function firstRead(source: ts.Node, name: string, declaration: ts.Node): ts.Node | undefined {
  const visit = (node: ts.Node): ts.Node | undefined => {
    if (ts.isFunctionLike(node) || ts.isClassLike(node) || ts.isTypeNode(node)) return undefined;
    if (ts.isExportDeclaration(node) || ts.isTypeOfExpression(node) || ts.isObjectLiteralExpression(node))
      return undefined;
    if (ts.isIdentifier(node)) return node.text === name && node !== declaration ? node : undefined;
    if (ts.isPropertyAccessExpression(node)) return visit(node.expression);
    return ts.forEachChild(node, visit);
  };
  return visit(source);
}

/** `process.env._X_AMZN_TRACE_ID` */
function traces({ source, scope }: FileFacts): readonly ts.Node[] {
  if (!source.text.includes('_X_AMZN_TRACE_ID')) return [];
  const found: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    const isTrace = accessedName(node) === '_X_AMZN_TRACE_ID';
    if (isTrace && isEnvironment((unwrap(node) as ts.PropertyAccessExpression).expression, scope))
      found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}
