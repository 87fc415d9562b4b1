import { type Identify, named, physicalId } from './identity.ts';

/** Bucket names have no capitals. https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const bucket: Identify = ({ settings: { region }, property, logicalId }) => {
  const name = property('BucketName') ?? logicalId.toLowerCase();
  const arn = `arn:aws:s3:::${name}`;
  return {
    ref: name,
    arn,
    attributes: {
      Arn: arn,
      DomainName: `${name}.s3.amazonaws.com`,
      RegionalDomainName: `${name}.s3.${region}.amazonaws.com`,
      DualStackDomainName: `${name}.s3.dualstack.${region}.amazonaws.com`,
      WebsiteURL: `http://${name}.s3-website-${region}.amazonaws.com`,
    },
  };
};

/** A real stream's label is the time at which it was enabled; here it is always the same. */
const table: Identify = ({ settings: { region, accountId }, name, logicalId }) => {
  const arn = `arn:aws:dynamodb:${region}:${accountId}:table/${name('TableName')}`;
  const attributes = {
    Arn: arn,
    TableId: physicalId('', logicalId),
    StreamArn: `${arn}/stream/2015-07-27T00:00:00.000`,
  };
  return { ref: name('TableName'), arn, attributes };
};

const secret: Identify = ({ settings: { region, accountId }, name }) => {
  const arn = `arn:aws:secretsmanager:${region}:${accountId}:secret:${name('Name')}-AbCdEf`;
  return { ref: arn, arn, attributes: { Id: arn } };
};

const parameter: Identify = ({ settings: { region, accountId }, name, property }) => {
  const path = name('Name');
  const arn = `arn:aws:ssm:${region}:${accountId}:parameter${path.startsWith('/') ? '' : '/'}${path}`;
  const value = property('Value');
  return {
    ref: path,
    arn,
    attributes: { Type: property('Type') ?? 'String', ...(value !== undefined && { Value: value }) },
  };
};

const key: Identify = ({ settings: { region, accountId }, logicalId }) => {
  const id = physicalId('', logicalId);
  const arn = `arn:aws:kms:${region}:${accountId}:key/${id}`;
  return { ref: id, arn, attributes: { Arn: arn, KeyId: id } };
};

const userPool: Identify = ({ settings: { region, accountId }, logicalId }) => {
  const id = `${region}_${physicalId('', logicalId)}`;
  const arn = `arn:aws:cognito-idp:${region}:${accountId}:userpool/${id}`;
  const provider = `cognito-idp.${region}.amazonaws.com/${id}`;
  return {
    ref: id,
    arn,
    attributes: { Arn: arn, UserPoolId: id, ProviderName: provider, ProviderURL: `https://${provider}` },
  };
};

export const storageIdentities: Readonly<Record<string, Identify>> = {
  'AWS::S3::Bucket': bucket,
  'AWS::DynamoDB::Table': table,
  'AWS::DynamoDB::GlobalTable': table,
  'AWS::Serverless::SimpleTable': table,
  'AWS::Kinesis::Stream': named('kinesis', 'stream/', 'Name'),
  'AWS::KinesisFirehose::DeliveryStream': named('firehose', 'deliverystream/', 'DeliveryStreamName'),
  'AWS::SecretsManager::Secret': secret,
  'AWS::SSM::Parameter': parameter,
  'AWS::KMS::Key': key,
  'AWS::Cognito::UserPool': userPool,
  'AWS::Logs::LogGroup': named('logs', 'log-group:', 'LogGroupName'),
};
