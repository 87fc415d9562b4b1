import { type DocNode, descendant } from '../../document/sourceDocument.ts';
import { has, permit, type SamEvent } from './samEvent.ts';

/** A topic that invokes the function, directly or through a queue between the two. */
export function expandSnsEvent(event: SamEvent): void {
  if (!has(event, 'Topic')) return;
  const { own, target } = event;
  const through = own('SqsSubscription');
  if (!through || event.expansion.flag(through) === false) {
    permit(event, 'sns.amazonaws.com', { SourceArn: own('Topic') });
    subscribe(event, 'lambda', target.arn);
    return;
  }
  const { arn, url } = queueBetween(event, through);
  subscribe(event, 'sqs', arn);
  letTopicSend(event, through, arn, url);
  event.expansion.add(
    `${event.logicalId}EventSourceMapping`,
    'AWS::Lambda::EventSourceMapping',
    event.build.map({
      FunctionName: target.name,
      EventSourceArn: arn,
      BatchSize: descendant(through, 'BatchSize') ?? 10,
      Enabled: true,
    }),
    event.place,
  );
  event.role.allowPolling('SQS', arn, event.place);
}

function subscribe(
  { own, build, expansion, logicalId, place }: SamEvent,
  protocol: string,
  endpoint: DocNode,
): void {
  expansion.add(
    logicalId,
    'AWS::SNS::Subscription',
    build.map({
      Protocol: protocol,
      Endpoint: endpoint,
      TopicArn: own('Topic'),
      Region: own('Region'),
      FilterPolicy: own('FilterPolicy'),
      FilterPolicyScope: own('FilterPolicyScope'),
      RedrivePolicy: own('RedrivePolicy'),
    }),
    place,
  );
}

/** `SqsSubscription: true` makes a queue; a map names one. */
function queueBetween(event: SamEvent, through: DocNode): { arn: DocNode; url: DocNode } {
  const { build, expansion, logicalId, place } = event;
  const arn = descendant(through, 'QueueArn');
  const url = descendant(through, 'QueueUrl');
  if (arn && url) return { arn, url };
  if (through.kind === 'map') {
    expansion.error(
      'SqsSubscription needs both QueueArn and QueueUrl, or just true for a queue of its own.',
      through,
    );
  }
  const queueId = `${logicalId}Queue`;
  const topicId = expansion.resourceOf(event.own('Topic'));
  const topic = topicId === undefined ? undefined : expansion.scope.resources.get(topicId);
  const fifo = descendant(topic?.node, 'Properties', 'FifoTopic');
  expansion.add(queueId, 'AWS::SQS::Queue', build.map({ FifoQueue: fifo }), place);
  return { arn: build.attribute(queueId, 'Arn'), url: build.ref(queueId) };
}

function letTopicSend(event: SamEvent, through: DocNode, arn: DocNode, url: DocNode): void {
  const { build, expansion, logicalId, place, own } = event;
  const policyId = expansion.text(descendant(through, 'QueuePolicyLogicalId')) ?? `${logicalId}QueuePolicy`;
  const statement = build.map({
    Effect: 'Allow',
    Action: 'sqs:SendMessage',
    Principal: '*',
    Resource: arn,
    Condition: build.map({ ArnEquals: build.map({ 'aws:SourceArn': own('Topic') }) }),
  });
  expansion.add(
    policyId,
    'AWS::SQS::QueuePolicy',
    build.map({
      Queues: build.seq([url]),
      PolicyDocument: build.map({ Version: '2012-10-17', Statement: build.seq([statement]) }),
    }),
    place,
  );
}
