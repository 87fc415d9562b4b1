import { delimiter, join } from 'node:path';
import type { FunctionDefinition } from '../../model/functionDefinition.ts';

/**
 * Where `require` looks for the packages of layers, the last layer first.
 * https://docs.aws.amazon.com/lambda/latest/dg/nodejs-layers.html#nodejs-layer-paths
 */
export function layerModules({
  runtime,
  layers = [],
}: Pick<FunctionDefinition, 'runtime' | 'layers'>): Readonly<Record<string, string>> {
  const major = /\d+/.exec(runtime)?.[0] ?? '';
  const folders = layers
    .toReversed()
    .flatMap(({ directory }) => (directory === undefined ? [] : [directory]))
    .flatMap(directory => [
      join(directory, 'nodejs', `node${major}`, 'node_modules'),
      join(directory, 'nodejs', 'node_modules'),
    ]);
  return folders.length === 0 ? {} : { NODE_PATH: folders.join(delimiter) };
}
