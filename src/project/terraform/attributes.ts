import type { NodeBuilder } from '../document/build.ts';
import type { DocNode } from '../document/sourceDocument.ts';

/** For each type, what its attributes are called by CloudFormation; `Ref` is the reference itself. */
const attributes: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  aws_apigatewayv2_api: { api_endpoint: 'ApiEndpoint', arn: 'Ref' },
  aws_api_gateway_rest_api: { root_resource_id: 'RootResourceId' },
  aws_cloudwatch_event_bus: { name: 'Name', arn: 'Arn' },
  aws_cloudwatch_event_rule: { name: 'Ref', arn: 'Arn' },
  aws_db_instance: { address: 'Endpoint.Address', port: 'Endpoint.Port' },
  aws_rds_cluster: { endpoint: 'Endpoint.Address', port: 'Endpoint.Port' },
  aws_dynamodb_table: { arn: 'Arn', stream_arn: 'StreamArn' },
  aws_eip: { id: 'AllocationId', allocation_id: 'AllocationId' },
  aws_iam_policy: { arn: 'Ref' },
  aws_iam_role: { arn: 'Arn' },
  aws_kinesis_stream: { arn: 'Arn', id: 'Arn', name: 'Ref' },
  aws_lambda_alias: { arn: 'Ref', invoke_arn: 'Ref' },
  aws_lambda_function: { arn: 'Arn', invoke_arn: 'Arn', function_name: 'Ref', id: 'Ref' },
  aws_lambda_function_url: { function_url: 'FunctionUrl' },
  aws_lambda_layer_version: { arn: 'Ref' },
  aws_s3_bucket: {
    arn: 'Arn',
    bucket_domain_name: 'DomainName',
    bucket_regional_domain_name: 'RegionalDomainName',
  },
  aws_scheduler_schedule: { arn: 'Arn' },
  aws_sns_topic: { arn: 'Ref', name: 'TopicName' },
  aws_sqs_queue: { arn: 'Arn', name: 'QueueName' },
};

/** What an attribute that AWS gives is in CloudFormation's terms; undefined for one that may be written. */
export function attributeOf(
  type: string,
  logicalId: string,
  attribute: string,
  build: NodeBuilder,
): DocNode | undefined {
  if (type.startsWith('aws_api') && attribute === 'execution_arn') {
    return build.sub(`arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${p_Api}`, {
      p_Api: build.ref(logicalId),
    });
  }
  if (type === 'aws_lambda_function' && (attribute === 'version' || attribute === 'qualified_arn')) {
    const version = versionIdOf(logicalId);
    return attribute === 'version' ? build.attribute(version, 'Version') : build.ref(version);
  }
  const known = attributes[type]?.[attribute] ?? common[attribute];
  if (known === undefined) return undefined;
  return known === 'Ref' ? build.ref(logicalId) : build.attribute(logicalId, known);
}

const common: Readonly<Record<string, string>> = {
  '': 'Ref',
  id: 'Ref',
  url: 'Ref',
  arn: 'Arn',
};

/** The name of a resource that has none written. */
export function generatedNameOf(
  logicalId: string,
  attribute: string,
  build: NodeBuilder,
): DocNode | undefined {
  return attribute === 'name' || attribute === 'bucket' ? build.ref(logicalId) : undefined;
}

/** The version that `publish = true` makes of a function. */
export function versionIdOf(functionId: string): string {
  return `${functionId}Version`;
}
