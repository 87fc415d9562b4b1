import type { QueueDefinition, SubscriptionDefinition } from '../../../model/messaging.ts';
import type { ProjectResources } from '../../../model/projectResources.ts';
import type { Log } from '../../../shared/log.ts';
import { createBucketCall, snsCall, sqsCall } from '../calls.ts';
import type { Home } from '../front/front.ts';
import { createProvisioner, type Provisioner, type SendCall } from './provisioner.ts';

type Resources = Pick<ProjectResources, 'queues' | 'topics' | 'subscriptions' | 'buckets'>;

/** Makes the queues, topics, subscriptions and buckets that are not there, and brings the others up to date. */
export async function provisionFauxqs(
  resources: Resources,
  home: Home,
  send: SendCall,
  log: Log,
): Promise<void> {
  const provisioner = createProvisioner(send, log);
  const { resource, call } = provisioner;
  for (const queue of resources.queues) {
    await resource('queue', queue, async () => {
      const attributes = queue.fifo ? { FifoQueue: 'true' } : {};
      await call(
        sqsCall(home, 'CreateQueue', { QueueName: queue.name, Attributes: attributes }),
        'QueueNameExists',
      );
    });
  }
  // Once there is a queue for every dead letter.
  for (const queue of resources.queues) {
    await resource('queue', queue, async () => {
      await call(
        sqsCall(home, 'SetQueueAttributes', {
          QueueUrl: `http://sqs.${home.region}.localhost/${home.accountId}/${queue.name}`,
          Attributes: queueAttributes(queue),
        }),
      );
    });
  }
  for (const topic of resources.topics) {
    await resource('topic', topic, async () => {
      const attributes: Record<string, string> = topic.fifo ? { FifoTopic: 'true' } : {};
      await call(snsCall(home, 'CreateTopic', { Name: topic.name }, attributes));
    });
  }
  for (const subscription of resources.subscriptions) await subscribe(subscription, home, provisioner);
  const unheard = undelivered(resources);
  if (unheard.length > 0)
    log.warn(`These subscriptions of topics are not delivered so far: ${unheard.join(', ')}.`);
  for (const bucket of resources.buckets) {
    await resource('bucket', bucket, async () => {
      await call(createBucketCall(home, bucket.name), 'BucketAlreadyOwnedByYou');
    });
  }
}

/** What templates subscribe to topics and gets nothing; functions are told by the engine. */
export function undelivered({ subscriptions }: Pick<Resources, 'subscriptions'>): readonly string[] {
  const name = (arn: string) => arn.slice(arn.lastIndexOf(':') + 1);
  return subscriptions
    .filter(({ protocol }) => protocol !== 'sqs' && protocol !== 'lambda')
    .map(({ topicArn, endpoint }) => `${name(topicArn)} to ${name(endpoint)}`);
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html */
export function queueAttributes(queue: QueueDefinition): Readonly<Record<string, string>> {
  const { redrive } = queue;
  return {
    VisibilityTimeout: String(queue.visibilityTimeoutSeconds),
    DelaySeconds: String(queue.delaySeconds),
    MessageRetentionPeriod: String(queue.messageRetentionSeconds),
    ReceiveMessageWaitTimeSeconds: String(queue.receiveWaitSeconds),
    ...(queue.fifo ? { ContentBasedDeduplication: String(queue.contentBasedDeduplication) } : {}),
    // An empty one takes away what an earlier template said.
    RedrivePolicy: redrive === undefined ? '' : JSON.stringify(redrive),
  };
}

/** Of the protocols only this one delivers; what delivers to functions is their triggers. */
async function subscribe(
  subscription: SubscriptionDefinition,
  home: Home,
  { resource, call }: Provisioner,
): Promise<void> {
  const { topicArn, protocol, endpoint } = subscription;
  if (protocol !== 'sqs') return;
  await resource('subscription', subscription, async () => {
    const attributes = subscriptionAttributes(subscription);
    const subscribing = snsCall(
      home,
      'Subscribe',
      { TopicArn: topicArn, Protocol: protocol, Endpoint: endpoint },
      attributes,
    );
    const answer = await call(subscribing, 'already exists with different attributes');
    if (!answer.includes('already exists')) return;
    const listing = await call(snsCall(home, 'ListSubscriptionsByTopic', { TopicArn: topicArn }));
    const earlier = listing
      .split('<member>')
      .find(member => member.includes(`<Endpoint>${endpoint}</Endpoint>`));
    const [, arn] = /<SubscriptionArn>([^<]+)</.exec(earlier ?? '') ?? [];
    if (arn !== undefined) await call(snsCall(home, 'Unsubscribe', { SubscriptionArn: arn }));
    await call(subscribing);
  });
}

function subscriptionAttributes(subscription: SubscriptionDefinition): Readonly<Record<string, string>> {
  const { rawMessageDelivery, filterPolicy, filterPolicyScope, deadLetterTargetArn } = subscription;
  return {
    ...(rawMessageDelivery ? { RawMessageDelivery: 'true' } : {}),
    ...(filterPolicy === undefined
      ? {}
      : { FilterPolicy: JSON.stringify(filterPolicy), FilterPolicyScope: filterPolicyScope }),
    ...(deadLetterTargetArn === undefined ? {} : { RedrivePolicy: JSON.stringify({ deadLetterTargetArn }) }),
  };
}
