import type {
  DeleteProvisionedConcurrencyConfigRequest,
  GetProvisionedConcurrencyConfigRequest,
  GetProvisionedConcurrencyConfigResponse,
  ListProvisionedConcurrencyConfigsRequest,
  ListProvisionedConcurrencyConfigsResponse,
  ProvisionedConcurrencyStatusEnum,
  PutProvisionedConcurrencyConfigRequest,
} from '@aws-sdk/client-lambda';
import type { ProvisionedSetting } from '../../../store/settingTable.ts';
import { functionArn } from '../../../versions/catalog.ts';
import { invalid, type Refused, refused, unsupportedHere } from '../../../versions/errors.ts';
import { reservedConcurrencyOf } from '../../../versions/reservedConcurrency.ts';
import { answered, type Deployment, functionOf, referenceOf } from '../deployment.ts';
import { operation } from '../operation.ts';
import { pageOf } from '../paging.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_PutProvisionedConcurrencyConfig.html */
export function createPutProvisionedConcurrencyConfig(deployment: Deployment) {
  const { catalog, provisioning } = deployment;
  return operation<PutProvisionedConcurrencyConfigRequest, GetProvisionedConcurrencyConfigResponse>(
    async input => {
      const found = await publishedTarget(deployment, input.FunctionName, input.Qualifier);
      if (found.kind === 'failed') return found;
      const { functionName, qualifier } = found;
      const { ProvisionedConcurrentExecutions: requested = 0 } = input;
      const refusal = countRefusal(deployment, functionName, qualifier, requested);
      if (refusal) return refusal;
      const setting = { requested, modifiedAt: catalog.clock.now() };
      catalog.transaction(() => catalog.settings.put(functionName, 'provisioned', setting, qualifier));
      provisioning.apply(functionName);
      catalog.events.emit({ type: 'versionsChanged', functionName });
      return answered({ ...describe(setting, 0, 0), Status: 'IN_PROGRESS' });
    },
  );
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetProvisionedConcurrencyConfig.html */
export function createGetProvisionedConcurrencyConfig(deployment: Deployment) {
  const { catalog } = deployment;
  return operation<GetProvisionedConcurrencyConfigRequest, GetProvisionedConcurrencyConfigResponse>(
    async input => {
      const found = await publishedTarget(deployment, input.FunctionName, input.Qualifier);
      if (found.kind === 'failed') return found;
      const { functionName, qualifier } = found;
      const setting = catalog.settings.get(functionName, 'provisioned', qualifier);
      return setting ? answered(statusOf(deployment, functionName, qualifier, setting)) : noConfig();
    },
  );
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListProvisionedConcurrencyConfigs.html */
export function createListProvisionedConcurrencyConfigs(deployment: Deployment) {
  const { catalog, find } = deployment;
  return operation<ListProvisionedConcurrencyConfigsRequest, ListProvisionedConcurrencyConfigsResponse>(
    async input => {
      const named = functionOf(deployment, input.FunctionName);
      if (named.kind === 'failed') return named;
      const { functionName } = named;
      const found = await find.known(functionName);
      if (found.kind === 'failed') return found;
      const settings = catalog.settings.list(functionName, 'provisioned');
      const { Marker: marker, MaxItems: maxItems } = input;
      const page = pageOf(settings, { marker, maxItems }, ({ qualifier }) => qualifier);
      if (page.kind === 'failed') return page;
      return answered({
        ProvisionedConcurrencyConfigs: page.elements.map(({ qualifier, value }) => ({
          FunctionArn: functionArn(catalog, functionName, qualifier),
          ...statusOf(deployment, functionName, qualifier, value),
        })),
        ...(page.next === undefined ? {} : { NextMarker: page.next }),
      });
    },
  );
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_DeleteProvisionedConcurrencyConfig.html */
export function createDeleteProvisionedConcurrencyConfig(deployment: Deployment) {
  const { catalog, provisioning } = deployment;
  return operation<DeleteProvisionedConcurrencyConfigRequest, object>(async input => {
    const found = await publishedTarget(deployment, input.FunctionName, input.Qualifier);
    if (found.kind === 'failed') return found;
    const { functionName, qualifier } = found;
    if (!catalog.settings.get(functionName, 'provisioned', qualifier)) return noConfig();
    catalog.transaction(() => catalog.settings.remove(functionName, 'provisioned', qualifier));
    provisioning.apply(functionName);
    catalog.events.emit({ type: 'versionsChanged', functionName });
    return answered({});
  });
}

/** Only what was published, or an alias, can have environments kept. */
async function publishedTarget(
  deployment: Deployment,
  name: string | undefined,
  asked: string | undefined,
): Promise<{ readonly kind: 'found'; readonly functionName: string; readonly qualifier: string } | Refused> {
  const reference = referenceOf(deployment, name, asked);
  if (reference.kind === 'failed') return reference;
  const { functionName, qualifier = '$LATEST' } = reference;
  if (qualifier === '$LATEST') {
    return invalid('Provisioned Concurrency Configs cannot be applied to unpublished function versions.');
  }
  const found = await deployment.find.version(functionName, qualifier);
  if (found.kind === 'failed') return found;
  return found.version.number === 0
    ? invalid('Provisioned Concurrency Configs cannot be applied to unpublished function versions.')
    : { kind: 'found', functionName, qualifier };
}

function countRefusal(
  { catalog }: Deployment,
  functionName: string,
  qualifier: string,
  requested: number,
): Refused | undefined {
  const all = catalog.settings.all('provisioned');
  const isThis = (each: (typeof all)[number]) =>
    each.functionName === functionName && each.qualifier === qualifier;
  const sum = (settings: typeof all) => settings.reduce((total, { value }) => total + value.requested, 0);
  const own = requested + sum(all.filter(each => each.functionName === functionName && !isThis(each)));
  const reserved = reservedConcurrencyOf(catalog, functionName);
  if (reserved !== undefined && own > reserved) {
    return invalid(
      'Requested Provisioned Concurrency should not be greater than the reservedConcurrentExecution for function',
    );
  }
  const { maxEnvironments } = catalog.limits;
  if (requested + sum(all.filter(each => !isThis(each))) <= maxEnvironments) return undefined;
  return unsupportedHere(
    `ProvisionedConcurrentExecutions=${requested}`,
    `is more than this machine keeps: all functions together may have ${maxEnvironments} execution environments. The setting lambdaLens.engine.maxEnvironments allows more.`,
  );
}

function statusOf(
  { catalog, deployed, provisioning }: Deployment,
  functionName: string,
  qualifier: string,
  setting: ProvisionedSetting,
): GetProvisionedConcurrencyConfigResponse {
  const alias = catalog.aliases.get(functionName, qualifier);
  const versions = alias
    ? [alias.version, ...(alias.additional ? [alias.additional.version] : [])]
    : [qualifier];
  const statuses = versions.map(version => catalog.runtime().provisioned(functionName, version));
  const available = Math.min(
    setting.requested,
    statuses.reduce((sum, status) => sum + status.available, 0),
  );
  const failed = statuses.reduce((sum, status) => sum + status.failed, 0);
  const isKept = versions.some(version => provisioning.wanted(functionName).has(version));
  if (failed > 0 && available < setting.requested) {
    return {
      ...describe(setting, available, available),
      Status: 'FAILED',
      StatusReason: 'FUNCTION_ERROR_INIT_FAILURE',
    };
  }
  const status: ProvisionedConcurrencyStatusEnum =
    isKept && available === setting.requested && deployed.refusal(functionName, qualifier) === undefined
      ? 'READY'
      : 'IN_PROGRESS';
  return { ...describe(setting, available, available), Status: status };
}

function describe(
  { requested, modifiedAt }: ProvisionedSetting,
  allocated: number,
  available: number,
): GetProvisionedConcurrencyConfigResponse {
  return {
    RequestedProvisionedConcurrentExecutions: requested,
    AvailableProvisionedConcurrentExecutions: available,
    AllocatedProvisionedConcurrentExecutions: allocated,
    LastModified: new Date(modifiedAt).toISOString().replace('Z', '+0000'),
  };
}

function noConfig(): Refused {
  return refused({
    name: 'ProvisionedConcurrencyConfigNotFoundException',
    status: 404,
    body: { Type: 'User', message: 'No Provisioned Concurrency Config found for this function' },
  });
}
