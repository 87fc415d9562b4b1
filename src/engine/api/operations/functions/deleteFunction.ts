import type { DeleteFunctionRequest, DeleteFunctionResponse } from '@aws-sdk/client-lambda';
import { aliasesOf } from '../../../versions/aliases.ts';
import { functionArn, functionExists } from '../../../versions/catalog.ts';
import { conflict, functionMissing, invalid, unsupportedHere } from '../../../versions/errors.ts';
import { answered, type Deployment, referenceOf } from '../deployment.ts';
import { operation } from '../operation.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunction.html */
export function createDeleteFunction(deployment: Deployment) {
  const { catalog } = deployment;

  function deleteAll(functionName: string) {
    if (catalog.workspace.definition(functionName)) {
      return unsupportedHere(
        'DeleteFunction',
        `does not delete ${functionName}: a template of the workspace defines it. Remove it there.`,
      );
    }
    const numbers = catalog.versions
      .list(functionName, 0, Number.MAX_SAFE_INTEGER)
      .map(version => version.number);
    catalog.transaction(() => {
      catalog.functions.remove(functionName);
      catalog.versions.removeAll(functionName);
      catalog.aliases.removeAll(functionName);
      catalog.settings.removeAll(functionName);
    });
    for (const version of ['$LATEST', ...numbers.map(String)])
      catalog.runtime().retire(functionName, version);
    deployment.urlsChanged();
    return answered({ StatusCode: 204 });
  }

  function deleteVersion(functionName: string, qualifier: string) {
    if (qualifier === '$LATEST') {
      return invalid('$LATEST version cannot be deleted without deleting the function.');
    }
    if (!/^\d+$/.test(qualifier)) {
      return catalog.aliases.get(functionName, qualifier)
        ? invalid('Deletion of aliases is not currently supported.')
        : functionMissing(functionArn(catalog, functionName, qualifier));
    }
    const users = aliasesOf(qualifier, catalog.aliases.list(functionName));
    if (users.length > 0) {
      return conflict(
        `Unable to delete version because the following aliases reference it: [${users.join(', ')}]`,
      );
    }
    catalog.transaction(() => {
      catalog.versions.remove(functionName, Number(qualifier));
      catalog.settings.removeQualifier(functionName, qualifier);
    });
    deployment.provisioning.apply(functionName);
    catalog.runtime().retire(functionName, qualifier);
    return answered({ StatusCode: 204 });
  }

  return operation<DeleteFunctionRequest, DeleteFunctionResponse>(async input => {
    const reference = referenceOf(deployment, input.FunctionName, input.Qualifier);
    if (reference.kind === 'failed') return reference;
    const { functionName, qualifier } = reference;
    if (!functionExists(catalog, functionName)) {
      return functionMissing(functionArn(catalog, functionName, qualifier));
    }
    const result = qualifier === undefined ? deleteAll(functionName) : deleteVersion(functionName, qualifier);
    if (result.kind === 'answered') catalog.events.emit({ type: 'versionsChanged', functionName });
    return result;
  });
}
