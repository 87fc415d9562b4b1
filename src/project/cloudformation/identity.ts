import type { ProjectSettings } from '../settings.ts';

/** What references to a resource come to on the local engine, where every name is known beforehand. */
export interface Identity {
  /** What `Ref` returns. */
  readonly ref: string;
  readonly arn?: string;
  /** Further attributes of `Fn::GetAtt`. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** Reads a property of the resource as text; undefined where it has none. */
export type PropertyReader = (name: string) => string | undefined;

type Identify = (
  name: (property: string) => string,
  settings: ProjectSettings,
  property: PropertyReader,
  logicalId: string,
) => Identity;

/**
 * A resource is called by its literal name, else by its logical id; both ends of a reference then agree.
 * A type that is not in the table is known by its logical id alone.
 */
export function identify(
  type: string,
  logicalId: string,
  property: PropertyReader,
  settings: ProjectSettings,
): Identity {
  const name = (key: string) => property(key) ?? logicalId;
  return (identities[type] ?? unnamed)(name, settings, property, logicalId);
}

/** Ids in the form of AWS (`subnet-...`), but readable: the letters and digits of the logical id. */
export function physicalId(prefix: string, logicalId: string): string {
  return `${prefix}-${logicalId.toLowerCase().replace(/[^0-9a-z]/g, '')}`;
}

const unnamed: Identify = (_name, _settings, _property, logicalId) => ({ ref: logicalId, attributes: {} });

function byArn(service: string, resource: (name: string) => string, nameProperty: string): Identify {
  return (name, { region, accountId }) => {
    const arn = `arn:aws:${service}:${region}:${accountId}:${resource(name(nameProperty))}`;
    return { ref: name(nameProperty), arn, attributes: { Arn: arn } };
  };
}

function byId(prefix: string, idAttribute?: string): Identify {
  return (_name, _settings, _property, logicalId) => {
    const id = physicalId(prefix, logicalId);
    return { ref: id, attributes: idAttribute ? { [idAttribute]: id } : {} };
  };
}

const lambdaFunction = byArn('lambda', name => `function:${name}`, 'FunctionName');

const queue: Identify = (name, { region, accountId }, property) => {
  const base = name('QueueName');
  const queueName = property('FifoQueue') === 'true' && !base.endsWith('.fifo') ? `${base}.fifo` : base;
  const url = `https://sqs.${region}.amazonaws.com/${accountId}/${queueName}`;
  const arn = `arn:aws:sqs:${region}:${accountId}:${queueName}`;
  return { ref: url, arn, attributes: { Arn: arn, QueueName: queueName, QueueUrl: url } };
};

const topic: Identify = (name, { region, accountId }, property) => {
  const base = name('TopicName');
  const topicName = property('FifoTopic') === 'true' && !base.endsWith('.fifo') ? `${base}.fifo` : base;
  const arn = `arn:aws:sns:${region}:${accountId}:${topicName}`;
  return { ref: arn, arn, attributes: { TopicArn: arn, TopicName: topicName } };
};

/** Bucket names have no capitals. https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const bucket: Identify = (name, { region }, property) => {
  const bucketName = property('BucketName') ?? name('BucketName').toLowerCase();
  const arn = `arn:aws:s3:::${bucketName}`;
  return {
    ref: bucketName,
    arn,
    attributes: {
      Arn: arn,
      DomainName: `${bucketName}.s3.amazonaws.com`,
      RegionalDomainName: `${bucketName}.s3.${region}.amazonaws.com`,
      WebsiteURL: `http://${bucketName}.s3-website-${region}.amazonaws.com`,
    },
  };
};

const table: Identify = (name, { region, accountId }) => {
  const arn = `arn:aws:dynamodb:${region}:${accountId}:table/${name('TableName')}`;
  return {
    ref: name('TableName'),
    arn,
    attributes: { Arn: arn, StreamArn: `${arn}/stream/2015-07-27T00:00:00.000` },
  };
};

const role: Identify = (name, { accountId }, property, logicalId) => {
  const path = property('Path') ?? '/';
  const arn = `arn:aws:iam::${accountId}:role${path}${name('RoleName')}`;
  return { ref: name('RoleName'), arn, attributes: { Arn: arn, RoleId: physicalId('AROA', logicalId) } };
};

const identities: Readonly<Record<string, Identify>> = {
  'AWS::Lambda::Function': lambdaFunction,
  'AWS::Serverless::Function': lambdaFunction,
  'AWS::SQS::Queue': queue,
  'AWS::SNS::Topic': topic,
  'AWS::S3::Bucket': bucket,
  'AWS::DynamoDB::Table': table,
  'AWS::DynamoDB::GlobalTable': table,
  'AWS::Serverless::SimpleTable': table,
  'AWS::Kinesis::Stream': byArn('kinesis', name => `stream/${name}`, 'Name'),
  'AWS::IAM::Role': role,
  'AWS::Events::EventBus': byArn('events', name => `event-bus/${name}`, 'Name'),
  'AWS::EC2::VPC': byId('vpc', 'VpcId'),
  'AWS::EC2::Subnet': byId('subnet', 'SubnetId'),
  'AWS::EC2::SecurityGroup': byId('sg', 'GroupId'),
};
