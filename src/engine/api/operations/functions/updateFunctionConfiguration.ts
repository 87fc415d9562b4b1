import type { FunctionConfiguration, UpdateFunctionConfigurationRequest } from '@aws-sdk/client-lambda';
import { type Deployment, functionOf } from '../deployment.ts';
import { operation } from '../operation.ts';
import { configurationWith } from './configurationInput.ts';
import { updateLatest } from './updateLatest.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionConfiguration.html */
export function createUpdateFunctionConfiguration(deployment: Deployment) {
  return operation<UpdateFunctionConfigurationRequest, FunctionConfiguration>(async input => {
    const named = functionOf(deployment, input.FunctionName, true);
    if (named.kind === 'failed') return named;
    const request = { revisionId: input.RevisionId, publish: false };
    return updateLatest(deployment, named.functionName, request, latest => {
      const configured = configurationWith(latest.configuration, input, deployment.catalog);
      if (configured.kind === 'failed') return configured;
      const { code } = latest;
      return { kind: 'changed', configuration: configured.configuration, ...(code ? { code } : {}) };
    });
  });
}
