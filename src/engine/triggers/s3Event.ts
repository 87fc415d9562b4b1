import type { ObjectChange } from './objectChanges.ts';

/** What an event tells of an object beside its change. */
export interface ObjectFacts {
  /** Bytes; absent where the object is gone. */
  readonly size?: number;
  readonly eTag?: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly region: string;
  readonly accountId: string;
  /** Of the notification, where several have the same target. */
  readonly configurationId: string;
  /** Sixteen hexadecimal digits. */
  readonly requestId: string;
  /** Larger for a later change of the same object. */
  readonly sequencer: string;
}

/**
 * The event of a notification, as JSON text.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
 */
export function s3Event({ bucket, key, eventName }: ObjectChange, facts: ObjectFacts): string {
  const { size, eTag, at, region, accountId, configurationId, requestId, sequencer } = facts;
  const record = {
    eventVersion: '2.1',
    eventSource: 'aws:s3',
    awsRegion: region,
    eventTime: new Date(at).toISOString(),
    eventName,
    userIdentity: { principalId: `AWS:${accountId}` },
    requestParameters: { sourceIPAddress: '127.0.0.1' },
    responseElements: { 'x-amz-request-id': requestId.toUpperCase(), 'x-amz-id-2': requestId },
    s3: {
      s3SchemaVersion: '1.0',
      configurationId,
      bucket: { name: bucket, ownerIdentity: { principalId: accountId }, arn: `arn:aws:s3:::${bucket}` },
      object: {
        key: encodedKey(key),
        ...(size === undefined ? {} : { size }),
        ...(eTag === undefined ? {} : { eTag: eTag.replaceAll('"', '') }),
        sequencer,
      },
    },
  };
  return JSON.stringify({ Records: [record] });
}

/** As in a form: a plus for each space, and slashes as they are. */
function encodedKey(key: string): string {
  return encodeURIComponent(key).replaceAll('%20', '+').replaceAll('%2F', '/');
}
