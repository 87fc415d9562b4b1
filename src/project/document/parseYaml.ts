import {
  type Alias,
  type CollectionTag,
  type Document,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Node,
  parseDocument,
  type ScalarTag,
  Schema,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import type { Problems } from '../problems.ts';
import {
  createDocument,
  type DocNode,
  type MapEntry,
  rangeBetween,
  type ScalarNode,
  type SourceDocument,
} from './sourceDocument.ts';
import { shortForms, writeOutTag } from './tags.ts';

/**
 * Parses YAML 1.1, which is what CloudFormation reads, and JSON, which is nearly a part of it. Undefined
 * when the text has a syntax error: the problem then says where. An empty text is an empty map.
 */
export function parseYaml(file: string, text: string, problems: Problems): DocNode | undefined {
  const document = createDocument(file, text);
  const tooDeepAt = excessiveNesting(text);
  if (tooDeepAt !== undefined) {
    problems.error(tooDeep, rangeBetween(document, tooDeepAt, tooDeepAt + 1));
    return undefined;
  }
  const parsed = parseDocument(text, {
    version: '1.1',
    schema,
    uniqueKeys: false,
    keepSourceTokens: false,
    prettyErrors: false,
    logLevel: 'silent',
  });
  const syntaxError = parsed.errors[0];
  if (syntaxError) {
    const [start, end] = syntaxError.pos;
    // The parser recurses, and says that it ran out of stack as if it were an error of syntax.
    const message = syntaxError.message.includes('call stack')
      ? tooDeep
      : `This template does not parse: ${firstSentence(syntaxError.message)}. Correct it here; until then its functions stay as they were last read.`;
    problems.error(message, rangeBetween(document, start, end));
    return undefined;
  }
  if (parsed.contents === null) {
    return { kind: 'map', entries: new Map(), document, start: 0, end: text.length };
  }
  return new Converter(document, parsed, problems).convertRoot(parsed.contents);
}

const tooDeep = 'This is nested too deeply to be read. Flatten it.';

/** Where brackets are opened by the hundred, which the parser would take seconds to refuse. */
function excessiveNesting(text: string): number | undefined {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x5b || code === 0x7b) depth += 1;
    else if ((code === 0x5d || code === 0x7d) && depth > 0) depth -= 1;
    // Brackets within texts count too, so this is far above what is accepted in the end.
    if (depth > 10 * maximumDepth) return at;
  }
  return undefined;
}

/** Without brackets a collection ends where its last value does, and not after the comments that follow. */
function endOf(node: YAMLMap | YAMLSeq, last: DocNode | undefined, end: number): number {
  const isWithin = last && last.end > (node.range?.[0] ?? 0) && last.end <= end;
  return node.flow || !isWithin ? end : last.end;
}

/** Types of YAML 1.1 that CloudFormation does not know, sixties among them: their values stay the texts that they are. */
function isForeign({ tag, format }: { readonly tag: string; readonly format?: string }): boolean {
  return foreignTags.has(tag.replace('tag:yaml.org,2002:', '')) || format === 'TIME';
}

const foreignTags = new Set(['timestamp', 'binary', 'omap', 'pairs', 'set']);

/** Known to the parser so that it does not make a warning, with a stack trace, of each. */
const shortTags: readonly (ScalarTag | CollectionTag)[] = [...shortForms].flatMap(name => [
  { tag: `!${name}`, resolve: (text: string) => text },
  { tag: `!${name}`, collection: 'seq', resolve: (seq: unknown) => seq },
  { tag: `!${name}`, collection: 'map', resolve: (map: unknown) => map },
]);

/** One for all templates: it takes longer to make than a small one to parse. */
const schema = new Schema({
  schema: 'yaml-1.1',
  resolveKnownTags: false,
  customTags: tags => [...tags.filter(tag => typeof tag === 'string' || !isForeign(tag)), ...shortTags],
});

/** Values that anchors may repeat in one file before it is taken for an attack or a mistake. */
const maximumExpandedNodes = 1_000_000;

/** Several times what CloudFormation accepts, and few enough for whoever recurses over the nodes. */
const maximumDepth = 100;

class Converter {
  readonly #document: SourceDocument;
  readonly #parsed: Document.Parsed;
  readonly #problems: Problems;
  readonly #converted = new Map<Node, { node: DocNode; size: number }>();
  readonly #inProgress = new Set<Node>();
  #size = 0;
  #depth = 0;
  #exceeded = false;

  constructor(document: SourceDocument, parsed: Document.Parsed, problems: Problems) {
    this.#document = document;
    this.#parsed = parsed;
    this.#problems = problems;
  }

  convertRoot(contents: Node): DocNode | undefined {
    const root = this.#convert(contents);
    return this.#exceeded ? undefined : root;
  }

