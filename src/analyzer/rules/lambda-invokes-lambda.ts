import { unwrap } from '../syntax.ts';
import { constantText } from './constants.ts';
import { defineRule, type ReachedCode } from './rule.ts';
import { type CommandInput, inputProperty, mayHave, sdkCommands } from './sdkCommands.ts';

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
    for (const { node, service, name, input } of sdkCommands(code)) {
      if (service !== 'lambda' || name !== 'Invoke' || !input) continue;
      const phase = code.phaseAt(node);
      if ((phase === 'invoke' || phase === 'both') && waits(input, code)) report({ node, message: 'waits' });
    }
  },
});

/** Lambda's default is RequestResponse: https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
function waits(input: CommandInput, code: ReachedCode): boolean {
  const type = inputProperty(input, 'InvocationType');
  if (!type) return !mayHave(input, 'InvocationType');
  if (unwrap(type).getText() === 'InvocationType.RequestResponse') return true;
  return constantText(type, input.scope, code) === 'RequestResponse';
}
