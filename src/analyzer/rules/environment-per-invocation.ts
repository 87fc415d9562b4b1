import { ts } from 'ts-morph';
import { moveDeclaration } from '../fixes/moveDeclaration.ts';
import { readOnce } from '../fixes/readOnce.ts';
import { accessedName, unwrap } from '../syntax.ts';
import { isEnvironment } from './constants.ts';
import { defineRule } from './rule.ts';

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html */
export const environmentPerInvocation = defineRule({
  name: 'environment-per-invocation',
  severity: 'info',
  title: 'An environment variable is read on every invocation, although it cannot change',
  messages: {
    read: '{name} is read on every invocation, and is the same on each of them. Read it once, outside of the handler: a missing one then shows at init.',
  },
  check(code, report) {
    const { file } = code;
    const told = new Set<string>();
    const tell = (node: ts.Node, names: readonly string[]) => {
      const isTold = names.every(name => told.has(name) || isOwn(name) || file.propertyAssignments.has(name));
      if (isTold || code.phaseAt(node) !== 'invoke') return;
      for (const name of names) told.add(name);
      report({
        node,
        message: 'read',
        data: { name: names.join(', ') },
        fix: moveDeclaration(node, file) ?? readOnce(node, file),
      });
    };
    const accesses = ['PropertyAccessExpression', 'ElementAccessExpression'] as const;
    for (const node of code.nodes.of(...accesses, 'VariableDeclaration')) {
      if (ts.isVariableDeclaration(node)) {
        const { name, initializer } = node;
        if (initializer && ts.isObjectBindingPattern(name) && isEnvironment(initializer, file.scope)) {
          tell(initializer, namesIn(name));
        }
        continue;
      }
      const name = accessedName(node) ?? '*';
      const isRead = isEnvironment((node as ts.PropertyAccessExpression).expression, file.scope);
      if (isRead && name !== '*') tell(node, [name]);
    }
  },
});

/** Lambda sets the trace on every invocation; NODE_ENV is replaced when the code is bundled. */
function isOwn(name: string): boolean {
  return name === '_X_AMZN_TRACE_ID' || name === 'NODE_ENV';
}

function namesIn({ elements }: ts.ObjectBindingPattern): readonly string[] {
  return elements.flatMap(({ propertyName, name, dotDotDotToken }) => {
    const key = unwrap(propertyName ?? name);
    return ts.isIdentifier(key) && !dotDotDotToken ? [key.text] : [];
  });
}
