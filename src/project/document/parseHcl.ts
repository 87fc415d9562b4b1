import type { Problems } from '../problems.ts';
import { buildAt } from './build.ts';
import {
  createDocument,
  type DocNode,
  type MapEntry,
  type MapNode,
  rangeBetween,
  type ScalarNode,
  type SourceDocument,
} from './sourceDocument.ts';

/** A block such as `resource "aws_lambda_function" "orders" { ... }`. */
export interface HclBlock {
  readonly type: string;
  readonly labels: readonly string[];
  /** Attributes by name; blocks within, a list under their type. */
  readonly body: MapNode;
  /** The header of the block. */
  readonly place: DocNode;
}

/** The keys of maps that stand for expressions which are not literal. */
export const hclCalls = {
  /** A traversal, `aws_sqs_queue.jobs.arn`. */
  reference: 'Tf::Reference',
  /** The parts of a text with interpolations. */
  template: 'Tf::Template',
  /** A function's name and its arguments. */
  call: 'Tf::Call',
} as const;

/**
 * Parses the HCL of Terraform as far as it declares; an expression that computes becomes a placeholder.
 * Undefined where the text has an error: a problem says where.
 * https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md
 */
export function parseHcl(file: string, text: string, problems: Problems): readonly HclBlock[] | undefined {
  const parser = new HclParser(createDocument(file, text), text);
  try {
    return parser.parse();
  } catch (error) {
    if (!(error instanceof HclError)) throw error;
    problems.error(
      `This file does not parse: ${error.message}. Correct it here; until then its functions stay as they were last read.`,
      rangeBetween(parser.document, error.offset, error.offset + 1),
    );
    return undefined;
  }
}

class HclError extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

const maximumDepth = 100;

class HclParser {
  readonly document: SourceDocument;
  readonly #text: string;
  #at = 0;
  #depth = 0;

  constructor(document: SourceDocument, text: string) {
    this.document = document;
    this.#text = text;
  }

