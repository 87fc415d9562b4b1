import type { DocNode, MapEntry, MapNode, ScalarNode, SeqNode, SourceDocument } from './sourceDocument.ts';

/** Where nodes are said to be that nobody wrote: at what made them necessary. */
export interface Place {
  readonly document: SourceDocument;
  readonly start: number;
  readonly end: number;
}

/** What stands for a node: a node, or a plain value that becomes a scalar; undefined is left out. */
type Buildable = DocNode | ScalarNode['value'] | undefined;

export function buildAt(place: Place): NodeBuilder {
  return new NodeBuilder(place);
}

/** Builds nodes at one place. */
export class NodeBuilder {
  readonly #place: Place;

  constructor({ document, start, end }: Place) {
    this.#place = { document, start, end };
  }

  scalar(value: ScalarNode['value']): ScalarNode {
    return { kind: 'scalar', value, ...this.#place };
  }

  seq(items: readonly DocNode[]): SeqNode {
    return { kind: 'seq', items, ...this.#place };
  }

  map(values: Readonly<Record<string, Buildable>>): MapNode {
    const entries = new Map<string, MapEntry>();
    for (const name of Object.keys(values)) {
      const value = values[name];
      if (value === undefined) continue;
      const node = typeof value === 'object' && value !== null ? value : this.scalar(value);
      entries.set(name, { key: this.scalar(name), value: node });
    }
    return { kind: 'map', entries, ...this.#place };
  }

  ref(name: string): MapNode {
    return this.map({ Ref: name });
  }

  attribute(logicalId: string, attribute: string): MapNode {
    return this.map({ 'Fn::GetAtt': this.seq([this.scalar(logicalId), this.scalar(attribute)]) });
  }

  sub(pattern: string, variables?: Readonly<Record<string, DocNode>>): MapNode {
    return this.map({
      'Fn::Sub': variables ? this.seq([this.scalar(pattern), this.map(variables)]) : pattern,
    });
  }
}

/** The map with further entries, which go before those of the same name. */
export function withEntries(node: MapNode, entries: Iterable<[string, MapEntry]>): MapNode {
  return { ...node, entries: new Map([...node.entries, ...entries]) };
}
