import type { FunctionConfiguration, PublishVersionRequest } from '@aws-sdk/client-lambda';
import { functionMissing, unsupportedHere } from '../../../versions/errors.ts';
import { publishVersion } from '../../../versions/publishing.ts';
import { answered, type Deployment, functionOf } from '../deployment.ts';
import { describeVersion } from '../functions/describe.ts';
import { operation } from '../operation.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_PublishVersion.html */
export function createPublishVersion(deployment: Deployment) {
  const { catalog, find } = deployment;
  return operation<PublishVersionRequest, FunctionConfiguration>(async input => {
    const named = functionOf(deployment, input.FunctionName, true);
    if (named.kind === 'failed') return named;
    const { functionName, arn } = named;
    if (input.PublishTo !== undefined) {
      return unsupportedHere('PublishTo', 'is not honoured: Lambda Lens has no capacity providers.');
    }
    const found = await find.latest(functionName);
    if (found.kind === 'failed') return found;
    const published = publishVersion(catalog, functionName, () => catalog.functions.get(functionName), {
      codeSha256: input.CodeSha256,
      description: input.Description,
      revisionId: input.RevisionId,
    });
    if (published === undefined) return functionMissing(arn);
    if (published.kind === 'failed') return published;
    const { version } = published;
    if (published.kind === 'published') catalog.events.emit({ type: 'versionsChanged', functionName });
    return answered(describeVersion(catalog, functionName, version, String(version.number)));
  });
}
