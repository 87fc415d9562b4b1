import type { LayerReference } from '../../model/functionDefinition.ts';
import type { LayerVersionRecord } from '../store/layerTable.ts';
import type { Catalog } from './catalog.ts';

/** The layers that were published here, among those of a function. */
export function localLayers(
  catalog: Catalog,
  layers: readonly LayerReference[],
): readonly LayerVersionRecord[] {
  return layers.flatMap(({ arn, directory }) => {
    const version = directory === undefined ? layerVersionOf(catalog, arn) : undefined;
    return version ? [version] : [];
  });
}

/** The layers with the folders that they are laid over /opt from. */
export function layerFolders(catalog: Catalog, layers: readonly LayerReference[]): readonly LayerReference[] {
  return layers.map(layer => {
    const version = layer.directory === undefined ? layerVersionOf(catalog, layer.arn) : undefined;
    return version ? { ...layer, directory: catalog.archives.folderOf(version.sha256) } : layer;
  });
}

/** A version of a layer of this account and region by its ARN. */
export function layerVersionOf({ home, layers }: Catalog, arn: string): LayerVersionRecord | undefined {
  const prefix = `arn:aws:lambda:${home.region}:${home.accountId}:layer:`;
  const [, name = '', number = ''] = /^([a-zA-Z0-9-_]+):(\d+)$/.exec(arn.slice(prefix.length)) ?? [];
  return arn.startsWith(prefix) ? layers.get(name, Number(number)) : undefined;
}
