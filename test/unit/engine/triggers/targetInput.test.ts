import assert from 'node:assert/strict';
import { targetInput } from '../../../../src/engine/triggers/targetInput.ts';
import type { EventInput } from '../../../../src/model/messaging.ts';

const event =
  '{"id":"e1","source":"shop","detail":{"order":12345678901234567890,"who":"A \\"B\\"","tags":["x","y"],"a-b":{"c":1}}}';
const facts = { ruleArn: 'arn:aws:events:eu-west-1:123456789012:rule/orders', ruleName: 'orders' };

suite('what the target of a rule is sent', () => {
  const check = (title: string, input: EventInput, expected: string) =>
    test(title, () => assert.equal(targetInput(event, input, facts), expected));
  const transformed = (paths: Readonly<Record<string, string>>, template: string): EventInput => ({
    inputTransformer: { paths, template },
  });

  check('is the event as it came', {}, event);
  check('is another text', { input: '{"n":1}' }, '{"n":1}');
  check('is a part of the event', { inputPath: '$.detail.tags' }, '["x","y"]');
  check('is a part by index and by quoted name', { inputPath: "$.detail['a-b'].c" }, '1');
  check('is an empty object where there is no such part', { inputPath: '$.detail.nothing' }, '{}');
  check(
    'is JSON that is made of parts',
    transformed({ who: '$.detail.who', tags: '$.detail.tags' }, '{"to":<who>,"tags":<tags>}'),
    '{"to":"A \\"B\\"","tags":["x","y"]}',
  );
  check(
    'is text that is made of parts',
    transformed(
      { who: '$.detail.who', first: '$.detail.tags[0]' },
      '"<who> likes <first> \\"<first>\\" <gone>"',
    ),
    '"A \\"B\\" likes x \\"x\\" <gone>"',
  );
  check(
    'has an empty text for what the event lacks',
    transformed({ gone: '$.gone' }, '{"a":<gone>}'),
    '{"a":""}',
  );
  check(
    'may name the rule',
    transformed({}, '{"rule":<aws.events.rule-name>,"arn":"<aws.events.rule-arn>"}'),
    '{"rule":"orders","arn":"arn:aws:events:eu-west-1:123456789012:rule/orders"}',
  );
});
