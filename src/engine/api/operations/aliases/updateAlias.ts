import type { AliasConfiguration, UpdateAliasRequest } from '@aws-sdk/client-lambda';
import { routingOf } from '../../../versions/aliases.ts';
import { functionArn } from '../../../versions/catalog.ts';
import { notFound, revisionMismatch } from '../../../versions/errors.ts';
import { aliasTarget } from '../../../versions/find.ts';
import type { AliasRecord } from '../../../versions/records.ts';
import { answered, type Deployment, functionOf } from '../deployment.ts';
import { operation } from '../operation.ts';
import { describeAlias } from './describeAlias.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_UpdateAlias.html */
export function createUpdateAlias(deployment: Deployment) {
  const { catalog, find } = deployment;
  return operation<UpdateAliasRequest, AliasConfiguration>(async input => {
    const named = functionOf(deployment, input.FunctionName);
    if (named.kind === 'failed') return named;
    const { functionName, arn } = named;
    const { Name: name = '' } = input;
    const found = await find.known(functionName);
    if (found.kind === 'failed') return found;
    const updated = catalog.transaction(() => {
      const before = catalog.aliases.get(functionName, name);
      if (!before) return notFound(`Alias not found: ${functionArn(catalog, functionName, name)}`);
      if (input.RevisionId !== undefined && input.RevisionId !== before.revisionId) {
        return revisionMismatch('GetFunction/GetAlias');
      }
      const routing = routingOf(
        {
          version: input.FunctionVersion ?? before.version,
          weights: input.RoutingConfig ? input.RoutingConfig.AdditionalVersionWeights : weightsOf(before),
        },
        target => aliasTarget(catalog, functionName, target),
        arn,
      );
      if ('kind' in routing) return routing;
      const pointed = input.FunctionVersion !== undefined || input.RoutingConfig !== undefined;
      const alias: AliasRecord = {
        functionName,
        name,
        description: input.Description ?? before.description,
        ...routing,
        revisionId: catalog.ids.uuid(),
        ...(before.follows && !pointed ? { follows: before.follows } : {}),
        ...(before.definedAs === undefined ? {} : { definedAs: before.definedAs }),
      };
      if (pointed) catalog.aliases.addChange({ alias: before, replacedAt: catalog.clock.now() });
      catalog.aliases.put(alias);
      return { kind: 'updated' as const, alias };
    });
    if (updated.kind === 'failed') return updated;
    catalog.events.emit({ type: 'versionsChanged', functionName });
    deployment.provisioning.apply(functionName);
    return answered(describeAlias(catalog, updated.alias));
  });
}

function weightsOf({ additional }: AliasRecord): Readonly<Record<string, number>> | undefined {
  return additional && { [additional.version]: additional.weight };
}
