import { type DocNode, descendant, textOf } from '../../document/sourceDocument.ts';
import { versionIdOf } from '../attributes.ts';
import type { TfResource } from '../tfResource.ts';
import { type Convert, type Converted, named, to } from './conversion.ts';

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/lambda_function */
const lambdaFunction: Convert = resource => {
  const { build } = resource;
  const isImage = textOf(resource.get('package_type')) === 'Image';
  const list = (node: DocNode | undefined) => node && (node.kind === 'seq' ? node : build.seq([node]));
  const converted: Converted[] = to('AWS::Lambda::Function', {
    FunctionName: named('function_name'),
    Description: 'description',
    Handler: 'handler',
    Runtime: 'runtime',
    Timeout: 'timeout',
    MemorySize: 'memory_size',
    Role: 'role',
    PackageType: () => (isImage ? 'Image' : undefined),
    Code: codeOf,
    Environment: own => {
      const variables = own.get('environment', 'variables');
      return variables && build.map({ Variables: variables });
    },
    Architectures: own => list(own.get('architectures')),
    EphemeralStorage: own => wrap(own, { Size: own.get('ephemeral_storage', 'size') }),
    ReservedConcurrentExecutions: own => {
      const reserved = own.get('reserved_concurrent_executions');
      return reserved?.kind === 'scalar' && reserved.value === -1 ? undefined : reserved;
    },
    Layers: 'layers',
    KmsKeyArn: 'kms_key_arn',
    DeadLetterConfig: own => wrap(own, { TargetArn: own.get('dead_letter_config', 'target_arn') }),
    TracingConfig: own => wrap(own, { Mode: own.get('tracing_config', 'mode') }),
    VpcConfig: own =>
      wrap(own, {
        SubnetIds: own.get('vpc_config', 'subnet_ids'),
        SecurityGroupIds: own.get('vpc_config', 'security_group_ids'),
        Ipv6AllowedForDualStack: own.get('vpc_config', 'ipv6_allowed_for_dual_stack'),
      }),
    LoggingConfig: own =>
      wrap(own, {
        LogFormat: own.get('logging_config', 'log_format'),
        ApplicationLogLevel: own.get('logging_config', 'application_log_level'),
        SystemLogLevel: own.get('logging_config', 'system_log_level'),
        LogGroup: own.get('logging_config', 'log_group'),
      }),
    SnapStart: own => wrap(own, { ApplyOn: own.get('snap_start', 'apply_on') }),
    FileSystemConfigs: own => {
      const config = wrap(own, {
        Arn: own.get('file_system_config', 'arn'),
        LocalMountPath: own.get('file_system_config', 'local_mount_path'),
      });
      return config && build.seq([config]);
    },
    Tags: tagsOf,
  })(resource).slice();
  const published = resource.get('publish');
  if (published?.kind === 'scalar' && published.value === true) {
    converted.push({
      logicalId: versionIdOf(resource.logicalId),
      type: 'AWS::Lambda::Version',
      properties: build.map({ FunctionName: build.ref(resource.logicalId) }),
    });
  }
  return converted;
};

/** A map of what is given; undefined where nothing is. */
function wrap(
  resource: TfResource,
  values: Readonly<Record<string, DocNode | undefined>>,
): DocNode | undefined {
  return Object.values(values).some(value => value) ? resource.build.map(values) : undefined;
}

/** An archive that the configuration makes stands for what it is made from. */
function codeOf(resource: TfResource): DocNode | undefined {
  const image = resource.get('image_uri');
  if (image) return resource.build.map({ ImageUri: image });
  const bucket = resource.get('s3_bucket');
  if (bucket) return resource.build.map({ S3Bucket: bucket, S3Key: resource.get('s3_key') });
  return resource.get('filename');
}

function tagsOf(resource: TfResource): DocNode | undefined {
  const tags = resource.get('tags');
  if (tags?.kind !== 'map' || tags.entries.size === 0) return undefined;
  const { build } = resource;
  return build.seq([...tags.entries].map(([name, { value }]) => build.map({ Key: name, Value: value })));
}

/** Weights are a map from version to share. */
const alias: Convert = to('AWS::Lambda::Alias', {
  FunctionName: 'function_name',
  Name: 'name',
  Description: 'description',
  FunctionVersion: 'function_version',
  // The version of a function that is published with each change follows the function.
  AutoPublish: resource => {
    const attribute = descendant(resource.get('function_version'), 'Fn::GetAtt');
    return attribute?.kind === 'seq' && textOf(attribute.items[1]) === 'Version';
  },
  RoutingConfig: resource => {
    const weights = resource.get('routing_config', 'additional_version_weights');
    if (weights?.kind !== 'map') return undefined;
    const { build } = resource;
    const items = [...weights.entries].map(([version, { value }]) =>
      build.map({ FunctionVersion: version, FunctionWeight: value }),
    );
    return build.map({ AdditionalVersionWeights: build.seq(items) });
  },
});

