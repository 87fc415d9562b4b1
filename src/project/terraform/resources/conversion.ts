import type { DocNode, MapNode } from '../../document/sourceDocument.ts';
import type { TfResource } from '../tfResource.ts';

/** A resource of CloudFormation's that one of Terraform's comes to. */
export interface Converted {
  readonly logicalId: string;
  readonly type: string;
  readonly properties: MapNode;
  readonly metadata?: MapNode;
}

export type Convert = (resource: TfResource) => readonly Converted[];

type Compute = (resource: TfResource) => DocNode | string | number | boolean | undefined;

/** Properties by the path of the attribute that they take, or by what computes them. */
export function to(type: string, properties: Readonly<Record<string, string | Compute>>): Convert {
  return resource => [
    {
      logicalId: resource.logicalId,
      type,
      properties: resource.build.map(
        Object.fromEntries(
          Object.entries(properties).map(([name, source]) => [
            name,
            typeof source === 'string' ? resource.get(...source.split('.')) : source(resource),
          ]),
        ),
      ),
    },
  ];
}

/** A literal name, else the resource's own, so that both ends of a reference agree. */
export function named(attribute: string): Compute {
  return resource => resource.get(attribute) ?? resource.name;
}
