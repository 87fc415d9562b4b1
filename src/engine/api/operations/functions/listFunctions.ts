import type {
  FunctionConfiguration,
  ListFunctionsRequest,
  ListFunctionsResponse,
} from '@aws-sdk/client-lambda';
import { functionNames } from '../../../versions/catalog.ts';
import { answered, type Deployment } from '../deployment.ts';
import { operation } from '../operation.ts';
import { readMarker, writeMarker } from '../paging.ts';
import { describeLatest, describeVersion } from './describe.ts';

const pageSize = 50;

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctions.html */
export function createListFunctions(deployment: Deployment) {
  const { catalog, find } = deployment;
  return operation<ListFunctionsRequest, ListFunctionsResponse>(async input => {
    const { MasterRegion: region = 'ALL' } = input;
    // Functions are where they were made: none has come from another region.
    if (region !== 'ALL' && region !== catalog.home.region) return answered({ Functions: [] });
    const marker = readMarker(input.Marker);
    if (marker.kind === 'failed') return marker;
    const limit = Math.min(input.MaxItems ?? pageSize, pageSize);
    const all = input.FunctionVersion === 'ALL';
    const [afterName = '', afterNumber = 0] = marker.position ?? [];
    const functions: FunctionConfiguration[] = [];
    const names = functionNames(catalog).filter(name => name >= String(afterName));
    // Those of the workspace are built at the same time.
    await Promise.all(names.slice(0, limit + 1).map(name => find.latest(name)));
    let last: readonly (string | number)[] = [];

    for (const name of names) {
      if (name === afterName && !all) continue;
      const resumed = name === afterName;
      if (functions.length === limit)
        return answered({ Functions: functions, NextMarker: writeMarker(last) });
      if (!resumed) {
        const found = await find.latest(name);
        if (found.kind === 'failed') continue;
        functions.push(describeLatest(catalog, found.record, all ? '$LATEST' : undefined, 'listed'));
        last = [name, 0];
      }
      if (!all) continue;
      const after = resumed ? Number(afterNumber) : 0;
      const versions = catalog.versions.list(name, after, limit - functions.length + 1);
      for (const version of versions) {
        if (functions.length === limit)
          return answered({ Functions: functions, NextMarker: writeMarker(last) });
        functions.push(describeVersion(catalog, name, version, String(version.number), 'listed'));
        last = [name, version.number];
      }
    }
    return answered({ Functions: functions });
  });
}
