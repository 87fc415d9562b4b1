import { createHash } from 'node:crypto';
import type { SQSRecord } from 'aws-lambda';
import { defineSample, type Sample, type SamplePlace } from './sample.ts';
import { arn, base64, jsonObject, messageId, requestId, sourceIp, wholeSeconds } from './values.ts';

const body = '{"orderId":"order-1"}';

/** Queues, topics, buses, brokers and mail. */
export const messagingSamples: readonly Sample[] = [
  defineSample({
    id: 'sqs:message',
    kind: 'sqs',
    title: 'A message of a queue',
    parameters: { queue: 'my-queue', body },
    build: ({ queue, body }, place) => ({ Records: [queueRecord(queue, body, place)] }),
  }),
  defineSample({
    id: 'sqs:fifo',
    kind: 'sqs',
    title: 'A message of a FIFO queue',
    parameters: { queue: 'my-queue.fifo', body, group: 'customer-1' },
    build: ({ queue, body, group }, place) => {
      const record = queueRecord(queue, body, place);
      return {
        Records: [
          {
            ...record,
            attributes: {
              ...record.attributes,
              SequenceNumber: '18849496460467696128',
              MessageGroupId: group,
              MessageDeduplicationId: createHash('sha256').update(body).digest('hex'),
            },
          },
        ],
      };
    },
  }),
  defineSample({
    id: 'sns:notification',
    kind: 'sns',
    title: 'A message of a topic',
    parameters: { topic: 'my-topic', message: body, subject: 'An order' },
    build: ({ topic, message, subject }, place) => {
      const topicArn = arn(place, 'sns', topic);
      const subscription = `${topicArn}:21be56ed-a058-49f5-8c98-aedd2564c486`;
      const endpoint = `https://sns.${place.region}.amazonaws.com/`;
      return {
        Records: [
          {
            EventSource: 'aws:sns',
            EventVersion: '1.0',
            EventSubscriptionArn: subscription,
            Sns: {
              Type: 'Notification',
              MessageId: messageId,
              TopicArn: topicArn,
              Subject: subject,
              Message: message,
              Timestamp: place.time.toISOString(),
              SignatureVersion: '1',
              Signature: 'EXAMPLE',
              SigningCertUrl: `${endpoint}SimpleNotificationService-0000000000000000000000.pem`,
              UnsubscribeUrl: `${endpoint}?Action=Unsubscribe&SubscriptionArn=${subscription}`,
              MessageAttributes: {},
            },
          },
        ],
      };
    },
  }),
  defineSample({
    id: 'eventbridge:event',
    kind: 'eventBridge',
    title: 'An event of a bus',
    parameters: { source: 'my.shop', detailType: 'OrderPlaced', detail: body },
    build: ({ source, detailType, detail }, place) => ({
      version: '0',
      id: messageId,
      'detail-type': detailType,
      source,
      account: place.accountId,
      time: wholeSeconds(place.time),
      region: place.region,
      resources: [],
      detail: jsonObject(detail),
    }),
  }),
  defineSample({
    id: 'schedule:event',
    kind: 'schedule',
    title: 'The time of a schedule has come',
    parameters: { rule: 'my-schedule' },
    build: ({ rule }, place) => ({
      version: '0',
      id: messageId,
      'detail-type': 'Scheduled Event',
      source: 'aws.events',
      account: place.accountId,
      time: wholeSeconds(place.time),
      region: place.region,
      resources: [arn(place, 'events', `rule/${rule}`)],
      detail: {},
    }),
  }),
  defineSample({
    id: 'activemq:message',
    kind: 'activeMq',
    title: 'A message of an ActiveMQ broker',
    parameters: { broker: 'my-broker', queue: 'orders', data: body },
    build: ({ broker, queue, data }, place) => ({
      eventSource: 'aws:mq',
      eventSourceArn: arn(place, 'mq', `broker:${broker}:b-9bcfa592-423a-4942-879d-eb284b418fc8`),
      messages: [
        {
          messageID:
            'ID:b-9bcfa592-423a-4942-879d-eb284b418fc8-1.mq.amazonaws.com-37557-1234520418293-4:1:1:1:1',
          messageType: 'jms/text-message',
          timestamp: place.time.getTime(),
          deliveryMode: 1,
          destination: { physicalName: queue },
          redelivered: false,
          expiration: 60_000,
          priority: 1,
          data: base64(data),
          brokerInTime: place.time.getTime(),
          brokerOutTime: place.time.getTime() + 25,
          properties: {},
        },
      ],
    }),
  }),
  defineSample({
    id: 'rabbitmq:message',
    kind: 'rabbitMq',
    title: 'A message of a RabbitMQ broker',
    parameters: { broker: 'my-broker', queue: 'orders', data: body },
    build: ({ broker, queue, data }, place) => ({
      eventSource: 'aws:rmq',
      eventSourceArn: arn(place, 'mq', `broker:${broker}:b-9bcfa592-423a-4942-879d-eb284b418fc8`),
      rmqMessagesByQueue: {
        [`${queue}::/`]: [
          {
            basicProperties: {
              contentType: 'application/json',
              headers: {},
              deliveryMode: 1,
              priority: 34,
              timestamp: 'Jan 15, 2026, 12:30:00 PM',
              bodySize: Buffer.byteLength(data),
            },
            redelivered: false,
            data: base64(data),
          },
        ],
      },
    }),
  }),
  defineSample({
    id: 'ses:received',
    kind: 'ses',
    title: 'A mail was received',
    parameters: { from: 'jane@example.com', to: 'orders@example.org', subject: 'A question' },
    build: ({ from, to, subject }, place) => {
      const date = place.time.toUTCString().replace('GMT', '+0000');
      const pass = { status: 'PASS' } as const;
      return {
        Records: [
          {
            eventSource: 'aws:ses',
            eventVersion: '1.0',
            ses: {
              mail: {
                timestamp: place.time.toISOString(),
                source: from,
                messageId: 'o3vrnil0e2ic28tr',
                destination: [to],
                headersTruncated: false,
                headers: [
                  { name: 'Return-Path', value: `<${from}>` },
                  { name: 'Received', value: `from example.com (${sourceIp}) by inbound-smtp` },
                  { name: 'From', value: from },
                  { name: 'To', value: to },
                  { name: 'Subject', value: subject },
                ],
                commonHeaders: {
                  returnPath: from,
                  from: [from],
                  date,
                  to: [to],
                  messageId: `<${requestId}@example.com>`,
                  subject,
                },
              },
              receipt: {
                timestamp: place.time.toISOString(),
                processingTimeMillis: 574,
                recipients: [to],
                spamVerdict: pass,
                virusVerdict: pass,
                spfVerdict: pass,
                dkimVerdict: pass,
                dmarcVerdict: pass,
                action: {
                  type: 'Lambda',
                  functionArn: arn(place, 'lambda', 'function:my-function'),
                  invocationType: 'Event',
                },
              },
            },
          },
        ],
      };
    },
  }),
];

/** https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html#example-standard-queue-message-event */
function queueRecord(queue: string, body: string, place: SamplePlace): SQSRecord {
  const sent = place.time.getTime();
  return {
    messageId,
    receiptHandle: 'AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a',
    body,
    attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: String(sent),
      SenderId: 'AIDAIENQZJOLO23YVJ4VO',
      ApproximateFirstReceiveTimestamp: String(sent + 11),
    },
    messageAttributes: {},
    md5OfBody: createHash('md5').update(body).digest('hex'),
    eventSource: 'aws:sqs',
    eventSourceARN: arn(place, 'sqs', queue),
    awsRegion: place.region,
  };
}
