import type { Json, NamedResource, ResourceDefinition } from './resource.ts';

/** AWS::SQS::Queue. */
export interface QueueDefinition extends NamedResource {
  readonly url: string;
  readonly fifo: boolean;
  readonly visibilityTimeoutSeconds: number;
  readonly delaySeconds: number;
  readonly messageRetentionSeconds: number;
  readonly receiveWaitSeconds: number;
  readonly contentBasedDeduplication: boolean;
  /** Where messages go that were received too often. */
  readonly redrive?: { readonly deadLetterTargetArn: string; readonly maxReceiveCount: number };
}

/** AWS::SNS::Topic. */
export interface TopicDefinition extends NamedResource {
  readonly fifo: boolean;
}

/** AWS::SNS::Subscription, or a topic's own list of them. */
export interface SubscriptionDefinition extends ResourceDefinition {
  readonly topicArn: string;
  /** For example `lambda` or `sqs`. */
  readonly protocol: string;
  /** An ARN for `lambda` and `sqs`. */
  readonly endpoint: string;
  readonly filterPolicy?: Json;
  readonly filterPolicyScope: 'MessageAttributes' | 'MessageBody';
  readonly rawMessageDelivery: boolean;
  readonly deadLetterTargetArn?: string;
}

/** AWS::Events::EventBus. The account's own bus is called `default` and is not defined. */
export type EventBusDefinition = NamedResource;

/** AWS::Events::Rule: a pattern, a schedule, or both. */
export interface RuleDefinition extends NamedResource {
  readonly eventBusName: string;
  readonly enabled: boolean;
  readonly eventPattern?: Json;
  /** `rate(...)` or `cron(...)`. */
  readonly scheduleExpression?: string;
  readonly targets: readonly RuleTarget[];
}

export interface RuleTarget extends EventInput, DeliveryPolicy {
  readonly id: string;
  readonly arn: string;
  readonly roleArn?: string;
}

/** What a target gets; absent members: the whole event. */
export interface EventInput {
  /** JSON text that is sent instead of the event. */
  readonly input?: string;
  /** A JSONPath to the part of the event that is sent. */
  readonly inputPath?: string;
  readonly inputTransformer?: {
    readonly paths: Readonly<Record<string, string>>;
    readonly template: string;
  };
}

export interface DeliveryPolicy {
  readonly deadLetterTargetArn?: string;
  readonly maximumRetryAttempts?: number;
  readonly maximumEventAgeSeconds?: number;
}

/** AWS::Scheduler::Schedule. */
export interface ScheduleDefinition extends NamedResource, DeliveryPolicy {
  readonly enabled: boolean;
  /** `rate(...)`, `cron(...)` or `at(...)`. */
  readonly scheduleExpression: string;
  readonly timezone: string;
  /** ISO 8601. */
  readonly startDate?: string;
  readonly endDate?: string;
  readonly flexibleTimeWindowMinutes?: number;
  readonly targetArn: string;
  readonly roleArn?: string;
  readonly input?: string;
}
