import type { NamedResource, ResourceDefinition } from './resource.ts';

/** AWS::S3::Bucket. */
export interface BucketDefinition extends NamedResource {
  readonly versioning: boolean;
  /** Every event also goes to the default event bus. */
  readonly eventBridge: boolean;
}

/** One entry of a bucket's NotificationConfiguration. */
export interface BucketNotificationDefinition extends ResourceDefinition {
  readonly bucketName: string;
  /** For example `s3:ObjectCreated:*`. */
  readonly events: readonly string[];
  readonly prefix?: string;
  readonly suffix?: string;
  /** Of a function, with its qualifier if there is one, a queue or a topic. */
  readonly targetArn: string;
}

/** AWS::Kinesis::Stream. */
export interface StreamDefinition extends NamedResource {
  readonly mode: 'PROVISIONED' | 'ON_DEMAND';
  /** Absent for streams on demand. */
  readonly shardCount?: number;
  readonly retentionHours: number;
}

/** AWS::DynamoDB::Table and AWS::Serverless::SimpleTable. */
export interface TableDefinition extends NamedResource {
  readonly attributes: readonly { readonly name: string; readonly type: 'S' | 'N' | 'B' }[];
  readonly keys: readonly TableKey[];
  readonly globalIndexes: readonly TableIndex[];
  readonly localIndexes: readonly TableIndex[];
  /** Present where the table has a stream. */
  readonly stream?: {
    readonly arn: string;
    readonly viewType: 'KEYS_ONLY' | 'NEW_IMAGE' | 'OLD_IMAGE' | 'NEW_AND_OLD_IMAGES';
  };
  readonly timeToLiveAttribute?: string;
}

export interface TableKey {
  readonly attribute: string;
  readonly type: 'HASH' | 'RANGE';
}

export interface TableIndex {
  readonly name: string;
  readonly keys: readonly TableKey[];
}
