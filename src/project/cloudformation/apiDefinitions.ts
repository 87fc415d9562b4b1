import { buildAt, withEntries } from '../document/build.ts';
import { type DocNode, descendant, type MapEntry, type MapNode, textOf } from '../document/sourceDocument.ts';
import { type IncludeContext, readBeside } from './includes.ts';

/** Where each type of API names the file with its OpenAPI definition, and where it would hold the definition itself. */
const properties: Readonly<Record<string, readonly [file: string, inline: string]>> = {
  'AWS::Serverless::Api': ['DefinitionUri', 'DefinitionBody'],
  'AWS::Serverless::HttpApi': ['DefinitionUri', 'DefinitionBody'],
  'AWS::ApiGateway::RestApi': ['BodyS3Location', 'Body'],
  'AWS::ApiGatewayV2::Api': ['BodyS3Location', 'Body'],
};

/** The template with the local OpenAPI files of its APIs read into them. */
export async function importDefinitions(root: DocNode, context: IncludeContext): Promise<DocNode> {
  const resources = descendant(root, 'Resources');
  if (root.kind !== 'map' || resources?.kind !== 'map') return root;
  const changed: [string, MapEntry][] = [];
  for (const [logicalId, entry] of resources.entries) {
    const imported = await importDefinition(entry.value, context);
    if (imported) changed.push([logicalId, { key: entry.key, value: imported }]);
  }
  if (changed.length === 0) return root;
  const key = root.entries.get('Resources')?.key ?? buildAt(root).scalar('Resources');
  return withEntries(root, [['Resources', { key, value: withEntries(resources, changed) }]]);
}

async function importDefinition(resource: DocNode, context: IncludeContext): Promise<DocNode | undefined> {
  const names = properties[textOf(descendant(resource, 'Type')) ?? ''];
  const written = descendant(resource, 'Properties');
  if (!names || resource.kind !== 'map' || written?.kind !== 'map') return undefined;
  const location = descendant(written, names[0]);
  // A map names an object in S3.
  if (location?.kind !== 'scalar') return undefined;
  const found = await readBeside(location, context);
  if (!found) return undefined;
  const entry = { key: buildAt(location).scalar(names[1]), value: found.root };
  const key = resource.entries.get('Properties')?.key ?? entry.key;
  const defined: MapNode = withEntries(written, [[names[1], entry]]);
  return withEntries(resource, [['Properties', { key, value: defined }]]);
}
