import { entries, items, property, text } from '../../intrinsics/value.ts';
import { parseFunctionReference } from '../functionReference.ts';
import { addTrigger, type ReadResource } from './collected.ts';
import { lambdaTarget } from './messaging.ts';

/** AWS::Logs::SubscriptionFilter. */
export const readSubscriptionFilter: ReadResource = (facts, collected) => {
  const arn = facts.text('DestinationArn') ?? '';
  addTrigger(collected, 'logs', facts.text('LogGroupName') ?? '', lambdaTarget(arn), facts.definition());
};

/** AWS::IoT::TopicRule. */
export const readTopicRule: ReadResource = (facts, collected) => {
  const label = text(facts.value('TopicRulePayload', 'Sql')) ?? facts.logicalId;
  for (const action of items(facts.value('TopicRulePayload', 'Actions'))) {
    const arn = text(property(action, 'Lambda', 'FunctionArn'));
    addTrigger(collected, 'iot', label, parseFunctionReference(arn), facts.definition());
  }
};

/** AWS::Cognito::UserPool with triggers. */
export const readUserPool: ReadResource = (facts, collected) => {
  for (const [trigger, value] of entries(facts.value('LambdaConfig'))) {
    const arn = text(value) ?? text(property(value, 'LambdaArn'));
    addTrigger(collected, 'cognito', trigger, parseFunctionReference(arn), facts.definition());
  }
};

/** AWS::ElasticLoadBalancingV2::TargetGroup with a function as its target. */
export const readTargetGroup: ReadResource = (facts, collected) => {
  for (const target of items(facts.value('Targets'))) {
    const reference = lambdaTarget(text(property(target, 'Id')) ?? '');
    addTrigger(
      collected,
      'loadBalancer',
      facts.text('Name') ?? facts.logicalId,
      reference,
      facts.definition(),
    );
  }
};

/** AWS::Lambda::Permission for a service whose own resource says nothing of the function. */
export const readSkill: ReadResource = (facts, collected) => {
  if (facts.text('Principal') !== 'alexa-appkit.amazon.com') return;
  const target = parseFunctionReference(facts.text('FunctionName'));
  addTrigger(collected, 'alexa', facts.text('EventSourceToken') ?? 'Alexa skill', target, facts.definition());
};
