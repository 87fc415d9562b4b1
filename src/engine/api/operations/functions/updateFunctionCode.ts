import type { FunctionConfiguration, UpdateFunctionCodeRequest } from '@aws-sdk/client-lambda';
import { revisionMismatch, unsupportedHere } from '../../../versions/errors.ts';
import { answered, type Deployment, functionOf } from '../deployment.ts';
import { operation } from '../operation.ts';
import { readCode } from './codeInput.ts';
import { describeLatest } from './describe.ts';
import { updateLatest } from './updateLatest.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionCode.html */
export function createUpdateFunctionCode(deployment: Deployment) {
  const { catalog, find } = deployment;
  return operation<UpdateFunctionCodeRequest, FunctionConfiguration>(async input => {
    const named = functionOf(deployment, input.FunctionName, true);
    if (named.kind === 'failed') return named;
    const { functionName } = named;
    if (input.PublishTo !== undefined) {
      return unsupportedHere('PublishTo', 'is not honoured: Lambda Lens has no capacity providers.');
    }
    const found = await find.latest(functionName);
    if (found.kind === 'failed') return found;
    if (input.RevisionId !== undefined && input.RevisionId !== found.record.latest.revisionId) {
      return revisionMismatch('GetFunction/GetAlias');
    }
    const stored = await readCode(input, deployment.codeSource, catalog.archives);
    if (stored.kind === 'failed') return stored;
    const code = { sha256: stored.sha256, size: stored.size, packageFolders: deployment.sdkFolders };
    const architecture = input.Architectures?.[0];
    const changed = ({ configuration }: typeof found.record.latest) => ({
      kind: 'changed' as const,
      code,
      configuration: { ...configuration, ...(architecture === undefined ? {} : { architecture }) },
    });
    if (input.DryRun === true) {
      const { kind: _kind, ...latest } = changed(found.record.latest);
      return answered(
        describeLatest(
          catalog,
          { ...found.record, latest: { ...found.record.latest, ...latest } },
          undefined,
        ),
      );
    }
    const request = { revisionId: input.RevisionId, publish: input.Publish === true };
    return updateLatest(deployment, functionName, request, changed);
  });
}
