import type {
  ListLayersRequest,
  ListLayersResponse,
  ListLayerVersionsRequest,
  ListLayerVersionsResponse,
} from '@aws-sdk/client-lambda';
import type { LayerVersionRecord } from '../../../store/layerTable.ts';
import { answered, type Deployment } from '../deployment.ts';
import { operation } from '../operation.ts';
import { pageOf, readMarker, writeMarker } from '../paging.ts';
import { layerArn, layerName, layerVersionFacts } from './layerVersions.ts';

const pageSize = 50;

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListLayers.html */
export function createListLayers({ catalog }: Deployment) {
  return operation<ListLayersRequest, ListLayersResponse>(async input => {
    const matching = catalog.layers.newest().flatMap(({ name, number }) => {
      const newest = catalog.layers
        .list(name, number + 1, number)
        .find(version => isCompatible(version, input));
      return newest ? [newest] : [];
    });
    const { Marker: marker, MaxItems: maxItems } = input;
    const page = pageOf(matching, { marker, maxItems }, ({ name }) => name);
    if (page.kind === 'failed') return page;
    return answered({
      Layers: page.elements.map(version => ({
        LayerName: version.name,
        LayerArn: layerArn(catalog, version.name),
        LatestMatchingVersion: layerVersionFacts(catalog, version),
      })),
      ...(page.next === undefined ? {} : { NextMarker: page.next }),
    });
  });
}

/** Newest first. https://docs.aws.amazon.com/lambda/latest/api/API_ListLayerVersions.html */
export function createListLayerVersions({ catalog }: Deployment) {
  return operation<ListLayerVersionsRequest, ListLayerVersionsResponse>(async input => {
    const named = layerName(catalog, input.LayerName);
    if (named.kind === 'failed') return named;
    const marker = readMarker(input.Marker);
    if (marker.kind === 'failed') return marker;
    const limit = Math.min(input.MaxItems ?? pageSize, pageSize);
    const before = Number(marker.position?.[0] ?? Number.MAX_SAFE_INTEGER);
    const versions = catalog.layers
      .list(named.name, before, Number.MAX_SAFE_INTEGER)
      .filter(version => isCompatible(version, input));
    const page = versions.slice(0, limit);
    const last = page.at(-1);
    return answered({
      LayerVersions: page.map(version => layerVersionFacts(catalog, version)),
      ...(last && versions.length > page.length ? { NextMarker: writeMarker([last.number]) } : {}),
    });
  });
}

function isCompatible(
  { compatibleRuntimes, compatibleArchitectures }: LayerVersionRecord,
  wanted: Pick<ListLayersRequest, 'CompatibleRuntime' | 'CompatibleArchitecture'>,
): boolean {
  const { CompatibleRuntime: runtime, CompatibleArchitecture: architecture } = wanted;
  return (
    (runtime === undefined || compatibleRuntimes.includes(runtime)) &&
    (architecture === undefined || compatibleArchitectures.includes(architecture))
  );
}
