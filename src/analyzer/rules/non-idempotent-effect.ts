import type { ts } from 'ts-morph';
import type { CallSite } from '../phases/model.ts';
import { isRepeated, mentions } from './invocations.ts';
import { type Repeat, repeatOfCall, repeatOfCommand } from './repeats.ts';
import { defineRule, type ReachedCode } from './rule.ts';
import { sdkCommands } from './sdkCommands.ts';

/** https://docs.aws.amazon.com/lambda/latest/dg/invocation-retries.html */
export const nonIdempotentEffect = defineRule({
  name: 'non-idempotent-effect',
  severity: 'warning',
  title: 'An effect happens again when Lambda repeats the invocation',
  messages: {
    counted:
      'Lambda runs this invocation again after a failure, and sometimes without one: this then counts the same event twice. Make it conditional on something of the event, or remember which events are done.',
    added:
      'Lambda runs this invocation again after a failure, and sometimes without one: this then adds the same thing twice. Make it conditional on something of the event, or remember which events are done.',
    inserted:
      'Lambda runs this invocation again after a failure, and sometimes without one: this then inserts one more for the same event. Take the key from the event, and let a second insert change nothing.',
    keyed:
      'Lambda runs this invocation again after a failure, and sometimes without one: each run writes under another key. Take the key from the event.',
    deduplicated:
      'Lambda runs this invocation again after a failure, and sometimes without one: the message is another one each time, so that it is sent twice. Take MessageDeduplicationId from the event.',
  },
  check(code, report) {
    const tell = (node: ts.Node, message: Repeat | undefined, site: CallSite) => {
      if (message && isInRepeated(site, node, code)) report({ node, message });
    };
    for (const command of sdkCommands(code)) tell(command.node, repeatOfCommand(command, code), command.site);
    for (const { calls } of code.file.units) {
      for (const site of calls) {
        const found = repeatOfCall(site, code);
        if (found) tell(found.node, found.repeat, site);
      }
    }
  },
});

/** Words of code that looks whether an event is done already. */
const guards =
  /idempoten|attribute_not_exists|already(Processed|Done|Handled|Seen)|is_?Duplicate|was_?Processed|ClientRequestToken|processed(Ids|Events|Messages)|\bdedupe/i;

function isInRepeated({ scope }: CallSite, node: ts.Node, code: ReachedCode): boolean {
  const phase = code.phaseAt(node);
  if (phase !== 'invoke' && phase !== 'both') return false;
  return code
    .handlersOf(scope.unit)
    .some(handler => isRepeated(handler, code) && !mentions(handler, guards, code));
}
