import type { CreateFunctionRequest, UpdateFunctionConfigurationRequest } from '@aws-sdk/client-lambda';
import type { LayerReference, LoggingOptions } from '../../../../model/functionDefinition.ts';
import { configurationRefusal } from '../../../functions/admission.ts';
import type { Catalog } from '../../../versions/catalog.ts';
import { definitionOf } from '../../../versions/configuration.ts';
import { invalid, type Refused, refused, unsupportedHere } from '../../../versions/errors.ts';
import { layerVersionOf } from '../../../versions/layers.ts';
import type { VersionConfiguration } from '../../../versions/records.ts';
import { knownRuntimes } from '../../validation/lambdaValidators.ts';

export type ConfigurationMembers = Omit<Partial<CreateFunctionRequest>, 'FunctionName'> &
  Omit<UpdateFunctionConfigurationRequest, 'FunctionName'>;

/**
 * A configuration with what a request says of it; what the request leaves out stays.
 * https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionConfiguration.html
 */
export function configurationWith(
  base: VersionConfiguration,
  input: ConfigurationMembers,
  catalog: Catalog,
): { readonly kind: 'configured'; readonly configuration: VersionConfiguration } | Refused {
  const unsupported = unsupportedMember(input);
  if (unsupported) return unsupported;
  const layers = input.Layers === undefined ? undefined : layersOf(input.Layers, catalog);
  if (layers && 'kind' in layers) return layers;
  const logging = loggingOf(base.logging, input.LoggingConfig);
  const deadLetters = deadLettersOf(base, input.DeadLetterConfig);
  if ('kind' in deadLetters) return deadLetters;
  const { deadLetterTargetArn: _before, ...kept } = base;
  const configuration: VersionConfiguration = {
    ...kept,
    ...deadLetters,
    ...given('runtime', input.Runtime),
    ...given('handler', input.Handler),
    ...given('roleArn', input.Role),
    ...given('description', input.Description),
    ...given('timeoutSeconds', input.Timeout),
    ...given('memorySizeMb', input.MemorySize),
    ...given('environment', input.Environment && (input.Environment.Variables ?? {})),
    ...given('ephemeralStorageMb', input.EphemeralStorage?.Size),
    ...given('architecture', input.Architectures?.[0]),
    ...given('layers', layers),
    ...given('logging', logging),
  };
  return valueRefusal(configuration) ?? { kind: 'configured', configuration };
}

/** Runtimes and values that AWS checks beyond what its model says. */
function valueRefusal(configuration: VersionConfiguration): Refused | undefined {
  const { runtime, memorySizeMb, timeoutSeconds } = configuration;
  if (!knownRuntimes.includes(runtime)) {
    return invalid(
      `Value ${runtime} at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: [${knownRuntimes.join(', ')}] or be a valid ARN`,
    );
  }
  if (memorySizeMb > 10_240) {
    return invalid(
      "'MemorySize' value failed to satisfy constraint: Member must have value less than or equal to 10240",
    );
  }
  if (timeoutSeconds > 900) {
    return invalid(
      "'Timeout' value failed to satisfy constraint: Member must have value less than or equal to 900",
    );
  }
  const error = configurationRefusal(definitionOf('', { configuration }, ''));
  if (error?.name !== 'InvalidRuntimeException') return error && refused(error);
  return unsupportedHere(
    `Runtime=${runtime}`,
    'is not run: Lambda Lens runs Node.js (such as nodejs24.x), Python (such as python3.13), provided.al2023 and provided.al2.',
  );
}

