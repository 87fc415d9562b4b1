import { ts } from 'ts-morph';
import type { CallSite, Scope } from '../phases/model.ts';
import { lookup } from '../phases/scopes.ts';
import { accessedName, unwrap } from '../syntax.ts';
import { eventPaths } from './eventPaths.ts';
import { isMadeOfEvent, localSource } from './eventTexts.ts';
import { defineRule } from './rule.ts';

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
    const invoked = code.invoked;
    for (const { calls } of code.file.units) {
      for (const site of calls) {
        const { node, scope } = site;
        if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) continue;
        const kind = sinkOf(node, site);
        const text = kind && node.arguments?.[kind === 'code' ? node.arguments.length - 1 : 0];
        if (!kind || !text || !isMadeOfEvent(text, scope, invoked)) continue;
        if (kind !== 'sql' || isSql(text, scope)) report({ node: text, message: kind });
      }
    }
    for (const node of eventPaths(code, invoked)) report({ node, message: 'path' });
  },
});

function sinkOf(
  node: ts.CallExpression | ts.NewExpression,
  { scope }: CallSite,
): 'code' | 'command' | 'sql' | undefined {
  const callee = unwrap(node.expression);
  const name = accessedName(callee);
  if (ts.isIdentifier(callee)) {
    const binding = lookup(scope, callee.text);
    if (!binding) return /^(eval|Function)$/.test(callee.text) ? 'code' : undefined;
    const isShell =
      isChildProcess(binding.imported?.specifier) && /^exec(Sync)?$/.test(binding.imported?.name ?? '');
    return isShell ? 'command' : undefined;
  }
  if (name === undefined || ts.isNewExpression(node)) return undefined;
  const object = unwrap((callee as ts.PropertyAccessExpression).expression);
  const imported = ts.isIdentifier(object) ? lookup(scope, object.text)?.imported : undefined;
  if (/^exec(Sync)?$/.test(name) && isChildProcess(imported?.specifier)) return 'command';
  return /^(query|execute|raw|\$queryRawUnsafe|\$executeRawUnsafe)$/.test(name) ? 'sql' : undefined;
}

function isChildProcess(specifier: string | undefined): boolean {
  return specifier === 'child_process' || specifier === 'node:child_process';
}

/** Whether the fixed part of the text begins like a statement. */
function isSql(text: ts.Node, scope: Scope): boolean {
  const value = unwrap(text);
  const source = localSource(value, scope);
  const written = (source?.expression ?? value).getText();
  return /^[('"`\s]*(select|insert|update|delete|merge|replace|with|call|drop|alter|create)\s/i.test(written);
}
