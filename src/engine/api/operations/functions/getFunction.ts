import type {
  FunctionConfiguration,
  GetFunctionConfigurationRequest,
  GetFunctionRequest,
  GetFunctionResponse,
} from '@aws-sdk/client-lambda';
import { reservedConcurrencyOf } from '../../../versions/reservedConcurrency.ts';
import { answered, type Deployment, referenceOf } from '../deployment.ts';
import { operation } from '../operation.ts';
import { tagsOf } from '../tags/tagRules.ts';
import { describeVersion } from './describe.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetFunction.html */
export function createGetFunction(deployment: Deployment) {
  const { catalog } = deployment;
  return operation<GetFunctionRequest, GetFunctionResponse>(async input => {
    const found = await findVersion(deployment, input.FunctionName, input.Qualifier);
    if (found.kind === 'failed') return found;
    const { functionName, qualifier, version } = found;
    const reserved = reservedConcurrencyOf(catalog, functionName);
    const tags = tagsOf(catalog, functionName);
    return answered({
      Configuration: describeVersion(catalog, functionName, version, qualifier),
      ...(version.code
        ? { Code: { RepositoryType: 'S3', Location: deployment.codeLocation(version.code.sha256) } }
        : {}),
      ...(Object.keys(tags).length > 0 ? { Tags: { ...tags } } : {}),
      ...(reserved === undefined ? {} : { Concurrency: { ReservedConcurrentExecutions: reserved } }),
    });
  });
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConfiguration.html */
export function createGetFunctionConfiguration(deployment: Deployment) {
  return operation<GetFunctionConfigurationRequest, FunctionConfiguration>(async input => {
    const found = await findVersion(deployment, input.FunctionName, input.Qualifier);
    if (found.kind === 'failed') return found;
    const { functionName, qualifier, version } = found;
    return answered(describeVersion(deployment.catalog, functionName, version, qualifier));
  });
}

async function findVersion(deployment: Deployment, name: string | undefined, asked: string | undefined) {
  const reference = referenceOf(deployment, name, asked);
  if (reference.kind === 'failed') return reference;
  const { functionName, qualifier } = reference;
  const found = await deployment.find.version(functionName, qualifier);
  return found.kind === 'failed' ? found : { ...found, functionName, qualifier };
}
