import type { SourceRange } from './source.ts';

/** One way in which a function is invoked, for lists and icons; `logicalId` names the definition with the details. */
export interface Trigger {
  readonly kind: TriggerKind;
  readonly functionName: string;
  /** Absent: `$LATEST`. */
  readonly qualifier?: string;
  /** For people: `POST /orders`, `rate(5 minutes)`, the name of a queue. */
  readonly label: string;
  /** Of the route, mapping, notification, subscription, rule, schedule or URL; see `stackId`. */
  readonly logicalId: string;
  readonly stackId: string;
  readonly definedAt: SourceRange;
}

export type TriggerKind =
  | 'restApi'
  | 'httpApi'
  | 'webSocket'
  | 'functionUrl'
  | 'authorizer'
  | 'loadBalancer'
  | 's3'
  | 'sns'
  | 'eventBridge'
  | 'schedule'
  | 'sqs'
  | 'kinesis'
  | 'dynamodb'
  | 'kafka'
  | 'mq'
  | 'documentdb'
  | 'logs'
  | 'cognito'
  | 'iot'
  | 'alexa'
  | 'other';
