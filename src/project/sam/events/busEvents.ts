import { type DocNode, descendant } from '../../document/sourceDocument.ts';
import { has, permit, type SamEvent } from './samEvent.ts';

/** `Schedule`: a rule of the default bus with a schedule. */
export function expandScheduleEvent(event: SamEvent): void {
  if (!has(event, 'Schedule')) return;
  const { own } = event;
  writeRule(event, {
    ScheduleExpression: own('Schedule'),
    Name: own('Name'),
    Description: own('Description'),
  });
}

/** `EventBridgeRule`, and `CloudWatchEvent`, which is its older name. */
export function expandBusEvent(event: SamEvent): void {
  if (!has(event, 'Pattern')) return;
  const { own } = event;
  writeRule(event, {
    EventBusName: own('EventBusName'),
    EventPattern: own('Pattern'),
    Name: own('RuleName'),
  });
}

function writeRule(event: SamEvent, properties: Readonly<Record<string, DocNode | undefined>>): void {
  const { own, build, target, expansion, logicalId, place } = event;
  const ruleArn = build.attribute(logicalId, 'Arn');
  const deadLetters = deadLetterQueue(event, ruleArn);
  const ruleTarget = build.map({
    Arn: target.arn,
    Id: descendant(own('Target'), 'Id') ?? `${logicalId}LambdaTarget`,
    Input: own('Input'),
    InputPath: own('InputPath'),
    InputTransformer: own('InputTransformer'),
    RetryPolicy: own('RetryPolicy'),
    DeadLetterConfig: deadLetters && build.map({ Arn: deadLetters }),
  });
  expansion.add(
    logicalId,
    'AWS::Events::Rule',
    build.map({ ...properties, State: stateOf(event), Targets: build.seq([ruleTarget]) }),
    place,
  );
  permit(event, 'events.amazonaws.com', { SourceArn: ruleArn });
}

/** `ScheduleV2`: a schedule of EventBridge Scheduler, which invokes under a role of its own. */
export function expandSchedulerEvent(event: SamEvent): void {
  if (!has(event, 'ScheduleExpression')) return;
  const { own, build, target, expansion, logicalId, place } = event;
  const deadLetters = deadLetterQueue(event, undefined);
  const roleArn = own('RoleArn') ?? schedulerRole(event, deadLetters);
  const omitsName = expansion.flag(own('OmitName')) === true;
  expansion.add(
    logicalId,
    'AWS::Scheduler::Schedule',
    build.map({
      Name: own('Name') ?? (omitsName ? undefined : logicalId),
      Description: own('Description'),
      ScheduleExpression: own('ScheduleExpression'),
      ScheduleExpressionTimezone: own('ScheduleExpressionTimezone'),
      StartDate: own('StartDate'),
      EndDate: own('EndDate'),
      GroupName: own('GroupName'),
      State: own('State'),
      FlexibleTimeWindow: own('FlexibleTimeWindow') ?? build.map({ Mode: 'OFF' }),
      Target: build.map({
        Arn: target.arn,
        RoleArn: roleArn,
        Input: own('Input'),
        RetryPolicy: own('RetryPolicy'),
        DeadLetterConfig: deadLetters && build.map({ Arn: deadLetters }),
      }),
    }),
    place,
  );
}

function schedulerRole(event: SamEvent, deadLetters: DocNode | undefined): DocNode {
  const { own, build, target, expansion, logicalId, place } = event;
  const policy = (suffix: string, action: string, resource: DocNode) => {
    const statement = build.map({ Effect: 'Allow', Action: action, Resource: resource });
    const document = build.map({ Statement: build.seq([statement]) });
    return build.map({ PolicyName: `${logicalId}${suffix}`, PolicyDocument: document });
  };
  const trust = build.map({
    Effect: 'Allow',
    Action: build.seq([build.scalar('sts:AssumeRole')]),
    Principal: build.map({ Service: build.seq([build.scalar('scheduler.amazonaws.com')]) }),
  });
  const policies = [policy('LambdaPolicy', 'lambda:InvokeFunction', target.arn)];
  if (deadLetters) policies.push(policy('SQSPolicy', 'sqs:SendMessage', deadLetters));
  expansion.add(
    `${logicalId}Role`,
    'AWS::IAM::Role',
    build.map({
      AssumeRolePolicyDocument: build.map({ Version: '2012-10-17', Statement: build.seq([trust]) }),
      Policies: build.seq(policies),
      PermissionsBoundary: own('PermissionsBoundary'),
    }),
    place,
  );
  return build.attribute(`${logicalId}Role`, 'Arn');
}

/** `DeadLetterConfig` names a queue, or has SAM make one; a rule, unlike a schedule, needs the queue's leave. */
function deadLetterQueue(event: SamEvent, ruleArn: DocNode | undefined): DocNode | undefined {
  const { own, build, expansion, logicalId, place } = event;
  const config = own('DeadLetterConfig');
  const given = descendant(config, 'Arn');
  if (!config || given) return given;
  const queueId = expansion.text(descendant(config, 'QueueLogicalId')) ?? `${logicalId}Queue`;
  expansion.add(queueId, 'AWS::SQS::Queue', build.map({}), place);
  const queueArn = build.attribute(queueId, 'Arn');
  if (!ruleArn) return queueArn;
  const statement = build.map({
    Effect: 'Allow',
    Action: 'sqs:SendMessage',
    Principal: build.map({ Service: 'events.amazonaws.com' }),
    Resource: queueArn,
    Condition: build.map({ ArnEquals: build.map({ 'aws:SourceArn': ruleArn }) }),
  });
  expansion.add(
    `${logicalId}QueuePolicy`,
    'AWS::SQS::QueuePolicy',
    build.map({
      Queues: build.seq([build.ref(queueId)]),
      PolicyDocument: build.map({ Version: '2012-10-17', Statement: build.seq([statement]) }),
    }),
    place,
  );
  return queueArn;
}

function stateOf({ own, build, expansion }: SamEvent): DocNode | undefined {
  const enabled = own('Enabled');
  if (!enabled) return own('State');
  return build.scalar(expansion.flag(enabled) === false ? 'DISABLED' : 'ENABLED');
}
