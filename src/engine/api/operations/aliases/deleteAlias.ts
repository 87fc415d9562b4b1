import type { DeleteAliasRequest } from '@aws-sdk/client-lambda';
import { functionExists } from '../../../versions/catalog.ts';
import { functionMissing } from '../../../versions/errors.ts';
import { answered, type Deployment, functionOf } from '../deployment.ts';
import { operation } from '../operation.ts';

/** One that is not there is deleted, too. https://docs.aws.amazon.com/lambda/latest/api/API_DeleteAlias.html */
export function createDeleteAlias(deployment: Deployment) {
  const { catalog } = deployment;
  return operation<DeleteAliasRequest, object>(async input => {
    const named = functionOf(deployment, input.FunctionName);
    if (named.kind === 'failed') return named;
    const { functionName, arn } = named;
    if (!functionExists(catalog, functionName)) return functionMissing(arn);
    const { Name: name = '' } = input;
    const before = catalog.aliases.get(functionName, name);
    if (!before) return answered({});
    catalog.transaction(() => {
      catalog.aliases.addChange({ alias: before, replacedAt: catalog.clock.now() });
      catalog.aliases.remove(functionName, name);
      catalog.settings.removeQualifier(functionName, name);
    });
    catalog.events.emit({ type: 'versionsChanged', functionName });
    deployment.provisioning.apply(functionName);
    deployment.urlsChanged();
    return answered({});
  });
}
