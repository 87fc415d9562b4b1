import type {
  AliasConfiguration,
  GetAliasRequest,
  ListAliasesRequest,
  ListAliasesResponse,
} from '@aws-sdk/client-lambda';
import { aliasesOf } from '../../../versions/aliases.ts';
import { answered, type Deployment, functionOf } from '../deployment.ts';
import { operation } from '../operation.ts';
import { pageOf } from '../paging.ts';
import { describeAlias } from './describeAlias.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetAlias.html */
export function createGetAlias(deployment: Deployment) {
  return operation<GetAliasRequest, AliasConfiguration>(async input => {
    const named = functionOf(deployment, input.FunctionName);
    if (named.kind === 'failed') return named;
    const found = await deployment.find.alias(named.functionName, input.Name ?? '');
    return found.kind === 'failed' ? found : answered(describeAlias(deployment.catalog, found.alias));
  });
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListAliases.html */
export function createListAliases(deployment: Deployment) {
  const { catalog, find } = deployment;
  return operation<ListAliasesRequest, ListAliasesResponse>(async input => {
    const named = functionOf(deployment, input.FunctionName);
    if (named.kind === 'failed') return named;
    const { functionName } = named;
    const found = await find.known(functionName);
    if (found.kind === 'failed') return found;
    const all = catalog.aliases.list(functionName);
    const { FunctionVersion: version, Marker: marker, MaxItems: maxItems } = input;
    const users = version === undefined ? undefined : aliasesOf(version, all);
    const wanted = users ? all.filter(({ name }) => users.includes(name)) : all;
    const page = pageOf(wanted, { marker, maxItems }, ({ name }) => name);
    if (page.kind === 'failed') return page;
    return answered({
      Aliases: page.elements.map(alias => describeAlias(catalog, alias)),
      ...(page.next === undefined ? {} : { NextMarker: page.next }),
    });
  });
}