  parse(): readonly HclBlock[] {
    const blocks: HclBlock[] = [];
    for (this.#skip(true); this.#at < this.#text.length; this.#skip(true)) {
      const start = this.#at;
      const type = this.#name();
      if (this.#peek() === '=') {
        // An attribute, as in terraform.tfvars.
        const body = this.#mapOf(start, new Map([[type.value as string, this.#attribute(type)]]));
        blocks.push({ type: '', labels: [], body, place: type });
      } else blocks.push(this.#block(type, start));
    }
    return blocks;
  }

  #block(type: ScalarNode, start: number): HclBlock {
    const labels: string[] = [];
    for (let next = this.#peek(); next !== '{'; next = this.#peek()) {
      if (next === '"') labels.push(String(this.#label()));
      else if (next !== undefined && /[A-Za-z_]/.test(next)) labels.push(String(this.#name().value));
      else throw new HclError('a block or a value is missing', this.#at);
    }
    const place: ScalarNode = { ...type, start, end: this.#at };
    return { type: String(type.value), labels, body: this.#body(), place };
  }

  #body(): MapNode {
    const start = this.#at;
    this.#enter();
    this.#at += 1;
    const entries = new Map<string, MapEntry>();
    for (this.#skip(true); this.#text[this.#at] !== '}'; this.#skip(true)) {
      if (this.#at >= this.#text.length) throw new HclError('a closing brace is missing', start);
      const name = this.#name();
      if (this.#peek() === '=') entries.set(String(name.value), this.#attribute(name));
      else {
        const block = this.#block(name, name.start);
        const known = entries.get(block.type)?.value;
        const items = known?.kind === 'seq' ? [...known.items, block.body] : [block.body];
        const value: DocNode = {
          kind: 'seq',
          items,
          document: this.document,
          start: name.start,
          end: this.#at,
        };
        entries.set(block.type, { key: name, value });
      }
    }
    this.#at += 1;
    this.#depth -= 1;
    return this.#mapOf(start, entries);
  }

  #attribute(key: ScalarNode): MapEntry {
    this.#at += 1;
    this.#skip(false);
    return { key, value: this.#expression(false) };
  }

  /** @param inBrackets whether a new line may stand in the middle. */
  #expression(inBrackets: boolean): DocNode {
    const start = this.#at;
    this.#enter();
    const node = this.#primary(start);
    this.#depth -= 1;
    const after = this.#at;
    this.#skip(inBrackets);
    const next = this.#text[this.#at] ?? '';
    // An operator, or an index that is computed: more than this reader follows.
    const goesOn =
      node === undefined ||
      /[?+\-*%<>&|!([]/.test(next) ||
      (next === '=' && this.#text[this.#at + 1] === '=') ||
      (next === '/' && this.#text[this.#at + 1] !== '/' && this.#text[this.#at + 1] !== '*');
    if (!goesOn) {
      this.#at = inBrackets ? this.#at : after;
      return node;
    }
    this.#at = this.#expressionEnd(start, inBrackets);
    return this.#unknown(start);
  }

  #primary(start: number): DocNode | undefined {
    const first = this.#text[start] ?? '';
    if (first === '"') return this.#template(start);
    if (first === '[') return this.#list(start);
    if (first === '{') return this.#object(start);
    if (this.#text.startsWith('<<', start)) return this.#heredoc(start);
    const number = /^-?\d+(\.\d+)?([eE][-+]?\d+)?/.exec(this.#text.slice(start, start + 40))?.[0];
    if (number) {
      this.#at = start + number.length;
      return this.#scalar(Number(number), start);
    }
    return /[A-Za-z_]/.test(first) ? this.#traversal(start) : undefined;
  }

  /** A keyword, a function call, or a path such as `a.b[0].c["d"]`. */
  #traversal(start: number): DocNode | undefined {
    const path = /^[A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*|\.\d+|\[\d+\]|\["[^"$]*"\])*/.exec(
      this.#text.slice(start, start + 500),
    )?.[0];
    if (path === undefined) return undefined;
    this.#at = start + path.length;
    if (path === 'true' || path === 'false') return this.#scalar(path === 'true', start);
    if (path === 'null') return this.#scalar(null, start);
    if (this.#text[this.#at] !== '(') {
      // `.*` and what follows it is a list that has to be computed.
      return this.#text[this.#at] === '.'
        ? undefined
        : this.#wrapped(hclCalls.reference, this.#scalar(path, start), start);
    }
    const name = this.#scalar(path, start);
    const items = this.#items(')');
    return this.#wrapped(hclCalls.call, { ...name, kind: 'seq', items: [name, ...items] } as DocNode, start);
  }

  #list(start: number): DocNode | undefined {
    if (/^\[\s*for\b/.test(this.#text.slice(start, start + 40))) return undefined;
    const items = this.#items(']');
    return { kind: 'seq', items, document: this.document, start, end: this.#at };
  }

  #items(closing: string): readonly DocNode[] {
    const open = this.#at;
    this.#at += 1;
    const items: DocNode[] = [];
    for (this.#skip(true); this.#text[this.#at] !== closing; this.#skip(true)) {
      if (this.#at >= this.#text.length) throw new HclError(`a closing ${closing} is missing`, open);
      if (this.#text.startsWith('...', this.#at)) this.#at += 3;
      else if (this.#text[this.#at] === ',') this.#at += 1;
      else items.push(this.#expression(true));
    }
    this.#at += 1;
    return items;
  }

  #object(start: number): DocNode | undefined {
    if (/^\{\s*for\b/.test(this.#text.slice(start, start + 40))) return undefined;
    const entries = new Map<string, MapEntry>();
    this.#at += 1;
    for (this.#skip(true); this.#text[this.#at] !== '}'; this.#skip(true)) {
      if (this.#at >= this.#text.length) throw new HclError('a closing brace is missing', start);
      if (this.#text[this.#at] === ',') {
        this.#at += 1;
        continue;
      }
      const key = this.#text[this.#at] === '"' ? this.#label() : this.#objectKey();
      const separator = this.#peek();
      if (separator !== '=' && separator !== ':') throw new HclError('an equals sign is missing', this.#at);
      const end = this.#at;
      this.#at += 1;
      this.#skip(false);
      const node: ScalarNode = {
        kind: 'scalar',
        value: key,
        document: this.document,
        start: end - key.length,
        end,
      };
      entries.set(key, { key: node, value: this.#expression(false) });
    }
    this.#at += 1;
    return this.#mapOf(start, entries);
  }

  #objectKey(): string {
    const start = this.#at;
    const isPlain = this.#text[start] !== '(';
    // A number is a key too.
    const number = isPlain && /^\d+(\.\d+)?/.exec(this.#text.slice(start, start + 40))?.[0];
    if (number) this.#at += number.length;
    else if (isPlain) return String(this.#name().value);
    else this.#at = this.#expressionEnd(start, true);
    return this.#text.slice(start, this.#at).trim();
  }

  /** A text with `${}` in it is a template; `$${` is the plain characters. */
  #template(start: number): DocNode {
    this.#at = start + 1;
    const parts: DocNode[] = [];
    let plain = '';
    let plainStart = this.#at;
    while (this.#text[this.#at] !== '"') {
      const character = this.#text[this.#at];
      if (character === undefined || character === '\n')
        throw new HclError('the text has no closing quote', start);
      if (this.#text.startsWith('$${', this.#at) || this.#text.startsWith('%%{', this.#at)) {
        plain += this.#text.slice(this.#at + 1, this.#at + 3);
        this.#at += 3;
      } else if (this.#text.startsWith('${', this.#at)) {
        if (plain !== '') parts.push(this.#scalarBetween(plain, plainStart, this.#at));
        plain = '';
        parts.push(this.#interpolation());
        plainStart = this.#at;
      } else if (character === '\\') {
        const escaped = this.#text[this.#at + 1] ?? '';
        plain += { n: '\n', t: '\t', r: '\r' }[escaped] ?? escaped;
        this.#at += 2;
      } else {
        plain += character;
        this.#at += 1;
      }
    }
    this.#at += 1;
    if (parts.length === 0) return this.#scalar(plain, start);
    if (plain !== '') parts.push(this.#scalarBetween(plain, plainStart, this.#at - 1));
    const items: DocNode = { kind: 'seq', items: parts, document: this.document, start, end: this.#at };
    return this.#wrapped(hclCalls.template, items, start);
  }

  #interpolation(): DocNode {
    const start = this.#at;
    this.#at += 2;
    this.#skip(true);
    const value = this.#expression(true);
    this.#skip(true);
    if (this.#text[this.#at] !== '}') throw new HclError('a closing brace is missing', start);
    this.#at += 1;
    return value;
  }

  /** `<<EOT` and `<<-EOT`; interpolations within stay as they are. */
  #heredoc(start: number): DocNode {
    const [header, dash, marker = ''] =
      /^<<(-?)([A-Za-z_]\w*)\r?\n/.exec(this.#text.slice(start, start + 100)) ?? [];
    if (header === undefined) throw new HclError('a heredoc has no marker', start);
    const from = start + header.length;
    const end = new RegExp(`^[ \\t]*${marker}[ \\t]*$`, 'm').exec(this.#text.slice(from));
    if (!end) throw new HclError(`the line ${marker} that ends the heredoc is missing`, start);
    const body = this.#text.slice(from, from + end.index);
    this.#at = from + end.index + end[0].length;
    const indent = Math.min(
      ...body
        .split('\n')
        .filter(line => line.trim() !== '')
        .map(line => /^[ \t]*/.exec(line)?.[0].length ?? 0),
    );
    const value =
      dash && Number.isFinite(indent) ? body.replace(new RegExp(`^[ \\t]{${indent}}`, 'gm'), '') : body;
    return value.includes('${') ? this.#unknown(start) : this.#scalar(value, start);
  }

  #label(): string {
    const node = this.#template(this.#at);
    return node.kind === 'scalar' ? String(node.value) : this.#text.slice(node.start + 1, node.end - 1);
  }

  #name(): ScalarNode {
    const start = this.#at;
    const name = /^[A-Za-z_][\w-]*/.exec(this.#text.slice(start, start + 200))?.[0];
    if (!name) throw new HclError('a name is missing', start);
    this.#at += name.length;
    return this.#scalar(name, start);
  }

  #peek(): string | undefined {
    this.#skip(false);
    return this.#text[this.#at];
  }

  #enter(): void {
    this.#depth += 1;
    if (this.#depth > maximumDepth) throw new HclError('it is nested too deeply', this.#at);
  }

  #scalar(value: ScalarNode['value'], start: number): ScalarNode {
    return this.#scalarBetween(value, start, this.#at);
  }

  #scalarBetween(value: ScalarNode['value'], start: number, end: number): ScalarNode {
    return { kind: 'scalar', value, document: this.document, start, end };
  }

  #mapOf(start: number, entries: ReadonlyMap<string, MapEntry>): MapNode {
    return { kind: 'map', entries, document: this.document, start, end: this.#at };
  }

  #wrapped(name: string, argument: DocNode, start: number): MapNode {
    return buildAt({ document: this.document, start, end: this.#at }).map({ [name]: argument });
  }

  #unknown(start: number): ScalarNode {
    const written = this.#text.slice(start, this.#at).trim().replace(/\s+/g, ' ');
    const text = `<unresolved ${written.length > 60 ? `${written.slice(0, 60)}…` : written}>`;
    const reason = 'Terraform computes it. A plan beside the configuration tells more: terraform show -json.';
    const placeholders = [{ text, reason, range: rangeBetween(this.document, start, this.#at) }];
    return { ...this.#scalar(text, start), placeholders };
  }

  /** Where an expression ends that is not followed: at a comma or bracket outside of it, or at the line's end. */
  #expressionEnd(from: number, inBrackets: boolean): number {
    let depth = 0;
    for (let at = from; at < this.#text.length; at += 1) {
      const character = this.#text[at] ?? '';
      if (character === '"') at = this.#quoteEnd(at);
      else if ('([{'.includes(character)) depth += 1;
      else if (')]}'.includes(character)) {
        if (depth === 0) return at;
        depth -= 1;
      } else if (depth === 0 && (character === ',' || (character === '\n' && !inBrackets))) return at;
    }
    return this.#text.length;
  }

  #quoteEnd(from: number): number {
    let at = from + 1;
    while (at < this.#text.length && this.#text[at] !== '"' && this.#text[at] !== '\n') {
      at += this.#text[at] === '\\' ? 2 : 1;
    }
    return at;
  }

  #skip(lines: boolean): void {
    for (;;) {
      const character = this.#text[this.#at];
      if (character === ' ' || character === '\t' || character === '\r' || (lines && character === '\n'))
        this.#at += 1;
      else if (character === '#' || this.#text.startsWith('//', this.#at)) {
        while (this.#at < this.#text.length && this.#text[this.#at] !== '\n') this.#at += 1;
      } else if (this.#text.startsWith('/*', this.#at)) {
        const end = this.#text.indexOf('*/', this.#at + 2);
        this.#at = end === -1 ? this.#text.length : end + 2;
      } else return;
    }
  }
}
