import { buildAt, type NodeBuilder } from '../document/build.ts';
import { parseJson } from '../document/parseJson.ts';
import { type DocNode, descendant, type MapNode } from '../document/sourceDocument.ts';
import { createProblems } from '../problems.ts';

/** A resource of a configuration or a plan, with its expressions in CloudFormation's terms. */
export class TfResource {
  readonly type: string;
  readonly name: string;
  /** For example `module.network.aws_subnet.private[0]`. */
  readonly address: string;
  readonly logicalId: string;
  readonly body: DocNode;
  readonly place: DocNode;
  readonly build: NodeBuilder;

  constructor(identity: Pick<TfResource, 'type' | 'name' | 'address' | 'logicalId' | 'body' | 'place'>) {
    this.type = identity.type;
    this.name = identity.name;
    this.address = identity.address;
    this.logicalId = identity.logicalId;
    this.body = identity.body;
    this.place = identity.place;
    this.build = buildAt(identity.place);
  }

  /** A value; a block within is a list, of which the first is meant. Null counts as absent, as does an empty text, which is the provider's default. */
  get(...path: readonly string[]): DocNode | undefined {
    let at: DocNode | undefined = this.body;
    for (const name of path) {
      if (at?.kind === 'seq') at = at.items[0];
      at = descendant(at, name);
    }
    return at?.kind === 'scalar' && (at.value === null || at.value === '') ? undefined : at;
  }

  /** The blocks of a type. */
  blocks(name: string): readonly TfResource[] {
    const written = this.get(name);
    const items = written?.kind === 'seq' ? written.items : written ? [written] : [];
    return items.map(body => new TfResource({ ...this.identity(), body, place: body }));
  }

  /** What is JSON in a text, as what it says; `jsonencode` need not be decoded. */
  json(...path: readonly string[]): DocNode | undefined {
    const written = this.get(...path);
    const encoded = descendant(written, 'Fn::ToJsonString');
    if (encoded) return encoded;
    if (written?.kind !== 'scalar' || typeof written.value !== 'string' || written.placeholders)
      return written;
    if (!/^\s*[[{]/.test(written.value)) return written;
    const parsed = parseJson(written.document.file, written.value, createProblems());
    return parsed ? movedTo(parsed, written) : written;
  }

  identity(): Pick<TfResource, 'type' | 'name' | 'address' | 'logicalId'> {
    const { type, name, address, logicalId } = this;
    return { type, name, address, logicalId };
  }
}

/** A node of a text within a text is said to be where the text is. */
function movedTo(node: DocNode, place: DocNode): DocNode {
  const { document, start, end } = place;
  if (node.kind === 'scalar') return { ...node, document, start, end };
  if (node.kind === 'seq') {
    return { ...node, items: node.items.map(item => movedTo(item, place)), document, start, end };
  }
  const entries = [...node.entries].map(
    ([name, { key, value }]) =>
      [name, { key: { ...key, document, start, end }, value: movedTo(value, place) }] as const,
  );
  return { ...node, entries: new Map(entries), document, start, end } satisfies MapNode;
}