const mapping: Convert = to('AWS::Lambda::EventSourceMapping', {
  FunctionName: 'function_name',
  EventSourceArn: 'event_source_arn',
  Enabled: 'enabled',
  BatchSize: 'batch_size',
  MaximumBatchingWindowInSeconds: 'maximum_batching_window_in_seconds',
  StartingPosition: 'starting_position',
  ParallelizationFactor: 'parallelization_factor',
  BisectBatchOnFunctionError: 'bisect_batch_on_function_error',
  MaximumRecordAgeInSeconds: 'maximum_record_age_in_seconds',
  MaximumRetryAttempts: 'maximum_retry_attempts',
  TumblingWindowInSeconds: 'tumbling_window_in_seconds',
  FunctionResponseTypes: 'function_response_types',
  Topics: 'topics',
  Queues: 'queues',
  ScalingConfig: resource =>
    wrap(resource, { MaximumConcurrency: resource.get('scaling_config', 'maximum_concurrency') }),
  DestinationConfig: resource => {
    const arn = resource.get('destination_config', 'on_failure', 'destination_arn');
    return arn && resource.build.map({ OnFailure: resource.build.map({ Destination: arn }) });
  },
  FilterCriteria: resource => {
    const filters = resource.blocks('filter_criteria').flatMap(criteria => criteria.blocks('filter'));
    const { build } = resource;
    if (filters.length === 0) return undefined;
    return build.map({
      Filters: build.seq(filters.map(filter => build.map({ Pattern: filter.get('pattern') }))),
    });
  },
  SelfManagedEventSource: 'self_managed_event_source',
});

const invokeConfig: Convert = to('AWS::Lambda::EventInvokeConfig', {
  FunctionName: 'function_name',
  Qualifier: 'qualifier',
  MaximumRetryAttempts: 'maximum_retry_attempts',
  MaximumEventAgeInSeconds: 'maximum_event_age_in_seconds',
  DestinationConfig: resource => {
    const target = (outcome: string) => {
      const arn = resource.get('destination_config', outcome, 'destination');
      return arn && resource.build.map({ Destination: arn });
    };
    return resource.build.map({ OnSuccess: target('on_success'), OnFailure: target('on_failure') });
  },
});

/** A qualifier is a member of its own here, and a part of the name there. */
function qualified(resource: TfResource): DocNode | undefined {
  const name = resource.get('function_name');
  const qualifier = resource.get('qualifier');
  if (!name || !qualifier) return name;
  const { build } = resource;
  return build.map({ 'Fn::Join': build.seq([build.scalar(':'), build.seq([name, qualifier])]) });
}

export const lambdaConversions: Readonly<Record<string, Convert>> = {
  aws_lambda_function: lambdaFunction,
  aws_lambda_alias: alias,
  aws_lambda_event_source_mapping: mapping,
  aws_lambda_provisioned_concurrency_config: to('Terraform::ProvisionedConcurrency', {
    FunctionName: 'function_name',
    Qualifier: 'qualifier',
    Configuration: resource =>
      wrap(resource, { ProvisionedConcurrentExecutions: resource.get('provisioned_concurrent_executions') }),
  }),
  aws_lambda_function_event_invoke_config: invokeConfig,
  aws_lambda_permission: to('AWS::Lambda::Permission', {
    FunctionName: qualified,
    Action: 'action',
    Principal: 'principal',
    SourceArn: 'source_arn',
    SourceAccount: 'source_account',
    EventSourceToken: 'event_source_token',
    FunctionUrlAuthType: 'function_url_auth_type',
    PrincipalOrgID: 'principal_org_id',
  }),
  aws_lambda_function_url: to('AWS::Lambda::Url', {
    TargetFunctionArn: 'function_name',
    Qualifier: 'qualifier',
    AuthType: 'authorization_type',
    InvokeMode: 'invoke_mode',
    Cors: resource => {
      const own = (name: string) => resource.get('cors', name);
      return (
        resource.get('cors') &&
        wrap(resource, {
          AllowOrigins: own('allow_origins'),
          AllowMethods: own('allow_methods'),
          AllowHeaders: own('allow_headers'),
          ExposeHeaders: own('expose_headers'),
          MaxAge: own('max_age'),
          AllowCredentials: own('allow_credentials'),
        })
      );
    },
  }),
  aws_lambda_layer_version: to('AWS::Lambda::LayerVersion', {
    LayerName: named('layer_name'),
    Content: 'filename',
  }),
  aws_cloudwatch_log_subscription_filter: to('AWS::Logs::SubscriptionFilter', {
    LogGroupName: 'log_group_name',
    FilterPattern: 'filter_pattern',
    DestinationArn: 'destination_arn',
  }),
  aws_cognito_user_pool: to('AWS::Cognito::UserPool', {
    LambdaConfig: resource => {
      const config = resource.get('lambda_config');
      const block = config?.kind === 'seq' ? config.items[0] : config;
      if (block?.kind !== 'map') return undefined;
      const triggers = [...block.entries].flatMap(([name, { value }]) =>
        value.kind === 'seq' || (value.kind === 'scalar' && !value.value)
          ? []
          : [[pascalCase(name), value] as const],
      );
      return resource.build.map(Object.fromEntries(triggers));
    },
  }),
  aws_iot_topic_rule: to('AWS::IoT::TopicRule', {
    TopicRulePayload: resource => {
      const { build } = resource;
      const actions = resource
        .blocks('lambda')
        .map(action => build.map({ Lambda: build.map({ FunctionArn: action.get('function_arn') }) }));
      return build.map({ Sql: resource.get('sql'), Actions: build.seq(actions) });
    },
  }),
};

function pascalCase(name: string): string {
  return name.replace(/(?:^|_)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
