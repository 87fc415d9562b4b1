import type { AliasConfiguration, CreateAliasRequest } from '@aws-sdk/client-lambda';
import { routingOf } from '../../../versions/aliases.ts';
import { functionArn } from '../../../versions/catalog.ts';
import { conflict } from '../../../versions/errors.ts';
import { aliasTarget } from '../../../versions/find.ts';
import type { AliasRecord } from '../../../versions/records.ts';
import { answered, type Deployment, functionOf } from '../deployment.ts';
import { operation } from '../operation.ts';
import { describeAlias } from './describeAlias.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_CreateAlias.html */
export function createCreateAlias(deployment: Deployment) {
  const { catalog, find } = deployment;
  return operation<CreateAliasRequest, AliasConfiguration>(async input => {
    const named = functionOf(deployment, input.FunctionName);
    if (named.kind === 'failed') return named;
    const { functionName, arn } = named;
    const { Name: name = '', FunctionVersion: version = '', Description: description = '' } = input;
    const found = await find.known(functionName);
    if (found.kind === 'failed') return found;
    const created = catalog.transaction(() => {
      if (catalog.aliases.get(functionName, name)) {
        return conflict(`Alias already exists: ${functionArn(catalog, functionName, name)}`);
      }
      const weights = input.RoutingConfig?.AdditionalVersionWeights;
      const routing = routingOf(
        { version, weights },
        target => aliasTarget(catalog, functionName, target),
        arn,
      );
      if ('kind' in routing) return routing;
      const alias: AliasRecord = {
        functionName,
        name,
        description,
        ...routing,
        revisionId: catalog.ids.uuid(),
      };
      catalog.aliases.put(alias);
      return { kind: 'created' as const, alias };
    });
    if (created.kind === 'failed') return created;
    catalog.events.emit({ type: 'versionsChanged', functionName });
    return answered(describeAlias(catalog, created.alias));
  });
}