/** What AWS has and this engine cannot honour is refused by name; what says the default is taken. */
function unsupportedMember(input: ConfigurationMembers): Refused | undefined {
  const refusals: readonly (readonly [boolean, string, string])[] = [
    [
      input.PackageType === 'Image',
      'PackageType=Image',
      'is not run: Lambda Lens runs code of PackageType=Zip.',
    ],
    [isGiven(input.ImageConfig), 'ImageConfig', 'is not honoured: Lambda Lens runs no container images.'],
    [isText(input.KMSKeyArn), 'KMSKeyArn', 'is not used: Lambda Lens encrypts no variables.'],
    [
      isText(input.CodeSigningConfigArn),
      'CodeSigningConfigArn',
      'is not checked: Lambda Lens knows no signatures.',
    ],
    [
      input.SnapStart?.ApplyOn === 'PublishedVersions',
      'SnapStart.ApplyOn=PublishedVersions',
      'is not honoured: Lambda Lens takes no snapshots.',
    ],
    [
      (input.FileSystemConfigs?.length ?? 0) > 0,
      'FileSystemConfigs',
      'are not mounted: Lambda Lens has no file systems but /tmp.',
    ],
    [
      (input.VpcConfig?.SubnetIds?.length ?? 0) > 0 || (input.VpcConfig?.SecurityGroupIds?.length ?? 0) > 0,
      'VpcConfig',
      'is not honoured: functions run in the network of this machine.',
    ],
    [
      input.TracingConfig?.Mode === 'Active',
      'TracingConfig.Mode=Active',
      'is not honoured: Lambda Lens records no traces.',
    ],
    [
      isGiven(input.CapacityProviderConfig),
      'CapacityProviderConfig',
      'is not honoured: Lambda Lens has no capacity providers.',
    ],
    [
      isGiven(input.DurableConfig),
      'DurableConfig',
      'is not honoured: Lambda Lens runs no durable functions.',
    ],
    [isGiven(input.TenancyConfig), 'TenancyConfig', 'is not honoured: Lambda Lens does not isolate tenants.'],
    [isGiven(input.PublishTo), 'PublishTo', 'is not honoured: Lambda Lens has no capacity providers.'],
  ];
  const found = refusals.find(([applies]) => applies);
  return found && unsupportedHere(found[1], found[2]);
}

/** An empty ARN takes the queue away. */
function deadLettersOf(
  base: VersionConfiguration,
  config: ConfigurationMembers['DeadLetterConfig'],
): Pick<VersionConfiguration, 'deadLetterTargetArn'> | Refused {
  const arn = config?.TargetArn ?? base.deadLetterTargetArn ?? '';
  if (arn === '') return {};
  return /^arn:aws[a-z-]*:(?:sqs|sns):/.test(arn)
    ? { deadLetterTargetArn: arn }
    : invalid(`The provided dead-letter target ${arn} is neither an SQS queue nor an SNS topic.`);
}

const maxLayers = 5;

function layersOf(arns: readonly string[], catalog: Catalog): readonly LayerReference[] | Refused {
  if (arns.length > maxLayers) return invalid(`Cannot reference more than ${maxLayers} layers.`);
  const { region, accountId } = catalog.home;
  for (const arn of arns) {
    if (layerVersionOf(catalog, arn)) continue;
    if (arn.startsWith(`arn:aws:lambda:${region}:${accountId}:layer:`)) {
      return invalid(`Layer version ${arn} does not exist.`);
    }
    return unsupportedHere(
      `Layers=${arn}`,
      'is not there: Lambda Lens has the layers that were published to it. Publish the layer here, and name that version.',
    );
  }
  return arns.map(arn => ({ arn }));
}

function loggingOf(
  base: LoggingOptions | undefined,
  given: ConfigurationMembers['LoggingConfig'],
): LoggingOptions | undefined {
  if (!given) return undefined;
  const format = given.LogFormat ?? base?.format;
  // Text has no levels: https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-logformat.html
  const levels =
    format === 'JSON'
      ? {
          applicationLevel: given.ApplicationLogLevel ?? base?.applicationLevel ?? 'INFO',
          systemLevel: given.SystemLogLevel ?? base?.systemLevel ?? 'INFO',
        }
      : {};
  const logGroup = given.LogGroup ?? base?.logGroup;
  return {
    ...(format === undefined ? {} : { format }),
    ...levels,
    ...(logGroup === undefined ? {} : { logGroup }),
  };
}

function given<Name extends keyof VersionConfiguration>(
  name: Name,
  value: VersionConfiguration[Name] | undefined,
): Partial<VersionConfiguration> {
  return value === undefined ? {} : { [name]: value };
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function isText(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}
