import { dirname, join } from 'node:path';
import type { Placeholder } from '../../model/placeholder.ts';
import type { DocNode, MapEntry, ScalarNode, SourceDocument } from '../document/sourceDocument.ts';
import { rangeBetween } from '../document/sourceDocument.ts';

/** How many characters may be looked at to find where expressions end; calls within calls are looked at again. */
export interface Budget {
  left: number;
}

/**
 * Reads JavaScript and TypeScript expressions as far as they are literal. It runs nothing: what is not
 * literal becomes a placeholder with the expression as its text.
 */
export class LiteralReader {
  readonly #text: string;
  readonly #document: SourceDocument;
  /** Constants of the file, by name. */
  readonly #constants: ReadonlyMap<string, number>;
  readonly #budget: Budget;
  #at = 0;
  #depth = 0;

  /** @param constants the offsets of what `const name =` is followed by. */
  constructor(
    text: string,
    document: SourceDocument,
    constants: ReadonlyMap<string, number>,
    budget: Budget,
  ) {
    this.#text = text;
    this.#document = document;
    this.#constants = constants;
    this.#budget = budget;
  }

  /** The arguments of a call whose parenthesis opens just before an offset. */
  arguments(from: number): readonly DocNode[] {
    this.#at = from;
    return this.#list(')');
  }

  /** One expression, up to the comma or bracket that ends it. */
  #expression(): DocNode {
    const start = this.#skipSpace();
    const node = this.#literal(start);
    const end = this.#skipSpace();
    // Anything between here and the end of the expression makes it more than a literal.
    if (node && this.#endsAt(end)) return node;
    this.#at = this.#expressionEnd(start);
    return this.#unknown(start, this.#at);
  }

