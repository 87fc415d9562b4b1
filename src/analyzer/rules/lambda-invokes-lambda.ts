import { ts } from 'ts-morph';
import { lookup } from '../phases/scopes.ts';
import { staticName, unwrap } from '../syntax.ts';
import { defineRule } from './rule.ts';

/** https://docs.aws.amazon.com/lambda/latest/dg/concepts-event-driven-architectures.html */
export const lambdaInvokesLambda = defineRule({
  name: 'lambda-invokes-lambda',
  severity: 'info',
  title: 'A function invokes another one and waits for its result',
  messages: {
    waits:
      'This function is paid for while it waits for the other one, and both need concurrency at once. Use a queue, a state machine, or InvocationType Event where no result is needed.',
  },
  check(code, report) {
    for (const { calls } of code.file.units) {
      for (const { node, scope } of calls) {
        if (!ts.isNewExpression(node) || !ts.isIdentifier(node.expression)) continue;
        const imported = lookup(scope, node.expression.text)?.imported;
        if (imported?.specifier !== '@aws-sdk/client-lambda' || imported.name !== 'InvokeCommand') continue;
        const phase = code.phaseAt(node);
        const input = node.arguments?.[0] && unwrap(node.arguments[0]);
        if ((phase === 'invoke' || phase === 'both') && input && waits(input))
          report({ node, message: 'waits' });
      }
    }
  },
});

/** Lambda's default is RequestResponse: https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
function waits(input: ts.Node): boolean {
  if (!ts.isObjectLiteralExpression(input)) return false;
  if (input.properties.some(ts.isSpreadAssignment)) return false;
  const type = input.properties.find(property => staticName(property.name) === 'InvocationType');
  if (!type) return true;
  const value = ts.isPropertyAssignment(type) ? unwrap(type.initializer) : undefined;
  return value !== undefined && ts.isStringLiteralLike(value) && value.text === 'RequestResponse';
}