  #convert(node: Node): DocNode {
    const before = this.#size;
    this.#size += 1;
    const place = this.#place(node);
    if (isAlias(node)) return this.#followAlias(node);
    if (this.#depth >= maximumDepth) {
      if (!this.#exceeded) this.#problems.error(tooDeep, this.#range(node));
      this.#exceeded = true;
      return { kind: 'scalar', value: null, ...place };
    }
    this.#depth += 1;
    let converted: DocNode;
    this.#inProgress.add(node);
    if (isMap(node)) {
      const entries = this.#entries(node);
      const last = [...entries.values()].at(-1)?.value;
      converted = { kind: 'map', entries, ...place, end: endOf(node, last, place.end) };
    } else if (isSeq(node)) {
      const items = node.items.map(item => this.#convertItem(item));
      converted = { kind: 'seq', items, ...place, end: endOf(node, items.at(-1), place.end) };
    } else {
      const value = isScalar(node) ? scalarValue(node.value, node.source) : null;
      converted = { kind: 'scalar', value, ...place };
    }
    this.#inProgress.delete(node);
    this.#depth -= 1;
    if (node.tag?.startsWith('!') && !node.tag.startsWith('!!')) {
      converted = writeOutTag(node.tag, converted, this.#problems);
    }
    if (node.anchor) this.#converted.set(node, { node: converted, size: this.#size - before });
    return converted;
  }

  /** A pair inside a sequence is the `? a : b` form, a map of one. */
  #convertItem(item: unknown): DocNode {
    if (isPair(item)) {
      const entries = new Map<string, MapEntry>();
      this.#addPair(entries, item.key, item.value);
      const value = [...entries.values()][0];
      const place = value?.key ?? { document: this.#document, start: 0, end: 0 };
      return { kind: 'map', entries, document: this.#document, start: place.start, end: place.end };
    }
    return this.#convert(item as Node);
  }

  #followAlias(alias: Alias): DocNode {
    const target = alias.resolve(this.#parsed);
    const known = target && this.#converted.get(target);
    if (known) {
      this.#size += known.size;
      if (this.#size <= maximumExpandedNodes) return known.node;
      if (!this.#exceeded) {
        this.#exceeded = true;
        this.#problems.error(
          `The anchors of this file stand for more than ${maximumExpandedNodes.toLocaleString('en')} values. Write them out, or use fewer.`,
          this.#range(alias),
        );
      }
    } else if (target && this.#inProgress.has(target)) {
      this.#problems.error(
        `*${alias.source} is inside of &${alias.source}, so it would never end. Remove this alias.`,
        this.#range(alias),
      );
    }
    return { kind: 'scalar', value: null, ...this.#place(alias) };
  }

  #entries(map: YAMLMap): Map<string, MapEntry> {
    const entries = new Map<string, MapEntry>();
    const merged: DocNode[] = [];
    for (const { key, value } of map.items) {
      if (isScalar(key) && key.source === '<<' && key.type === 'PLAIN') merged.push(this.#convertItem(value));
      else this.#addPair(entries, key, value);
    }
    for (const source of merged.flatMap(node => (node.kind === 'seq' ? node.items : [node]))) {
      if (source.kind !== 'map') continue;
      for (const [name, entry] of source.entries) if (!entries.has(name)) entries.set(name, entry);
    }
    return entries;
  }

  #addPair(entries: Map<string, MapEntry>, key: unknown, value: unknown): void {
    const keyNode = this.#keyNode(key as Node);
    const name = String(keyNode.value);
    if (entries.has(name)) {
      this.#problems.error(
        `${name} is written twice here. Remove one of the two; the last one is used until then.`,
        rangeBetween(this.#document, keyNode.start, keyNode.end),
      );
    }
    const converted: DocNode = value
      ? this.#convertItem(value)
      : { kind: 'scalar', value: null, document: this.#document, start: keyNode.end, end: keyNode.end };
    entries.set(name, { key: keyNode, value: converted });
  }

  /** Keys are strings for CloudFormation, however YAML 1.1 reads them (`on`, `1`, `2012-10-17`). */
  #keyNode(key: Node | null): ScalarNode {
    if (isScalar(key)) {
      const value = typeof key.value === 'string' ? key.value : (key.source ?? String(key.value));
      return { kind: 'scalar', value, ...this.#place(key) };
    }
    if (!key) return { kind: 'scalar', value: '', document: this.#document, start: 0, end: 0 };
    const target = isAlias(key) ? key.resolve(this.#parsed) : undefined;
    if (isScalar(target)) return { kind: 'scalar', value: String(target.value), ...this.#place(key) };
    this.#problems.error('A key has to be plain text. Write it as a string.', this.#range(key));
    return { kind: 'scalar', value: String(key), ...this.#place(key) };
  }

  #place(node: Node): { document: SourceDocument; start: number; end: number } {
    const [start, end] = node.range ?? [0, 0];
    return { document: this.#document, start, end };
  }

  #range(node: Node) {
    const { start, end } = this.#place(node);
    return rangeBetween(this.#document, start, end);
  }
}

/**
 * A number with a leading zero is an account id or a port written as text, never meant octal; and a lone
 * dot, which YAML 1.1 takes for a number, is a folder.
 */
function scalarValue(value: unknown, source: string | undefined): string | number | boolean | null {
  if (typeof value === 'number') {
    const isText = source !== undefined && (!Number.isFinite(value) || /^[-+]?0\d/.test(source));
    return isText ? source : value;
  }
  // `AttributeType: N` is no "no".
  if (typeof value === 'boolean' && source?.length === 1) return source;
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  return value === null || value === undefined ? null : (source ?? String(value));
}

function firstSentence(message: string): string {
  return (message.split('\n')[0] ?? message).replace(/[.:]\s*$/, '');
}
