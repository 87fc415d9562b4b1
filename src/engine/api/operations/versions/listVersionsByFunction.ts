import type { ListVersionsByFunctionRequest, ListVersionsByFunctionResponse } from '@aws-sdk/client-lambda';
import { answered, type Deployment, functionOf } from '../deployment.ts';
import { describeLatest, describeVersion } from '../functions/describe.ts';
import { operation } from '../operation.ts';
import { readMarker, writeMarker } from '../paging.ts';

/** More are not on a page, whatever the caller asks for. */
const pageSize = 50;

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListVersionsByFunction.html */
export function createListVersionsByFunction(deployment: Deployment) {
  const { catalog, find } = deployment;
  return operation<ListVersionsByFunctionRequest, ListVersionsByFunctionResponse>(async input => {
    const named = functionOf(deployment, input.FunctionName, true);
    if (named.kind === 'failed') return named;
    const { functionName } = named;
    const marker = readMarker(input.Marker);
    if (marker.kind === 'failed') return marker;
    const found = await find.latest(functionName);
    if (found.kind === 'failed') return found;
    const limit = Math.min(input.MaxItems ?? pageSize, pageSize);
    const isFirst = marker.position === undefined;
    const after = Number(marker.position?.[0] ?? 0);
    const wanted = isFirst ? limit - 1 : limit;
    const versions = catalog.versions.list(functionName, after, wanted + 1);
    const page = versions.slice(0, wanted);
    return answered({
      Versions: [
        ...(isFirst ? [describeLatest(catalog, found.record, '$LATEST', 'listed')] : []),
        ...page.map(version =>
          describeVersion(catalog, functionName, version, String(version.number), 'listed'),
        ),
      ],
      ...(versions.length > page.length ? { NextMarker: writeMarker([page.at(-1)?.number ?? after]) } : {}),
    });
  });
}
