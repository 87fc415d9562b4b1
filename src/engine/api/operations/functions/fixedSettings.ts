import type {
  GetFunctionCodeSigningConfigRequest,
  GetFunctionCodeSigningConfigResponse,
  GetRuntimeManagementConfigRequest,
  GetRuntimeManagementConfigResponse,
  PutRuntimeManagementConfigRequest,
  PutRuntimeManagementConfigResponse,
} from '@aws-sdk/client-lambda';
import { functionArn } from '../../../versions/catalog.ts';
import { unsupportedHere } from '../../../versions/errors.ts';
import { answered, type Deployment, functionOf, referenceOf } from '../deployment.ts';
import { operation } from '../operation.ts';

// Settings that have one value here. They are told, since deployment tools ask for them, and no other is taken.

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetRuntimeManagementConfig.html */
export function createGetRuntimeManagementConfig(deployment: Deployment) {
  return operation<GetRuntimeManagementConfigRequest, GetRuntimeManagementConfigResponse>(async input => {
    const found = await versionArn(deployment, input.FunctionName, input.Qualifier);
    return found.kind === 'failed' ? found : answered({ UpdateRuntimeOn: 'Auto', FunctionArn: found.arn });
  });
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_PutRuntimeManagementConfig.html */
export function createPutRuntimeManagementConfig(deployment: Deployment) {
  return operation<PutRuntimeManagementConfigRequest, PutRuntimeManagementConfigResponse>(async input => {
    if (input.UpdateRuntimeOn !== 'Auto') {
      return unsupportedHere(
        `UpdateRuntimeOn=${input.UpdateRuntimeOn}`,
        'is not honoured: functions run on the runtimes that this machine has.',
      );
    }
    const found = await versionArn(deployment, input.FunctionName, input.Qualifier);
    return found.kind === 'failed' ? found : answered({ UpdateRuntimeOn: 'Auto', FunctionArn: found.arn });
  });
}

/** No function has one. https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionCodeSigningConfig.html */
export function createGetFunctionCodeSigningConfig(deployment: Deployment) {
  return operation<GetFunctionCodeSigningConfigRequest, GetFunctionCodeSigningConfigResponse>(async input => {
    const named = functionOf(deployment, input.FunctionName);
    if (named.kind === 'failed') return named;
    const found = await deployment.find.known(named.functionName);
    if (found.kind === 'failed') return found;
    return answered({ CodeSigningConfigArn: '', FunctionName: named.functionName });
  });
}

async function versionArn(deployment: Deployment, name: string | undefined, asked: string | undefined) {
  const reference = referenceOf(deployment, name, asked);
  if (reference.kind === 'failed') return reference;
  const { functionName, qualifier } = reference;
  const found = await deployment.find.version(functionName, qualifier);
  return found.kind === 'failed'
    ? found
    : { kind: 'found' as const, arn: functionArn(deployment.catalog, functionName, qualifier) };
}
