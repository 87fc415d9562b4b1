import type {
  DeleteProvisionedConcurrencyConfigRequest,
  GetProvisionedConcurrencyConfigRequest,
  GetProvisionedConcurrencyConfigResponse,
  ListProvisionedConcurrencyConfigsRequest,
  ListProvisionedConcurrencyConfigsResponse,
  ProvisionedConcurrencyStatusEnum,
  PutProvisionedConcurrencyConfigRequest,
} from '@aws-sdk/client-lambda';
import { functionArn } from '../../../versions/catalog.ts';
import { invalid, type Refused, refused, unsupportedHere } from '../../../versions/errors.ts';
import {
  type Provisioned,
  provisionedByApi,
  provisionedByTemplate,
  provisionedOf,
} from '../../../versions/provisionedConcurrency.ts';
import { reservedConcurrencyOf } from '../../../versions/reservedConcurrency.ts';
import { answered, type Deployment, functionOf, referenceOf } from '../deployment.ts';
import { operation } from '../operation.ts';
import { pageOf } from '../paging.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_PutProvisionedConcurrencyConfig.html */
export function createPutProvisionedConcurrencyConfig(deployment: Deployment) {
  const { catalog } = deployment;
  return operation<PutProvisionedConcurrencyConfigRequest, GetProvisionedConcurrencyConfigResponse>(
    async input => {
      const found = await publishedTarget(deployment, input.FunctionName, input.Qualifier);
      if (found.kind === 'failed') return found;
      const { functionName, qualifier } = found;
      const { ProvisionedConcurrentExecutions: requested = 0 } = input;
      const refusal = countRefusal(deployment, functionName, qualifier, requested);
      if (refusal) return refusal;
      const modifiedAt = catalog.clock.now();
      put(deployment, functionName, qualifier, requested, modifiedAt);
      const setting = { qualifier, requested, granted: requested, modifiedAt };
      return answered({ ...describe(setting, modifiedAt, 0, 0), Status: 'IN_PROGRESS' });
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
      const setting = provisionedOf(catalog, functionName).find(each => each.qualifier === qualifier);
      return setting ? answered(statusOf(deployment, functionName, setting)) : noConfig();
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
      const settings = provisionedOf(catalog, functionName);
      const { Marker: marker, MaxItems: maxItems } = input;
      const page = pageOf(settings, { marker, maxItems }, ({ qualifier }) => qualifier);
      if (page.kind === 'failed') return page;
      return answered({
        ProvisionedConcurrencyConfigs: page.elements.map(setting => ({
          FunctionArn: functionArn(catalog, functionName, setting.qualifier),
          ...statusOf(deployment, functionName, setting),
        })),
        ...(page.next === undefined ? {} : { NextMarker: page.next }),
      });
    },
  );
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_DeleteProvisionedConcurrencyConfig.html */
export function createDeleteProvisionedConcurrencyConfig(deployment: Deployment) {
  const { catalog } = deployment;
  return operation<DeleteProvisionedConcurrencyConfigRequest, object>(async input => {
    const found = await publishedTarget(deployment, input.FunctionName, input.Qualifier);
    if (found.kind === 'failed') return found;
    const { functionName, qualifier } = found;
    if (!provisionedOf(catalog, functionName).some(each => each.qualifier === qualifier)) return noConfig();
    put(deployment, functionName, qualifier, 0, catalog.clock.now());
    return answered({});
  });
}

/** @param requested 0: none, whatever a template says */
function put(
  { catalog, provisioning }: Deployment,
  functionName: string,
  qualifier: string,
  requested: number,
  modifiedAt: number,
): void {
  const over = provisionedByTemplate(catalog, functionName, qualifier);
  const setting = { requested, modifiedAt, ...(over === undefined ? {} : { over }) };
  catalog.transaction(() => {
    if (requested === 0 && over === undefined)
      catalog.settings.remove(functionName, 'provisioned', qualifier);
    else catalog.settings.put(functionName, 'provisioned', setting, qualifier);
  });
  provisioning.apply(functionName);
  catalog.events.emit({ type: 'versionsChanged', functionName });
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
  const sum = (settings: readonly { readonly requested: number }[]) =>
    settings.reduce((total, setting) => total + setting.requested, 0);
  const ofFunction = provisionedOf(catalog, functionName).filter(each => each.qualifier !== qualifier);
  const own = requested + sum(ofFunction);
  const reserved = reservedConcurrencyOf(catalog, functionName);
  if (reserved !== undefined && own > reserved) {
    return invalid(
      'Requested Provisioned Concurrency should not be greater than the reservedConcurrentExecution for function',
    );
  }
  const { maxEnvironments } = catalog.limits;
  const others = provisionedByApi(catalog).filter(
    each => each.functionName !== functionName || each.qualifier !== qualifier,
  );
  if (requested + sum(others) <= maxEnvironments) return undefined;
  return unsupportedHere(
    `ProvisionedConcurrentExecutions=${requested}`,
    `is more than this machine keeps: all functions together may have ${maxEnvironments} execution environments. The setting lambdaLens.engine.maxEnvironments allows more.`,
  );
}

function statusOf(
  { catalog, deployed, provisioning }: Deployment,
  functionName: string,
  setting: Provisioned,
): GetProvisionedConcurrencyConfigResponse {
  const { qualifier, granted, requested } = setting;
  const groups = provisioning.groupsOf(functionName, qualifier);
  const statuses = groups.map(group => catalog.runtime().provisioned(functionName, group));
  const available = Math.min(
    granted,
    statuses.reduce((sum, status) => sum + status.available, 0),
  );
  const failed = statuses.reduce((sum, status) => sum + status.failed, 0);
  const described = describe(setting, setting.modifiedAt ?? provisioning.since, available, available);
  const isKept = groups.some(group => provisioning.wanted(functionName).has(group));
  if (failed > 0 && available < granted) {
    return { ...described, Status: 'FAILED', StatusReason: 'FUNCTION_ERROR_INIT_FAILURE' };
  }
  if (granted < requested) {
    return {
      ...described,
      Status: 'FAILED',
      StatusReason: `Lambda Lens keeps ${granted} of ${requested}: templates may have half of lambdaLens.engine.maxEnvironments.`,
    };
  }
  const status: ProvisionedConcurrencyStatusEnum =
    isKept && available === requested && deployed.refusal(functionName, qualifier) === undefined
      ? 'READY'
      : 'IN_PROGRESS';
  return { ...described, Status: status };
}

function describe(
  { requested }: Provisioned,
  modifiedAt: number,
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
