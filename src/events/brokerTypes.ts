// What @types/aws-lambda has no types for.

/** https://docs.aws.amazon.com/lambda/latest/dg/with-mq.html#services-mq-exampleevents */
export interface ActiveMqEvent {
  readonly eventSource: 'aws:mq';
  readonly eventSourceArn: string;
  readonly messages: readonly ActiveMqMessage[];
}

export interface ActiveMqMessage {
  readonly messageID: string;
  readonly messageType: 'jms/text-message' | 'jms/bytes-message';
  readonly timestamp: number;
  readonly deliveryMode: number;
  readonly correlationID?: string;
  readonly replyTo?: string;
  readonly destination: { readonly physicalName: string };
  readonly redelivered: boolean;
  readonly type?: string;
  readonly expiration: number;
  readonly priority: number;
  /** Base64. */
  readonly data: string;
  readonly brokerInTime: number;
  readonly brokerOutTime: number;
  readonly properties?: { readonly [name: string]: string };
}

/** https://docs.aws.amazon.com/lambda/latest/dg/with-mq.html#services-mq-exampleevents */
export interface RabbitMqEvent {
  readonly eventSource: 'aws:rmq';
  readonly eventSourceArn: string;
  /** By queue and virtual host: `orders::/`. */
  readonly rmqMessagesByQueue: { readonly [queue: string]: readonly RabbitMqMessage[] };
}

export interface RabbitMqMessage {
  readonly basicProperties: {
    readonly contentType?: string;
    readonly contentEncoding?: string;
    readonly headers?: { readonly [name: string]: unknown };
    readonly deliveryMode?: number;
    readonly priority?: number;
    readonly correlationId?: string;
    readonly replyTo?: string;
    readonly expiration?: string;
    readonly messageId?: string;
    readonly timestamp?: string;
    readonly type?: string;
    readonly userId?: string;
    readonly appId?: string;
    readonly clusterId?: string;
    readonly bodySize?: number;
  };
  readonly redelivered: boolean;
  /** Base64. */
  readonly data: string;
}

/** https://docs.aws.amazon.com/lambda/latest/dg/with-documentdb.html#docdb-sample-event */
export interface DocumentDbEvent {
  readonly eventSource: 'aws:docdb';
  readonly eventSourceArn: string;
  readonly events: readonly { readonly event: DocumentDbChange }[];
}

export interface DocumentDbChange {
  readonly _id: { readonly _data: string };
  readonly clusterTime: { readonly $timestamp: { readonly t: number; readonly i: number } };
  readonly documentKey: { readonly _id: unknown };
  readonly fullDocument?: { readonly [name: string]: unknown };
  readonly ns: { readonly db: string; readonly coll: string };
  readonly operationType: string;
}
