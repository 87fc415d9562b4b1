import { type DocNode, descendant, type MapEntry, type MapNode } from '../document/sourceDocument.ts';

/**
 * The properties of a SAM resource with the section of `Globals` for its type merged in: maps are merged
 * key by key, lists are joined with the global items first, anything else is the resource's own.
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-template-anatomy-globals.html
 */
export function withGlobals(
  template: DocNode,
  section: string,
  properties: DocNode | undefined,
): DocNode | undefined {
  const global = descendant(template, 'Globals', section);
  if (!global) return properties;
  return properties ? merge(global, properties) : global;
}

function merge(global: DocNode, own: DocNode): DocNode {
  if (global.kind === 'map' && own.kind === 'map' && !isIntrinsic(global) && !isIntrinsic(own)) {
    const entries = new Map<string, MapEntry>(global.entries);
    for (const [name, entry] of own.entries) {
      const inherited = entries.get(name);
      entries.set(name, inherited ? { key: entry.key, value: merge(inherited.value, entry.value) } : entry);
    }
    return { ...own, entries };
  }
  if (global.kind === 'seq' && own.kind === 'seq') return { ...own, items: [...global.items, ...own.items] };
  return own;
}

function isIntrinsic(node: MapNode): boolean {
  if (node.entries.size !== 1) return false;
  const [name] = node.entries.keys();
  return name === 'Ref' || name === 'Condition' || name?.startsWith('Fn::') === true;
}
