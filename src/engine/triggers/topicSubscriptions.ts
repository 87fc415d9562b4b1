import type { SubscriptionDefinition } from '../../model/messaging.ts';
import type { Clock } from '../../shared/clock.ts';
import { messageOf } from '../../shared/errors.ts';
import type { Log } from '../../shared/log.ts';
import type { Sender } from '../invoke/async/sender.ts';
import { parseTarget } from '../invoke/async/targets.ts';
import { type EventPattern, parsePattern } from '../patterns/eventPattern.ts';
import { type JsonValue, parseJsonValue } from '../patterns/jsonValue.ts';
import { attributeValues, type PublishedMessage } from './publishedMessages.ts';

export interface TopicSubscriptionsParts {
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
  readonly send: Sender;
}

/** Tells the functions that a template subscribes to topics; queues are told by SNS itself. */
export interface TopicSubscriptions {
  update(definitions: readonly SubscriptionDefinition[]): void;
  /** Settles when every function has been told, or the log says why not. */
  published(message: PublishedMessage): Promise<void>;
}

interface Subscription {
  readonly definition: SubscriptionDefinition;
  readonly isFor: EventPattern;
}

export function createTopicSubscriptions({ clock, log, send }: TopicSubscriptionsParts): TopicSubscriptions {
  let subscriptions: readonly Subscription[] = [];

  async function tell({ definition }: Subscription, message: PublishedMessage): Promise<void> {
    const { topicArn, endpoint, deadLetterTargetArn } = definition;
    const target = parseTarget(endpoint);
    const body = snsEvent(message, subscriptionArn(definition), clock.now());
    const outcome = target ? await send(target, { body }) : undefined;
    if (outcome?.kind === 'sent') return;
    const reason = outcome?.reason ?? 'its ARN is not known before deployment.';
    const dead = deadLetterTargetArn === undefined ? undefined : parseTarget(deadLetterTargetArn);
    if (dead && (await send(dead, { body })).kind === 'sent') return;
    log.warn(`A message of ${topicArn} was not told to ${endpoint}: ${reason}`);
  }

  return {
    update(definitions) {
      subscriptions = definitions.flatMap((definition): readonly Subscription[] => {
        const { protocol, filterPolicy } = definition;
        if (protocol !== 'lambda') return [];
        try {
          const isFor = filterPolicy === undefined ? () => true : parsePattern(JSON.stringify(filterPolicy));
          return [{ definition, isFor }];
        } catch (error) {
          const { file, startLine } = definition.definedAt;
          log.warn(`${file}:${startLine}: the subscription is not followed. ${messageOf(error)}`);
          return [];
        }
      });
    },
    async published(message) {
      const wanted = subscriptions.filter(
        ({ definition, isFor }) =>
          definition.topicArn === message.topicArn && isFor(matchedPart(definition, message)),
      );
      for (const subscription of wanted) await tell(subscription, message);
    },
  };
}

/** https://docs.aws.amazon.com/sns/latest/dg/sns-message-filtering.html */
function matchedPart({ filterPolicyScope }: SubscriptionDefinition, message: PublishedMessage): JsonValue {
  if (filterPolicyScope === 'MessageAttributes') return attributeValues(message);
  try {
    return parseJsonValue(message.message);
  } catch {
    return null;
  }
}

/** The same for as long as the template says the same. */
function subscriptionArn({ topicArn, logicalId }: SubscriptionDefinition): string {
  return `${topicArn}:${logicalId}`;
}

/** https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html */
function snsEvent(message: PublishedMessage, arn: string, now: number): string {
  const { topicArn, messageId, subject, attributes } = message;
  const region = topicArn.split(':')[3];
  const endpoint = `https://sns.${region}.amazonaws.com/`;
  return JSON.stringify({
    Records: [
      {
        EventSource: 'aws:sns',
        EventVersion: '1.0',
        EventSubscriptionArn: arn,
        Sns: {
          Type: 'Notification',
          MessageId: messageId,
          TopicArn: topicArn,
          Subject: subject ?? null,
          Message: message.message,
          Timestamp: new Date(now).toISOString(),
          SignatureVersion: '1',
          // Nobody has signed it: there is no key of AWS here.
          Signature: 'EXAMPLE',
          SigningCertUrl: `${endpoint}SimpleNotificationService-0000000000000000000000.pem`,
          UnsubscribeUrl: `${endpoint}?Action=Unsubscribe&SubscriptionArn=${arn}`,
          MessageAttributes: Object.fromEntries(
            Object.entries(attributes).map(([name, { type, value }]) => [name, { Type: type, Value: value }]),
          ),
        },
      },
    ],
  });
}
