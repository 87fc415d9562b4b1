import { gzipSync } from 'node:zlib';
import { defineSample, type Sample, type SamplePlace } from './sample.ts';
import { arn, base64, requestId } from './values.ts';

const data = '{"orderId":"order-1"}';
const sequenceNumber = '49590338271490256608559692538361571095921575989136588898';
const brokers =
  'b-1.my-cluster.abcdef.c2.kafka.us-east-1.amazonaws.com:9092,b-2.my-cluster.abcdef.c2.kafka.us-east-1.amazonaws.com:9092';

/** Streams, logs and what is measured. */
export const streamSamples: readonly Sample[] = [
  defineSample({
    id: 'kinesis:record',
    kind: 'kinesis',
    title: 'A record of a stream',
    parameters: { stream: 'my-stream', partitionKey: 'customer-1', data },
    build: ({ stream, partitionKey, data }, place) => ({
      Records: [
        {
          kinesis: {
            kinesisSchemaVersion: '1.0',
            partitionKey,
            sequenceNumber,
            data: base64(data),
            approximateArrivalTimestamp: place.time.getTime() / 1000,
          },
          eventSource: 'aws:kinesis',
          eventVersion: '1.0',
          eventID: `shardId-000000000000:${sequenceNumber}`,
          eventName: 'aws:kinesis:record',
          invokeIdentityArn: `arn:aws:iam::${place.accountId}:role/my-role`,
          awsRegion: place.region,
          eventSourceARN: arn(place, 'kinesis', `stream/${stream}`),
        },
      ],
    }),
  }),
  defineSample({
    id: 'firehose:transformation',
    kind: 'firehose',
    title: 'Records that Firehose wants transformed',
    parameters: { deliveryStream: 'my-delivery-stream', data },
    build: ({ deliveryStream, data }, place) => ({
      invocationId: requestId,
      deliveryStreamArn: arn(place, 'firehose', `deliverystream/${deliveryStream}`),
      region: place.region,
      records: [
        {
          recordId: '49546986683135544286507457936321625675700192471156785154',
          approximateArrivalTimestamp: place.time.getTime(),
          data: base64(data),
        },
      ],
    }),
  }),
  defineSample({
    id: 'kafka:record',
    kind: 'kafka',
    title: 'A record of an Amazon MSK topic',
    parameters: { cluster: 'my-cluster', topic: 'orders', key: 'customer-1', value: data },
    build: ({ cluster, topic, key, value }, place) => ({
      eventSource: 'aws:kafka',
      eventSourceArn: arn(place, 'kafka', `cluster/${cluster}/9bcfa592-423a-4942-879d-eb284b418fc8-2`),
      bootstrapServers: brokers,
      records: { [`${topic}-0`]: [kafkaRecord(topic, key, value, place)] },
    }),
  }),
  defineSample({
    id: 'self-managed-kafka:record',
    kind: 'selfManagedKafka',
    title: 'A record of a topic of your own Kafka',
    parameters: {
      bootstrapServers: 'kafka.example.org:9092',
      topic: 'orders',
      key: 'customer-1',
      value: data,
    },
    build: ({ bootstrapServers, topic, key, value }, place) => ({
      eventSource: 'SelfManagedKafka',
      bootstrapServers,
      records: { [`${topic}-0`]: [kafkaRecord(topic, key, value, place)] },
    }),
  }),
  defineSample({
    id: 'logs:subscription',
    kind: 'logs',
    title: 'Lines of a log group',
    parameters: { logGroup: '/aws/lambda/my-function', message: 'ERROR something went wrong' },
    build: ({ logGroup, message }, { accountId, time }) => ({
      awslogs: {
        data: gzipSync(
          JSON.stringify({
            messageType: 'DATA_MESSAGE',
            owner: accountId,
            logGroup,
            logStream: '2026/01/15/[$LATEST]5d6f0b3a2f0c4a8e9a530c7f6f4a9b11',
            subscriptionFilters: ['my-filter'],
            logEvents: [
              {
                id: '36580230231843412346546218931512315467891234567890123456',
                timestamp: time.getTime(),
                message,
              },
            ],
          }),
        ).toString('base64'),
      },
    }),
  }),
  defineSample({
    id: 'cloudwatch:alarm',
    kind: 'alarm',
    title: 'An alarm went off',
    parameters: {
      alarm: 'my-alarm',
      reason: 'Threshold Crossed: 1 datapoint was greater than the threshold',
    },
    build: ({ alarm, reason }, place) => ({
      source: 'aws.cloudwatch',
      alarmArn: arn(place, 'cloudwatch', `alarm:${alarm}`),
      accountId: place.accountId,
      time: place.time.toISOString().replace('Z', '+0000'),
      region: place.region,
      alarmData: {
        alarmName: alarm,
        state: { value: 'ALARM', reason, timestamp: place.time.toISOString().replace('Z', '+0000') },
        previousState: {
          value: 'OK',
          reason: 'Unchecked: Initial alarm creation',
          timestamp: new Date(place.time.getTime() - 60_000).toISOString().replace('Z', '+0000'),
        },
        configuration: {
          metrics: [
            {
              id: 'm1',
              metricStat: {
                metric: {
                  namespace: 'AWS/Lambda',
                  name: 'Errors',
                  dimensions: { FunctionName: 'my-function' },
                },
                period: 60,
                stat: 'Sum',
              },
              returnData: true,
            },
          ],
        },
      },
    }),
  }),
];

/** https://docs.aws.amazon.com/lambda/latest/dg/with-msk.html#msk-sample-event */
function kafkaRecord(topic: string, key: string, value: string, { time }: SamplePlace) {
  return {
    topic,
    partition: 0,
    offset: 15,
    timestamp: time.getTime(),
    timestampType: 'CREATE_TIME' as const,
    key: base64(key),
    value: base64(value),
    headers: [{ headerKey: [...Buffer.from('headerValue')] }],
  };
}
