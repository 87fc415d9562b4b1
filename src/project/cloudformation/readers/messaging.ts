import type { DeliveryPolicy, EventInput, RuleTarget } from '../../../model/messaging.ts';
import { defined } from '../../defined.ts';
import { entries, items, numberOf, property, text, type Value } from '../../intrinsics/value.ts';
import { parseFunctionReference } from '../functionReference.ts';
import { addTrigger, type ReadResource } from './collected.ts';
import type { Facts } from './facts.ts';

/** Name and ARN of a resource that others name by its ARN. */
export function namesOf(facts: Facts): { readonly name: string; readonly arn: string } {
  const arn = facts.identity?.arn ?? '';
  return { name: arn.split(/[:/]/).at(-1) ?? facts.logicalId, arn };
}

/** AWS::SQS::Queue. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html */
export const readQueue: ReadResource = (facts, { resources }) => {
  const target = text(facts.value('RedrivePolicy', 'deadLetterTargetArn'));
  const count = numberOf(facts.value('RedrivePolicy', 'maxReceiveCount'));
  facts.place('redrive', facts.value('RedrivePolicy'));
  facts.place('name', facts.value('QueueName'));
  resources.queues.push({
    ...namesOf(facts),
    url: facts.identity?.ref ?? '',
    fifo: facts.flag('FifoQueue', 'fifo') ?? false,
    visibilityTimeoutSeconds: facts.number('VisibilityTimeout', 'visibilityTimeoutSeconds') ?? 30,
    delaySeconds: facts.number('DelaySeconds') ?? 0,
    messageRetentionSeconds: facts.number('MessageRetentionPeriod', 'messageRetentionSeconds') ?? 345_600,
    receiveWaitSeconds: facts.number('ReceiveMessageWaitTimeSeconds', 'receiveWaitSeconds') ?? 0,
    contentBasedDeduplication: facts.flag('ContentBasedDeduplication') ?? false,
    ...(target !== undefined && { redrive: { deadLetterTargetArn: target, maxReceiveCount: count ?? 10 } }),
    ...facts.definition(),
  });
};

/** AWS::SNS::Topic, with the subscriptions that it lists itself. */
export const readTopic: ReadResource = (facts, collected) => {
  facts.place('name', facts.value('TopicName'));
  const topic = { ...namesOf(facts), fifo: facts.flag('FifoTopic', 'fifo') ?? false, ...facts.definition() };
  collected.resources.topics.push(topic);
  for (const subscription of items(facts.value('Subscription'))) {
    const protocol = text(property(subscription, 'Protocol'));
    const endpoint = text(property(subscription, 'Endpoint'));
    if (protocol === undefined || endpoint === undefined) continue;
    collected.resources.subscriptions.push({
      topicArn: topic.arn,
      protocol,
      endpoint,
      filterPolicyScope: 'MessageAttributes',
      rawMessageDelivery: false,
      ...facts.definition(),
    });
    if (protocol === 'lambda')
      addTrigger(collected, 'sns', topic.name, parseFunctionReference(endpoint), topic);
  }
};

/** AWS::SNS::Subscription. */
export const readSubscription: ReadResource = (facts, collected) => {
  const topicArn = facts.text('TopicArn');
  const protocol = facts.text('Protocol');
  const endpoint = facts.text('Endpoint');
  if (topicArn === undefined || protocol === undefined || endpoint === undefined) {
    return facts.error(`${facts.address} needs a TopicArn, a Protocol and an Endpoint.`);
  }
  const filterPolicy = facts.json('FilterPolicy');
  const deadLetters = text(facts.value('RedrivePolicy', 'deadLetterTargetArn'));
  const definition = {
    topicArn,
    protocol,
    endpoint,
    ...defined({ filterPolicy }),
    filterPolicyScope:
      facts.choice('FilterPolicyScope', ['MessageAttributes', 'MessageBody']) ?? 'MessageAttributes',
    rawMessageDelivery: facts.flag('RawMessageDelivery') ?? false,
    ...defined({ deadLetterTargetArn: deadLetters }),
    ...facts.definition(),
  };
  collected.resources.subscriptions.push(definition);
  const label = topicArn.split(':').at(-1) ?? topicArn;
  if (protocol === 'lambda')
    addTrigger(collected, 'sns', label, parseFunctionReference(endpoint), definition);
};

