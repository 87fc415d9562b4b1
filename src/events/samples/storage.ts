import type { DynamoDBRecord, S3EventRecord } from 'aws-lambda';
import { defineSample, type Sample, type SamplePlace } from './sample.ts';
import { arn, requestId, sourceIp, wholeSeconds } from './values.ts';

const object = { bucket: 'my-bucket', key: 'photos/cat.jpg', size: '1024' };
const item = { table: 'orders', keyName: 'id', key: 'order-1', attribute: 'status' };

/** Buckets, tables and databases. */
export const storageSamples: readonly Sample[] = [
  defineSample({
    id: 's3:put',
    kind: 's3',
    title: 'An object was written',
    parameters: object,
    build: (parameters, place) => ({ Records: [s3Record('ObjectCreated:Put', parameters, place)] }),
  }),
  defineSample({
    id: 's3:delete',
    kind: 's3',
    title: 'An object was deleted',
    parameters: { bucket: object.bucket, key: object.key },
    build: (parameters, place) => ({
      Records: [s3Record('ObjectRemoved:Delete', { ...parameters, size: '0' }, place)],
    }),
  }),
  defineSample({
    id: 's3-eventbridge:created',
    kind: 's3EventBridge',
    title: 'An object was written (through EventBridge)',
    parameters: object,
    build: ({ bucket, key, size }, { region, accountId, time }) => ({
      version: '0',
      id: '17793124-05d4-b198-2fde-7ededc63b103',
      'detail-type': 'Object Created',
      source: 'aws.s3',
      account: accountId,
      time: wholeSeconds(time),
      region,
      resources: [`arn:aws:s3:::${bucket}`],
      detail: {
        version: '0',
        bucket: { name: bucket },
        object: {
          key,
          size: Number(size),
          etag: 'b57f9512698f4b09e608f4f2a65852e5',
          'version-id': 'IYV3p45BT0ac8hjHg1houSdS1a.Mro8e',
          sequencer: '00617F08299329D189',
        },
        'request-id': 'N4N7GDK58NMKJ12R',
        requester: accountId,
        'source-ip-address': sourceIp,
        reason: 'PutObject',
      },
    }),
  }),
  defineSample({
    id: 's3-batch:task',
    kind: 's3Batch',
    title: 'A task of an S3 Batch Operations job',
    parameters: { bucket: object.bucket, key: object.key },
    build: ({ bucket, key }) => ({
      invocationSchemaVersion: '1.0',
      invocationId: 'YXNkbGZqYWRmaiBhc2RmdW9hZHNmZGpmaGFzbGtkaGZza2RmaAo',
      job: { id: 'f3cc4f60-61f6-4a2b-8a21-d07600c373ce' },
      tasks: [
        {
          taskId: 'dGFza2lkZ29lc2hlcmUK',
          s3Key: urlEncodedKey(key),
          s3VersionId: null,
          s3BucketArn: `arn:aws:s3:::${bucket}`,
        },
      ],
    }),
  }),
  defineSample({
    id: 'dynamodb:insert',
    kind: 'dynamodb',
    title: 'An item was created',
    parameters: { ...item, value: 'new' },
    build: ({ keyName, key, attribute, value, table }, place) => ({
      Records: [
        tableRecord('INSERT', table, place, {
          Keys: { [keyName]: { S: key } },
          NewImage: { [keyName]: { S: key }, [attribute]: { S: value } },
        }),
      ],
    }),
  }),
  defineSample({
    id: 'dynamodb:modify',
    kind: 'dynamodb',
    title: 'An item was changed',
    parameters: { ...item, before: 'new', after: 'paid' },
    build: ({ keyName, key, attribute, before, after, table }, place) => ({
      Records: [
        tableRecord('MODIFY', table, place, {
          Keys: { [keyName]: { S: key } },
          OldImage: { [keyName]: { S: key }, [attribute]: { S: before } },
          NewImage: { [keyName]: { S: key }, [attribute]: { S: after } },
        }),
      ],
    }),
  }),
  defineSample({
    id: 'dynamodb:expire',
    kind: 'dynamodb',
    title: 'An item was removed by its time to live',
    parameters: { ...item, value: 'paid' },
    build: ({ keyName, key, attribute, value, table }, place) => ({
      Records: [
        {
          ...tableRecord('REMOVE', table, place, {
            Keys: { [keyName]: { S: key } },
            OldImage: { [keyName]: { S: key }, [attribute]: { S: value } },
          }),
          userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' },
        },
      ],
    }),
  }),
  defineSample({
    id: 'documentdb:insert',
    kind: 'documentdb',
    title: 'A document was created in DocumentDB',
    parameters: { cluster: 'my-cluster', database: 'shop', collection: 'orders', id: 'order-1' },
    build: ({ cluster, database, collection, id }, place) => ({
      eventSource: 'aws:docdb',
      eventSourceArn: arn(place, 'rds', `cluster:${cluster}`),
      events: [
        {
          event: {
            _id: { _data: '0163eeb6e7000000090100000009000041e1' },
            clusterTime: { $timestamp: { t: Math.floor(place.time.getTime() / 1000), i: 9 } },
            documentKey: { _id: id },
            fullDocument: { _id: id, status: 'new' },
            ns: { db: database, coll: collection },
            operationType: 'insert',
          },
        },
      ],
    }),
  }),
];

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html */
function s3Record(
  eventName: string,
  { bucket, key, size }: Readonly<Record<'bucket' | 'key' | 'size', string>>,
  { region, time }: SamplePlace,
): S3EventRecord {
  const isCreated = eventName.startsWith('ObjectCreated');
  return {
    eventVersion: '2.1',
    eventSource: 'aws:s3',
    awsRegion: region,
    eventTime: time.toISOString(),
    eventName,
    userIdentity: { principalId: 'AWS:AIDAINPONIXQXHT3IKHL2' },
    requestParameters: { sourceIPAddress: sourceIp },
    responseElements: {
      'x-amz-request-id': 'C3D13FE58DE4C810',
      'x-amz-id-2': 'FMyUVURIY8/IgAtTv8xRjskZQpcIZ9KG4V5Wp6S7S/JRWeUWerMUE5JgHvANOjpD',
    },
    s3: {
      s3SchemaVersion: '1.0',
      configurationId: requestId,
      bucket: {
        name: bucket,
        ownerIdentity: { principalId: 'A3NL1KOZZKExample' },
        arn: `arn:aws:s3:::${bucket}`,
      },
      object: {
        key: urlEncodedKey(key),
        size: Number(size),
        eTag: isCreated ? 'd41d8cd98f00b204e9800998ecf8427e' : '',
        sequencer: '0055AED6DCD90281E5',
      },
    },
  };
}

/** S3 encodes keys in events as a form's values are: a space is a plus. */
function urlEncodedKey(key: string): string {
  return key
    .split('/')
    .map(part => encodeURIComponent(part).replaceAll('%20', '+'))
    .join('/');
}

function tableRecord(
  eventName: 'INSERT' | 'MODIFY' | 'REMOVE',
  table: string,
  place: SamplePlace,
  images: Pick<NonNullable<DynamoDBRecord['dynamodb']>, 'Keys' | 'NewImage' | 'OldImage'>,
): DynamoDBRecord {
  return {
    eventID: 'c4ca4238a0b923820dcc509a6f75849b',
    eventName,
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: place.region,
    dynamodb: {
      ApproximateCreationDateTime: Math.floor(place.time.getTime() / 1000),
      ...images,
      SequenceNumber: '4421584500000000017450439091',
      SizeBytes: 59,
      StreamViewType: 'NEW_AND_OLD_IMAGES',
    },
    eventSourceARN: arn(place, 'dynamodb', `table/${table}/stream/2026-01-01T00:00:00.000`),
  };
}
