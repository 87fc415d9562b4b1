import type { Placeholder } from '../../model/placeholder.ts';
import type { SourceRange } from '../../model/source.ts';

/** The text of one file, reduced to what turns offsets into lines and columns. */
export interface SourceDocument {
  /** Absolute path. */
  readonly file: string;
  /** The offset at which each line starts; the first is 0. */
  readonly lineStarts: readonly number[];
}

/** A value of a YAML or JSON file with its place. CloudFormation's short tags are already written out. */
export type DocNode = ScalarNode | MapNode | SeqNode;

interface Place {
  readonly document: SourceDocument;
  /** Offsets into the document, the end exclusive. */
  readonly start: number;
  readonly end: number;
}

export interface ScalarNode extends Place {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
  /** Parts of the text that a reader could not resolve. */
  readonly placeholders?: readonly Placeholder[];
}

export interface SeqNode extends Place {
  readonly kind: 'seq';
  readonly items: readonly DocNode[];
}

export interface MapNode extends Place {
  readonly kind: 'map';
  readonly entries: ReadonlyMap<string, MapEntry>;
}

export interface MapEntry {
  readonly key: ScalarNode;
  readonly value: DocNode;
}

export function createDocument(file: string, text: string): SourceDocument {
  const lineStarts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lineStarts.push(at + 1);
  return { file, lineStarts };
}

/** Where a node, or anything else with a place, is in its file. */
export function rangeOf(place: Place): SourceRange {
  return rangeBetween(place.document, place.start, place.end);
}

export function rangeBetween(document: SourceDocument, start: number, end: number): SourceRange {
  const from = positionAt(document, start);
  const to = positionAt(document, Math.max(start, end));
  return {
    file: document.file,
    startLine: from.line,
    startColumn: from.column,
    endLine: to.line,
    endColumn: to.column,
  };
}

function positionAt(document: SourceDocument, offset: number): { line: number; column: number } {
  let low = 0;
  let high = document.lineStarts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((document.lineStarts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (document.lineStarts[low] ?? 0) + 1 };
}

/** The value of a key, where the node is a map that has it. */
function child(node: DocNode | undefined, key: string): DocNode | undefined {
  return node?.kind === 'map' ? node.entries.get(key)?.value : undefined;
}

/** The node below a path of keys. */
export function descendant(node: DocNode | undefined, ...keys: readonly string[]): DocNode | undefined {
  return keys.reduce<DocNode | undefined>((at, key) => child(at, key), node);
}

export function textOf(node: DocNode | undefined): string | undefined {
  return node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
}

export function entriesOf(node: DocNode | undefined): Iterable<[string, MapEntry]> {
  return node?.kind === 'map' ? node.entries : [];
}
