import type {
  CreateFunctionUrlConfigRequest,
  DeleteFunctionUrlConfigRequest,
  FunctionUrlConfig,
  GetFunctionUrlConfigRequest,
  ListFunctionUrlConfigsRequest,
  ListFunctionUrlConfigsResponse,
  UpdateFunctionUrlConfigRequest,
} from '@aws-sdk/client-lambda';
import type { UrlSetting } from '../../../store/settingTable.ts';
import { functionArn, functionExists } from '../../../versions/catalog.ts';
import { conflict, notFound, type Refused, unsupportedHere } from '../../../versions/errors.ts';
import { answered, type Deployment, functionOf } from '../deployment.ts';
import { operation } from '../operation.ts';
import { pageOf } from '../paging.ts';
import { corsInput, describeUrl, existingUrl, type FunctionUrl, urlsOf, urlTarget } from './functionUrls.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunctionUrlConfig.html */
export function createCreateFunctionUrlConfig(deployment: Deployment) {
  const { catalog, find } = deployment;
  return operation<CreateFunctionUrlConfigRequest, FunctionUrlConfig>(async input => {
    const target = urlTarget(deployment, input.FunctionName, input.Qualifier);
    if (target.kind === 'failed') return target;
    const { functionName, qualifier } = target;
    await find.known(functionName);
    if (urlsOf(catalog, functionName).some(url => url.qualifier === qualifier)) {
      const arn = functionArn(catalog, functionName, qualifier);
      return conflict(
        `Failed to create function url config for [functionArn = ${arn}]. Error message:  FunctionUrlConfig exists for this Lambda function`,
      );
    }
    const now = catalog.clock.now();
    const setting: UrlSetting = {
      id: `FunctionUrl${catalog.ids.hex(8)}`,
      authType: input.AuthType ?? 'NONE',
      invokeMode: input.InvokeMode ?? 'BUFFERED',
      ...(input.Cors ? { cors: corsInput(input.Cors) } : {}),
      createdAt: now,
      modifiedAt: now,
    };
    return put(deployment, functionName, qualifier, setting);
  });
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionUrlConfig.html */
export function createUpdateFunctionUrlConfig(deployment: Deployment) {
  const { catalog } = deployment;
  return operation<UpdateFunctionUrlConfigRequest, FunctionUrlConfig>(async input => {
    const found = existingUrl(deployment, input.FunctionName, input.Qualifier);
    if (found.kind === 'failed') return found;
    const { functionName, qualifier } = found.url;
    const before = catalog.settings.get(functionName, 'url', qualifier);
    if (found.url.inTemplate || !before) return ofTemplate('UpdateFunctionUrlConfig', found.url);
    return put(deployment, functionName, qualifier, {
      ...before,
      ...(input.AuthType === undefined ? {} : { authType: input.AuthType }),
      ...(input.InvokeMode === undefined ? {} : { invokeMode: input.InvokeMode }),
      ...(input.Cors === undefined ? {} : { cors: corsInput(input.Cors) }),
      modifiedAt: catalog.clock.now(),
    });
  });
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionUrlConfig.html */
export function createGetFunctionUrlConfig(deployment: Deployment) {
  return operation<GetFunctionUrlConfigRequest, FunctionUrlConfig>(async input => {
    const found = existingUrl(deployment, input.FunctionName, input.Qualifier);
    return found.kind === 'failed' ? found : answered(describeUrl(deployment, found.url));
  });
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctionUrlConfigs.html */
export function createListFunctionUrlConfigs(deployment: Deployment) {
  const { catalog } = deployment;
  return operation<ListFunctionUrlConfigsRequest, ListFunctionUrlConfigsResponse>(async input => {
    const named = functionOf(deployment, input.FunctionName);
    if (named.kind === 'failed') return named;
    const { functionName } = named;
    if (!functionExists(catalog, functionName)) return notFound('Function does not exist');
    const urls = urlsOf(catalog, functionName).toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
    const page = pageOf(urls, { marker: input.Marker, maxItems: input.MaxItems }, keyOf);
    if (page.kind === 'failed') return page;
    return answered({
      FunctionUrlConfigs: page.elements.map(url => describeUrl(deployment, url)),
      ...(page.next === undefined ? {} : { NextMarker: page.next }),
    });
  });
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunctionUrlConfig.html */
export function createDeleteFunctionUrlConfig(deployment: Deployment) {
  const { catalog } = deployment;
  return operation<DeleteFunctionUrlConfigRequest, object>(async input => {
    const found = existingUrl(deployment, input.FunctionName, input.Qualifier);
    if (found.kind === 'failed') return found;
    if (found.url.inTemplate) return ofTemplate('DeleteFunctionUrlConfig', found.url);
    const { functionName, qualifier } = found.url;
    catalog.transaction(() => catalog.settings.remove(functionName, 'url', qualifier));
    changed(deployment, functionName);
    return answered({});
  });
}

function put(
  deployment: Deployment,
  functionName: string,
  qualifier: string | undefined,
  setting: UrlSetting,
): { readonly kind: 'answered'; readonly output: FunctionUrlConfig } {
  const { catalog } = deployment;
  catalog.transaction(() => catalog.settings.put(functionName, 'url', setting, qualifier));
  changed(deployment, functionName);
  return answered(describeUrl(deployment, { functionName, qualifier, setting, inTemplate: false }));
}

function changed({ catalog, urlsChanged }: Deployment, functionName: string): void {
  urlsChanged();
  catalog.events.emit({ type: 'versionsChanged', functionName });
}

function ofTemplate(operationName: string, { functionName }: FunctionUrl): Refused {
  return unsupportedHere(
    operationName,
    `does not change the URL of ${functionName}: a template of the workspace defines it. Change it there.`,
  );
}

function keyOf({ qualifier = '' }: FunctionUrl): string {
  return `:${qualifier}`;
}
