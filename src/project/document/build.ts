import type { DocNode, MapEntry, MapNode, ScalarNode, SeqNode, SourceDocument } from './sourceDocument.ts';

/** Where nodes are said to be that nobody wrote: at what made them necessary. */
export interface Place {
  readonly document: SourceDocument;
  readonly start: number;
  readonly end: number;
}

/** Builds nodes at one place. */
export interface NodeBuilder {
  scalar(value: ScalarNode['value']): ScalarNode;
  seq(items: readonly DocNode[]): SeqNode;
  /** Undefined values are left out. Plain values become scalars. */
  map(values: Readonly<Record<string, DocNode | ScalarNode['value'] | undefined>>): MapNode;
  ref(name: string): MapNode;
  attribute(logicalId: string, attribute: string): MapNode;
  sub(pattern: string, variables?: Readonly<Record<string, DocNode>>): MapNode;
}

export function buildAt({ document, start, end }: Place): NodeBuilder {
  const scalar = (value: ScalarNode['value']): ScalarNode => ({
    kind: 'scalar',
    value,
    document,
    start,
    end,
  });
  const seq = (items: readonly DocNode[]): SeqNode => ({ kind: 'seq', items, document, start, end });
  const map: NodeBuilder['map'] = values => {
    const entries = new Map<string, MapEntry>();
    for (const [name, value] of Object.entries(values)) {
      if (value === undefined) continue;
      const node = isNode(value) ? value : scalar(value);
      entries.set(name, { key: scalar(name), value: node });
    }
    return { kind: 'map', entries, document, start, end };
  };
  return {
    scalar,
    seq,
    map,
    ref: name => map({ Ref: name }),
    attribute: (logicalId, attribute) => map({ 'Fn::GetAtt': seq([scalar(logicalId), scalar(attribute)]) }),
    sub: (pattern, variables) =>
      map({ 'Fn::Sub': variables ? seq([scalar(pattern), map(variables)]) : scalar(pattern) }),
  };
}

function isNode(value: DocNode | ScalarNode['value']): value is DocNode {
  return typeof value === 'object' && value !== null;
}

/** The map with further entries, which go before those of the same name. */
export function withEntries(node: MapNode, entries: Iterable<[string, MapEntry]>): MapNode {
  return { ...node, entries: new Map([...node.entries, ...entries]) };
}