/** AWS::Events::EventBus. */
export const readEventBus: ReadResource = (facts, { resources }) => {
  resources.eventBuses.push({ ...namesOf(facts), ...facts.definition() });
};

/** AWS::Events::Rule. */
export const readRule: ReadResource = (facts, collected) => {
  const bus = facts.text('EventBusName');
  const eventPattern = facts.json('EventPattern');
  const scheduleExpression = facts.text('ScheduleExpression');
  if (eventPattern === undefined && scheduleExpression === undefined) {
    facts.error(`${facts.address} needs an EventPattern or a ScheduleExpression.`);
  }
  const definition = {
    ...namesOf(facts),
    eventBusName: bus === undefined ? 'default' : (bus.split('/').at(-1) ?? bus),
    enabled: facts.text('State', 'enabled') !== 'DISABLED',
    ...defined({ eventPattern, scheduleExpression }),
    targets: items(facts.value('Targets')).map(targetOf),
    ...facts.definition(),
  };
  collected.resources.rules.push(definition);
  const kind = scheduleExpression === undefined ? 'eventBridge' : 'schedule';
  for (const { arn } of definition.targets) {
    addTrigger(collected, kind, scheduleExpression ?? definition.name, lambdaTarget(arn), definition);
  }
};

/** A target names a function by its ARN; the ARN of anything else is not one. */
export function lambdaTarget(arn: string) {
  return arn.startsWith('arn:') ? parseFunctionReference(arn) : undefined;
}

function targetOf(target: Value): RuleTarget {
  const roleArn = text(property(target, 'RoleArn'));
  return {
    id: text(property(target, 'Id')) ?? '',
    arn: text(property(target, 'Arn')) ?? '',
    ...defined({ roleArn }),
    ...inputOf(target),
    ...deliveryOf(target),
  };
}

function inputOf(target: Value): EventInput {
  const input = text(property(target, 'Input'));
  const inputPath = text(property(target, 'InputPath'));
  const transformer = property(target, 'InputTransformer');
  const paths = entries(property(transformer, 'InputPathsMap')).map(([name, path]) => [
    name,
    text(path) ?? '',
  ]);
  const template = text(property(transformer, 'InputTemplate')) ?? '';
  return {
    ...defined({ input, inputPath }),
    ...(transformer && { inputTransformer: { paths: Object.fromEntries(paths), template } }),
  };
}

function deliveryOf(target: Value | undefined): DeliveryPolicy {
  const deadLetters = text(property(target, 'DeadLetterConfig', 'Arn'));
  const retries = numberOf(property(target, 'RetryPolicy', 'MaximumRetryAttempts'));
  const age = numberOf(property(target, 'RetryPolicy', 'MaximumEventAgeInSeconds'));
  return {
    ...defined({
      deadLetterTargetArn: deadLetters,
      maximumRetryAttempts: retries,
      maximumEventAgeSeconds: age,
    }),
  };
}

/** AWS::Scheduler::Schedule. */
export const readSchedule: ReadResource = (facts, collected) => {
  const scheduleExpression = facts.text('ScheduleExpression');
  const targetArn = facts.text('Target.Arn', 'targetArn');
  if (scheduleExpression === undefined || targetArn === undefined) {
    return facts.error(`${facts.address} needs a ScheduleExpression and a Target with an Arn.`);
  }
  const startDate = facts.text('StartDate');
  const endDate = facts.text('EndDate');
  const window = facts.number('FlexibleTimeWindow.MaximumWindowInMinutes', 'flexibleTimeWindowMinutes');
  const roleArn = facts.text('Target.RoleArn', 'roleArn');
  const input = facts.text('Target.Input', 'input');
  const definition = {
    ...namesOf(facts),
    enabled: facts.text('State', 'enabled') !== 'DISABLED',
    scheduleExpression,
    timezone: facts.text('ScheduleExpressionTimezone', 'timezone') ?? 'UTC',
    ...defined({ startDate, endDate, flexibleTimeWindowMinutes: window }),
    targetArn,
    ...defined({ roleArn, input }),
    ...deliveryOf(facts.value('Target')),
    ...facts.definition(),
  };
  collected.resources.schedules.push(definition);
  addTrigger(collected, 'schedule', scheduleExpression, lambdaTarget(targetArn), definition);
};
