import type {
  ListTagsRequest,
  ListTagsResponse,
  TagResourceRequest,
  UntagResourceRequest,
} from '@aws-sdk/client-lambda';
import { functionExists } from '../../../versions/catalog.ts';
import { functionMissing, type Refused, unsupportedHere } from '../../../versions/errors.ts';
import { answered, type Deployment, functionOf } from '../deployment.ts';
import { operation } from '../operation.ts';
import { tagsOf, tagsRefusal } from './tagRules.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_TagResource.html */
export function createTagResource(deployment: Deployment) {
  return operation<TagResourceRequest, object>(async input => {
    const named = taggedFunction(deployment, input.Resource);
    if (named.kind === 'failed') return named;
    const tags = { ...tagsOf(deployment.catalog, named.functionName), ...input.Tags };
    const wrong = tagsRefusal(tags);
    if (wrong) return wrong;
    putTags(deployment, named.functionName, tags);
    return answered({});
  });
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_UntagResource.html */
export function createUntagResource(deployment: Deployment) {
  return operation<UntagResourceRequest, object>(async input => {
    const named = taggedFunction(deployment, input.Resource);
    if (named.kind === 'failed') return named;
    const removed = new Set(input.TagKeys);
    const tags = Object.entries(tagsOf(deployment.catalog, named.functionName)).filter(
      ([name]) => !removed.has(name),
    );
    putTags(deployment, named.functionName, Object.fromEntries(tags));
    return answered({});
  });
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListTags.html */
export function createListTags(deployment: Deployment) {
  return operation<ListTagsRequest, ListTagsResponse>(async input => {
    const named = taggedFunction(deployment, input.Resource);
    return named.kind === 'failed'
      ? named
      : answered({ Tags: { ...tagsOf(deployment.catalog, named.functionName) } });
  });
}

function putTags(
  { catalog }: Deployment,
  functionName: string,
  tags: Readonly<Record<string, string>>,
): void {
  catalog.transaction(() => catalog.settings.put(functionName, 'tags', tags));
  catalog.events.emit({ type: 'versionsChanged', functionName });
}

function taggedFunction(
  deployment: Deployment,
  resource = '',
): { readonly kind: 'named'; readonly functionName: string } | Refused {
  const [, , , , , type = ''] = resource.split(':');
  if (type !== 'function') {
    return unsupportedHere(
      `Resource=${resource}`,
      'has no tags here: Lambda Lens keeps tags of functions only.',
    );
  }
  const named = functionOf(deployment, resource);
  if (named.kind === 'failed') return named;
  return functionExists(deployment.catalog, named.functionName) ? named : functionMissing(named.arn);
}
