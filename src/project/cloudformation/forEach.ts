import {
  type DocNode,
  type MapEntry,
  type MapNode,
  rangeOf,
  type ScalarNode,
} from '../document/sourceDocument.ts';
import { items, text, type Value } from '../intrinsics/value.ts';
import type { Problems } from '../problems.ts';

const prefix = 'Fn::ForEach::';

/** CloudFormation takes 500 resources a template; what multiplies further is a mistake. */
const maximumCopies = 5_000;

/**
 * The node with every `Fn::ForEach` of the language extensions written out.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-foreach.html
 *
 * @param collection evaluates the list that a loop goes over.
 */
export function writeOutLoops(
  node: DocNode,
  collection: (node: DocNode) => Value | undefined,
  problems: Problems,
): DocNode {
  let copies = 0;
  const expand = (at: DocNode): DocNode => {
    if (at.kind === 'seq') return { ...at, items: at.items.map(expand) };
    if (at.kind !== 'map') return at;
    const entries = new Map<string, MapEntry>();
    for (const [name, entry] of at.entries) {
      if (name.startsWith(prefix)) for (const [key, copy] of copiesOf(entry)) entries.set(key, copy);
      else entries.set(name, { key: entry.key, value: expand(entry.value) });
    }
    return { ...at, entries };
  };
  const copiesOf = ({ key, value }: MapEntry): ReadonlyMap<string, MapEntry> => {
    const [identifier, over, body] = value.kind === 'seq' ? value.items : [];
    if (identifier?.kind !== 'scalar' || !over || body?.kind !== 'map') {
      problems.error(
        'Fn::ForEach takes a list of three: a name, the list to go over, and a map to repeat.',
        rangeOf(key),
      );
      return new Map();
    }
    const list = collection(over);
    if (list?.kind !== 'list') {
      problems.error(
        'The list that this Fn::ForEach goes over is not known. Write it out here.',
        rangeOf(over),
      );
      return new Map();
    }
    const all = new Map<string, MapEntry>();
    for (const item of items(list)) {
      copies += 1;
      if (copies > maximumCopies) {
        problems.error(
          `This Fn::ForEach makes more than ${maximumCopies} copies. Go over less.`,
          rangeOf(key),
        );
        break;
      }
      const copy = expand(substitute(body, String(identifier.value), text(item) ?? ''));
      if (copy.kind === 'map') for (const [name, entry] of copy.entries) all.set(name, entry);
    }
    return all;
  };
  return expand(node);
}

/** `${Name}` keeps what is not allowed in a key, `&{Name}` drops it; `Ref` of the name is the item itself. */
function substitute(node: DocNode, identifier: string, item: string): DocNode {
  const letters = item.replace(/[^0-9A-Za-z]/g, '');
  const inText = (written: string) =>
    written.replaceAll(`\${${identifier}}`, item).replaceAll(`&{${identifier}}`, letters);
  const inNode = (at: DocNode): DocNode => {
    if (at.kind === 'scalar') return typeof at.value === 'string' ? { ...at, value: inText(at.value) } : at;
    if (at.kind === 'seq') return { ...at, items: at.items.map(inNode) };
    if (refersTo(at, identifier)) return { ...at, kind: 'scalar', value: item } satisfies ScalarNode;
    const entries = new Map<string, MapEntry>();
    for (const [name, { key, value }] of at.entries) {
      const written = inText(name);
      entries.set(written, { key: { ...key, value: written }, value: inNode(value) });
    }
    return { ...at, entries };
  };
  return inNode(node);
}

function refersTo(node: MapNode, identifier: string): boolean {
  const referred = node.entries.size === 1 ? node.entries.get('Ref')?.value : undefined;
  return referred?.kind === 'scalar' && referred.value === identifier;
}
