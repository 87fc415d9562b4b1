// What Lambda's API answers, as the model has it.
import type {
  AliasConfiguration,
  FunctionConfiguration,
  ProvisionedConcurrencyConfigListItem,
} from '@aws-sdk/client-lambda';
import type {
  AliasRouting,
  FunctionAlias,
  FunctionSummary,
  FunctionVersion,
  ProvisionedConcurrency,
  VersionConfiguration,
} from '../../model/target.ts';

export function summaryOf(configuration: FunctionConfiguration): FunctionSummary {
  return {
    name: configuration.FunctionName ?? '',
    arn: configuration.FunctionArn ?? '',
    description: configuration.Description ?? '',
    lastModified: Date.parse(configuration.LastModified ?? ''),
    ...runtimeOf(configuration),
  };
}

export function versionOf(configuration: FunctionConfiguration): FunctionVersion {
  return {
    version: configuration.Version ?? '',
    arn: configuration.FunctionArn ?? '',
    description: configuration.Description ?? '',
    codeSha256: configuration.CodeSha256 ?? '',
    codeSize: configuration.CodeSize ?? 0,
    lastModified: Date.parse(configuration.LastModified ?? ''),
    revisionId: configuration.RevisionId ?? '',
    ...runtimeOf(configuration),
  };
}

/** An absent member of the API is absent here, too. */
function runtimeOf({ Runtime, Handler }: FunctionConfiguration) {
  return {
    ...(Runtime === undefined ? {} : { runtime: Runtime }),
    ...(Handler === undefined ? {} : { handler: Handler }),
  };
}

export function configurationOf(answer: FunctionConfiguration): VersionConfiguration {
  const { $metadata: _metadata, ...document } = answer as FunctionConfiguration & { $metadata?: unknown };
  const failure = document.LastUpdateStatusReason ?? document.StateReason;
  const hasFailed = document.LastUpdateStatus === 'Failed' || document.State === 'Failed';
  return {
    version: versionOf(document),
    timeoutSeconds: document.Timeout ?? 0,
    memorySizeMb: document.MemorySize ?? 0,
    document: { ...document },
    ...(hasFailed ? { failure: failure ?? 'Failed' } : {}),
  };
}

export function aliasOf(alias: AliasConfiguration): FunctionAlias {
  const [additional] = Object.entries(alias.RoutingConfig?.AdditionalVersionWeights ?? {});
  return {
    name: alias.Name ?? '',
    arn: alias.AliasArn ?? '',
    version: alias.FunctionVersion ?? '',
    description: alias.Description ?? '',
    revisionId: alias.RevisionId ?? '',
    ...(additional ? { additional: { version: additional[0], weight: additional[1] } } : {}),
  };
}

/** An empty map takes away the other version. */
export function routingConfigOf({ additional }: AliasRouting): {
  AdditionalVersionWeights: Record<string, number>;
} {
  return { AdditionalVersionWeights: additional ? { [additional.version]: additional.weight } : {} };
}

export function provisionedOf(item: ProvisionedConcurrencyConfigListItem): ProvisionedConcurrency {
  return {
    // The ARN of a version or an alias ends with it.
    qualifier: item.FunctionArn?.split(':').at(-1) ?? '',
    requested: item.RequestedProvisionedConcurrentExecutions ?? 0,
    available: item.AvailableProvisionedConcurrentExecutions ?? 0,
    status: item.Status ?? 'IN_PROGRESS',
    ...(item.StatusReason === undefined ? {} : { statusReason: item.StatusReason }),
  };
}
