import { ts } from 'ts-morph';
import { originOf } from '../notes.ts';
import type { CallSite, Scope } from '../phases/model.ts';
import { accessedName, staticName, unwrap } from '../syntax.ts';
import { eventPaths } from './eventPaths.ts';
import { isMadeOfEvent, localSource } from './eventTexts.ts';
import { isGlobal, sourceOf } from './origins.ts';
import { defineRule, type ReachedCode } from './rule.ts';

/** https://docs.aws.amazon.com/lambda/latest/dg/best-practices.html */
export const eventDataExecuted = defineRule({
  name: 'event-data-executed',
  severity: 'warning',
  title: 'Data of the event becomes part of code, of a shell command, of SQL or of a path',
  messages: {
    code: 'Data of the event is run as code, with the permissions of the function. Parse it instead.',
    command:
      'Data of the event becomes part of a shell command: whoever sends it can run others, with the permissions of the function. Use execFile with a list of arguments.',
    path: 'Data of the event becomes part of a path: with .. in it, whoever sends it reaches other files. Take basename of it, or compare it with what is allowed.',
    sql: 'Data of the event becomes part of SQL: whoever sends it can change the statement. Pass it as a parameter of the query.',
  },
  check(code, report) {
    for (const { calls } of code.file.units) {
      for (const site of calls) {
        const { node, scope } = site;
        if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) continue;
        const kind = sinkOf(node, site, code);
        const text = kind && textOf(kind, node.arguments ?? []);
        if (!kind || !text || !isMadeOfEvent(text, scope, code)) continue;
        if (kind !== 'sql' || isSql(text, scope)) report({ node: text, message: kind });
      }
    }
    for (const node of eventPaths(code)) report({ node, message: 'path' });
  },
});

/** The code, the command or the statement among the arguments. */
function textOf(kind: 'code' | 'command' | 'sql', args: readonly ts.Expression[]): ts.Node | undefined {
  if (kind === 'code') return args.at(-1);
  const [first, second] = args;
  if (kind === 'command')
    return second && ts.isArrayLiteralExpression(second) ? second.elements.at(-1) : first;
  const query = first && unwrap(first);
  if (!query || !ts.isObjectLiteralExpression(query)) return first;
  const text = query.properties.find(({ name }) => /^(text|sql)$/.test(staticName(name) ?? ''));
  return text && ts.isPropertyAssignment(text) ? text.initializer : undefined;
}

function sinkOf(
  node: ts.CallExpression | ts.NewExpression,
  { scope }: CallSite,
  code: ReachedCode,
): 'code' | 'command' | 'sql' | undefined {
  const callee = unwrap(node.expression);
  if (isGlobal(callee, 'eval', scope) || isGlobal(callee, 'Function', scope)) return 'code';
  if (ts.isNewExpression(node)) return undefined;
  const origin = originOf(promisified(callee, scope, code) ?? callee, scope);
  if (origin && /^(node:)?child_process$/.test(origin.specifier)) {
    if (/^exec(Sync)?$/.test(origin.name)) return 'command';
    return /^(spawn|execFile)(Sync)?$/.test(origin.name) && isShell(node) ? 'command' : undefined;
  }
  return /^(query|execute|raw|\$queryRawUnsafe|\$executeRawUnsafe)$/.test(accessedName(callee) ?? '')
    ? 'sql'
    : undefined;
}

/** `exec` of `const run = promisify(exec)`. */
function promisified(callee: ts.Node, scope: Scope, code: ReachedCode): ts.Node | undefined {
  const made = sourceOf(callee, scope, code)?.expression;
  const call = made && unwrap(made);
  const isIt = call && ts.isCallExpression(call) && /\bpromisify$/.test(call.expression.getText());
  return isIt ? call.arguments[0] : undefined;
}

/** `spawn('sh', ['-c', command])` */
function isShell({ arguments: [program, args] }: ts.CallExpression): boolean {
  if (!program || !args || !ts.isStringLiteralLike(program) || !ts.isArrayLiteralExpression(args))
    return false;
  return (
    /^(\/bin\/)?(ba|z|da)?sh$/.test(program.text) && /^['"`]-\w*c/.test(args.elements[0]?.getText() ?? '')
  );
}

/** Whether the fixed part of the text begins like a statement. */
function isSql(text: ts.Node, scope: Scope): boolean {
  const value = unwrap(text);
  const source = localSource(value, scope);
  const written = (source?.expression ?? value).getText();
  return /^[('"`\s]*(select|insert|update|delete|merge|replace|with|call|drop|alter|create)\s/i.test(written);
}