  #literal(start: number): DocNode | undefined {
    this.#depth += 1;
    const node = this.#depth > 50 ? undefined : this.#read(start);
    this.#depth -= 1;
    return node;
  }

  #read(start: number): DocNode | undefined {
    const first = this.#text[start] ?? '';
    if (first === '{') return this.#object(start);
    if (first === '[') {
      this.#at = start + 1;
      const items = this.#list(']');
      return { kind: 'seq', items, document: this.#document, start, end: this.#at };
    }
    if (first === '"' || first === "'") return this.#string(start, first);
    if (first === '`') return this.#template(start);
    const number = /^-?\d[\d_]*(\.\d+)?/.exec(this.#text.slice(start, start + 40))?.[0];
    if (number) {
      this.#at = start + number.length;
      return this.#scalar(Number(number.replaceAll('_', '')), start);
    }
    return this.#named(start);
  }

  /** A name, a member such as `Runtime.NODEJS_24_X`, or a call of a known function. */
  #named(start: number): DocNode | undefined {
    const [whole = '', made = '', name] =
      /^(new\s+)?([A-Za-z_$][\w$]*(?:\s*\??\.\s*[A-Za-z_$][\w$]*)*)/.exec(
        this.#text.slice(start, start + 200),
      ) ?? [];
    if (!name) return undefined;
    this.#at = start + whole.length;
    if (made !== '' && this.#text[this.#skipSpace()] !== '(') return undefined;
    const path = name.replace(/\s|\?/g, '');
    if (this.#text[this.#skipSpace()] === '(') {
      this.#at += 1;
      const given = this.#list(')');
      return this.#call(path, given, start);
    }
    if (path === 'true' || path === 'false') return this.#scalar(path === 'true', start);
    if (path === 'undefined' || path === 'null') return this.#scalar(null, start);
    if (path === '__dirname' || path === 'import.meta.dirname') {
      return this.#scalar(dirname(this.#document.file), start);
    }
    const member = memberValue(path);
    return member === undefined ? this.#constant(path, start) : this.#scalar(member, start);
  }

  #constant(name: string, start: number): DocNode | undefined {
    const offset = this.#constants.get(name);
    if (offset === undefined) return undefined;
    const after = this.#at;
    this.#at = this.#skipSpaceFrom(offset);
    const value = this.#literal(this.#at);
    this.#at = after;
    return value?.kind === 'scalar' ? { ...value, start, end: after } : undefined;
  }

  #call(path: string, given: readonly DocNode[], start: number): DocNode | undefined {
    const name = path.split('.').at(-1) ?? path;
    const [first] = given;
    const values = given.map(node => (node.kind === 'scalar' && !node.placeholders ? node.value : undefined));
    const number = typeof values[0] === 'number' ? values[0] : undefined;
    if ((name === 'join' || name === 'resolve') && values.every(value => typeof value === 'string')) {
      return this.#scalar(join(...(values as string[])), start);
    }
    if (number !== undefined) {
      const unit = units[path.split('.').slice(-2).join('.')];
      if (unit !== undefined) return this.#scalar(number * unit, start);
    }
    const kind = codeKinds.get(name);
    if (kind !== undefined) {
      const key = this.#scalar(kind, start);
      const entries = first
        ? new Map([[String(key.value), { key, value: first }]])
        : new Map<string, MapEntry>();
      return { kind: 'map', entries, document: this.#document, start, end: this.#at };
    }
    return undefined;
  }

  #object(start: number): DocNode {
    const entries = new Map<string, MapEntry>();
    this.#at = start + 1;
    for (;;) {
      const at = this.#skipSpace();
      const character = this.#text[at];
      if (character === undefined || character === '}') break;
      if (character === ',') {
        this.#at = at + 1;
        continue;
      }
      const key = this.#key(at);
      if (key && this.#text[this.#skipSpace()] === ':') {
        this.#at += 1;
        entries.set(String(key.value), { key, value: this.#expression() });
      } else if (key && this.#endsAt(this.#at)) {
        const value = this.#constant(String(key.value), key.start) ?? this.#unknown(key.start, key.end);
        entries.set(String(key.value), { key, value });
      } else this.#at = this.#expressionEnd(at);
    }
    this.#at += 1;
    return { kind: 'map', entries, document: this.#document, start, end: this.#at };
  }

  #key(start: number): ScalarNode | undefined {
    const first = this.#text[start] ?? '';
    if (first === '"' || first === "'") return this.#string(start, first);
    const name = /^[A-Za-z_$][\w$]*/.exec(this.#text.slice(start, start + 100))?.[0];
    if (!name) return undefined;
    this.#at = start + name.length;
    return this.#scalar(name, start);
  }

  #list(closing: string): readonly DocNode[] {
    const items: DocNode[] = [];
    for (;;) {
      const at = this.#skipSpace();
      const character = this.#text[at];
      if (character === undefined || character === closing) break;
      if (character === ',') this.#at = at + 1;
      else items.push(this.#expression());
      // A bracket that closes something else: the text is not what it seems.
      if (this.#at === at) break;
    }
    this.#at += 1;
    return items;
  }

  #string(start: number, quote: string): ScalarNode {
    let value = '';
    let at = start + 1;
    for (; at < this.#text.length && this.#text[at] !== quote; at += 1) {
      if (this.#text[at] === '\\') at += 1;
      value += this.#text[at] ?? '';
    }
    this.#at = at + 1;
    return this.#scalar(value, start);
  }

  #template(start: number): DocNode | undefined {
    const end = this.#expressionEnd(start);
    const inner = this.#text.slice(start + 1, end - 1);
    this.#at = end;
    return inner.includes('${') ? undefined : this.#scalar(inner, start);
  }

  #scalar(value: ScalarNode['value'], start: number): ScalarNode {
    return { kind: 'scalar', value, document: this.#document, start, end: this.#at };
  }

  #unknown(start: number, end: number): ScalarNode {
    const written = this.#text.slice(start, end).trim().replace(/\s+/g, ' ');
    const shown = written.length > 60 ? `${written.slice(0, 60)}…` : written;
    const placeholder: Placeholder = {
      text: `<unresolved ${shown}>`,
      reason:
        'It is computed by the program, which is not run to read a project. Synthesize it to see the value.',
      range: rangeBetween(this.#document, start, end),
    };
    return {
      kind: 'scalar',
      value: placeholder.text,
      placeholders: [placeholder],
      document: this.#document,
      start,
      end,
    };
  }

  #endsAt(at: number): boolean {
    const character = this.#text[at];
    return character === undefined || ',)]};'.includes(character);
  }

  /** Where the expression ends that begins at an offset: at the comma or bracket that is not within it. */
  #expressionEnd(from: number): number {
    let depth = 0;
    for (let at = from; at < this.#text.length && this.#budget.left > 0; at += 1) {
      this.#budget.left -= 1;
      const character = this.#text[at] ?? '';
      const skipped = skipQuoted(this.#text, at);
      if (skipped !== at) at = skipped - 1;
      else if ('([{'.includes(character)) depth += 1;
      else if (')]}'.includes(character)) {
        depth -= 1;
        if (depth < 0) return at;
      } else if (depth === 0 && (character === ',' || character === ';')) return at;
      if (depth === 0 && character === '`' && at > from) return at + 1;
    }
    return this.#text.length;
  }

  #skipSpace(): number {
    this.#at = this.#skipSpaceFrom(this.#at);
    return this.#at;
  }

  #skipSpaceFrom(from: number): number {
    let at = from;
    for (;;) {
      while (/\s/.test(this.#text[at] ?? '')) at += 1;
      const after = skipComment(this.#text, at);
      if (after === at) return at;
      at = after;
    }
  }
}

/** What makes code of a folder, and of a text. */
const codeKinds: ReadonlyMap<string, 'asset' | 'inline'> = new Map([
  ['fromAsset', 'asset'],
  ['AssetCode', 'asset'],
  ['fromInline', 'inline'],
  ['InlineCode', 'inline'],
]);

/** Seconds and megabytes, in which Lambda counts. */
const units: Readonly<Record<string, number>> = {
  'Duration.seconds': 1,
  'Duration.minutes': 60,
  'Duration.hours': 3_600,
  'Duration.millis': 0.001,
  'Size.mebibytes': 1,
  'Size.gibibytes': 1_024,
};

/** What the constants of the construct library stand for. */
function memberValue(path: string): string | undefined {
  const [owner = '', name = ''] = path.split('.').slice(-2);
  switch (owner) {
    case 'Runtime': {
      const [, language = '', version = ''] =
        /^(NODEJS|PYTHON|RUBY|JAVA|DOTNET|PROVIDED)_(.+)$/.exec(name) ?? [];
      const number = version.toLowerCase().replaceAll('_', '.');
      return language === '' ? undefined : `${language.toLowerCase()}${number}`;
    }
    case 'Architecture':
      return name === 'ARM_64' ? 'arm64' : 'x86_64';
    case 'Tracing':
      return name === 'ACTIVE' ? 'Active' : 'PassThrough';
    default:
      return undefined;
  }
}

/** The offset behind a text in quotes, a template or a comment that begins at an offset; else the offset. */
export function skipQuoted(text: string, at: number): number {
  const quote = text[at];
  if (quote !== '"' && quote !== "'" && quote !== '`') return skipComment(text, at);
  let end = at + 1;
  for (let depth = 0; end < text.length; end += 1) {
    if (text[end] === '\\') end += 1;
    else if (quote === '`' && text.startsWith('${', end)) depth += 1;
    else if (quote === '`' && depth > 0 && text[end] === '}') depth -= 1;
    else if (text[end] === quote && depth === 0) return end + 1;
    else if (text[end] === '\n' && quote !== '`') return end;
  }
  return end;
}

function skipComment(text: string, at: number): number {
  if (text.startsWith('//', at)) {
    const end = text.indexOf('\n', at);
    return end === -1 ? text.length : end;
  }
  if (!text.startsWith('/*', at)) return at;
  const end = text.indexOf('*/', at + 2);
  return end === -1 ? text.length : end + 2;
}
