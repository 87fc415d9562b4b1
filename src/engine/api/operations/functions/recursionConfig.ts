import type {
  GetFunctionRecursionConfigRequest,
  GetFunctionRecursionConfigResponse,
  PutFunctionRecursionConfigRequest,
  PutFunctionRecursionConfigResponse,
} from '@aws-sdk/client-lambda';
import { functionExists } from '../../../versions/catalog.ts';
import { functionMissing } from '../../../versions/errors.ts';
import { recursiveLoopOf } from '../../../versions/recursiveLoop.ts';
import { answered, type Deployment, functionOf } from '../deployment.ts';
import { operation } from '../operation.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionRecursionConfig.html */
export function createGetFunctionRecursionConfig(deployment: Deployment) {
  const { catalog } = deployment;
  return operation<GetFunctionRecursionConfigRequest, GetFunctionRecursionConfigResponse>(async input => {
    const named = functionOf(deployment, input.FunctionName);
    if (named.kind === 'failed') return named;
    if (!functionExists(catalog, named.functionName)) return functionMissing(named.arn);
    return answered({ RecursiveLoop: recursiveLoopOf(catalog, named.functionName) });
  });
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionRecursionConfig.html */
export function createPutFunctionRecursionConfig(deployment: Deployment) {
  const { catalog } = deployment;
  return operation<PutFunctionRecursionConfigRequest, PutFunctionRecursionConfigResponse>(async input => {
    const named = functionOf(deployment, input.FunctionName);
    if (named.kind === 'failed') return named;
    const { functionName } = named;
    if (!functionExists(catalog, functionName)) return functionMissing(named.arn);
    const { RecursiveLoop = 'Terminate' } = input;
    const over = catalog.workspace.definition(functionName)?.recursiveLoop;
    catalog.transaction(() =>
      catalog.settings.put(functionName, 'recursion', {
        loop: RecursiveLoop,
        ...(over === undefined ? {} : { over }),
      }),
    );
    return answered({ RecursiveLoop });
  });
}
