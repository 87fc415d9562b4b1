import { createHash } from 'node:crypto';
import type { FunctionConfiguration, Layer } from '@aws-sdk/client-lambda';
import { type Catalog, functionArn } from '../../../versions/catalog.ts';
import { layerVersionOf } from '../../../versions/layers.ts';
import { type FunctionRecord, type VersionRecord, versionName } from '../../../versions/records.ts';

/** Which of its states a version is told in. */
export type Telling =
  /** As it is. */
  | 'settled'
  /** As CreateFunction answers. */
  | 'creating'
  /** As an update answers. */
  | 'updating'
  /** As lists tell it: without states. */
  | 'listed';

/**
 * A version as the API tells it.
 * https://docs.aws.amazon.com/lambda/latest/api/API_FunctionConfiguration.html
 *
 * @param qualifier how the caller came to it; it ends the ARN
 */
export function describeVersion(
  catalog: Catalog,
  functionName: string,
  version: VersionRecord,
  qualifier: string | undefined,
  telling: Telling = 'settled',
): FunctionConfiguration {
  const { configuration, code } = version;
  const {
    environment,
    vpc,
    deadLetterTargetArn,
    logging = {},
    layers = [],
    snapStart,
    fileSystems = [],
  } = configuration;
  return {
    FunctionName: functionName,
    FunctionArn: functionArn(catalog, functionName, qualifier),
    Runtime: configuration.runtime as NonNullable<FunctionConfiguration['Runtime']>,
    Role: configuration.roleArn,
    Handler: configuration.handler,
    CodeSize: code?.size ?? 0,
    Description: configuration.description ?? '',
    Timeout: configuration.timeoutSeconds,
    MemorySize: configuration.memorySizeMb,
    LastModified: new Date(version.modifiedAt).toISOString().replace('Z', '+0000'),
    ...(code ? { CodeSha256: code.sha256 } : {}),
    Version: versionName(version.number),
    ...(Object.keys(environment).length > 0 ? { Environment: { Variables: { ...environment } } } : {}),
    ...(deadLetterTargetArn === undefined ? {} : { DeadLetterConfig: { TargetArn: deadLetterTargetArn } }),
    ...(vpc
      ? {
          VpcConfig: {
            SubnetIds: [...vpc.subnetIds],
            SecurityGroupIds: [...vpc.securityGroupIds],
            Ipv6AllowedForDualStack: vpc.ipv6AllowedForDualStack,
          },
        }
      : {}),
    TracingConfig: { Mode: configuration.tracing ?? 'PassThrough' },
    RevisionId: version.revisionId,
    ...(layers.length > 0 ? { Layers: layers.map(({ arn }) => describeLayer(catalog, arn)) } : {}),
    ...(fileSystems.length > 0
      ? {
          FileSystemConfigs: fileSystems.map(({ arn, localMountPath }) => ({
            Arn: arn,
            LocalMountPath: localMountPath,
          })),
        }
      : {}),
    PackageType: 'Zip',
    Architectures: [configuration.architecture ?? 'x86_64'],
    EphemeralStorage: { Size: configuration.ephemeralStorageMb ?? 512 },
    SnapStart: {
      ApplyOn: snapStart === 'PublishedVersions' ? snapStart : 'None',
      OptimizationStatus: 'Off',
    },
    RuntimeVersionConfig: { RuntimeVersionArn: runtimeVersionArn(catalog, configuration.runtime) },
    LoggingConfig: {
      LogFormat: logging.format ?? 'Text',
      ...(logging.applicationLevel === undefined
        ? {}
        : { ApplicationLogLevel: logging.applicationLevel as 'INFO' }),
      ...(logging.systemLevel === undefined ? {} : { SystemLogLevel: logging.systemLevel as 'INFO' }),
      LogGroup: logging.logGroup ?? `/aws/lambda/${functionName}`,
    },
    ...statesOf(version, telling),
  };
}

/** The version of a function record that is `$LATEST`. */
export function describeLatest(
  catalog: Catalog,
  record: FunctionRecord,
  qualifier: string | undefined,
  telling?: Telling,
): FunctionConfiguration {
  return describeVersion(catalog, record.name, record.latest, qualifier, telling);
}

/** https://docs.aws.amazon.com/lambda/latest/dg/functions-states.html */
function statesOf({ failure, code }: VersionRecord, telling: Telling): Partial<FunctionConfiguration> {
  switch (telling) {
    case 'listed':
      return {};
    case 'creating':
      return { State: 'Pending', StateReason: 'The function is being created.', StateReasonCode: 'Creating' };
    case 'updating':
      return {
        State: 'Active',
        LastUpdateStatus: 'InProgress',
        LastUpdateStatusReason: 'The function is being created.',
        LastUpdateStatusReasonCode: 'Creating' as 'InternalError',
      };
    case 'settled':
      if (failure === undefined) return { State: 'Active', LastUpdateStatus: 'Successful' };
      return code
        ? {
            State: 'Active',
            LastUpdateStatus: 'Failed',
            LastUpdateStatusReason: failure,
            LastUpdateStatusReasonCode: 'FunctionError',
          }
        : { State: 'Failed', StateReason: failure, StateReasonCode: 'FunctionError' };
  }
}

function describeLayer(catalog: Catalog, arn: string): Layer {
  const version = layerVersionOf(catalog, arn);
  return { Arn: arn, ...(version ? { CodeSize: version.size } : {}) };
}

/** AWS tells a digest of the runtime; here it is one of its name. */
function runtimeVersionArn({ home }: Catalog, runtime: string): string {
  return `arn:aws:lambda:${home.region}::runtime:${createHash('sha256').update(runtime).digest('hex')}`;
}
