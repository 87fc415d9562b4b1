import type { Problems } from '../problems.ts';
import {
  createDocument,
  type DocNode,
  type MapEntry,
  rangeBetween,
  type ScalarNode,
  type SourceDocument,
} from './sourceDocument.ts';

/** A map while it is being filled. */
interface Table {
  readonly kind: 'map';
  readonly entries: Map<string, MapEntry>;
  readonly document: SourceDocument;
  readonly start: number;
  readonly end: number;
}

/**
 * Parses TOML as configuration files use it: tables, dotted keys, texts, numbers, booleans, arrays and
 * inline tables; dates stay texts. Undefined where it has an error: a problem says where.
 * https://toml.io/en/v1.0.0
 */
export function parseToml(file: string, text: string, problems: Problems): DocNode | undefined {
  const parser = new TomlParser(createDocument(file, text), text);
  try {
    return parser.parse();
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    problems.error(
      `This file is not TOML: ${error.message}. Correct it here; it is not read until then.`,
      rangeBetween(parser.document, error.offset, error.offset + 1),
    );
    return undefined;
  }
}

class TomlError extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

const escapes: Readonly<Record<string, string>> = {
  b: '\b',
  t: '\t',
  n: '\n',
  f: '\f',
  r: '\r',
  '"': '"',
  '\\': '\\',
};

class TomlParser {
  readonly document: SourceDocument;
  readonly #text: string;
  #at = 0;

  constructor(document: SourceDocument, text: string) {
    this.document = document;
    this.#text = text;
  }

  parse(): DocNode {
    const root = this.#table(0, this.#text.length);
    let current = root;
    for (this.#skip(true); this.#at < this.#text.length; this.#skip(true)) {
      if (this.#text[this.#at] === '[') current = this.#header(root);
      else this.#assignment(current);
      this.#skip(false);
      if (this.#at < this.#text.length && !/[\r\n]/.test(this.#text[this.#at] ?? '')) {
        throw new TomlError('a new line has to follow', this.#at);
      }
    }
    return root;
  }

  #table(start: number, end: number): Table {
    return { kind: 'map', entries: new Map(), document: this.document, start, end };
  }

  /** `[a.b]`, or `[[a.b]]` for one more item of a list. */
  #header(root: Table): Table {
    const start = this.#at;
    const isList = this.#text.startsWith('[[', start);
    this.#at += isList ? 2 : 1;
    const path = this.#key();
    const closing = isList ? ']]' : ']';
    if (!this.#text.startsWith(closing, this.#at)) throw new TomlError(`${closing} is missing`, this.#at);
    this.#at += closing.length;
    const last = path.at(-1);
    const parent = this.#descend(root, path.slice(0, -1));
    if (!last) return parent;
    if (!isList) return this.#descend(parent, [last]);
    const table = this.#table(start, this.#at);
    const known = parent.entries.get(String(last.value));
    const items = known?.value.kind === 'seq' ? [...known.value.items, table] : [table];
    parent.entries.set(String(last.value), {
      key: last,
      value: { kind: 'seq', items, document: this.document, start, end: this.#at },
    });
    return table;
  }

  #assignment(table: Table): void {
    const path = this.#key();
    const last = path.at(-1);
    if (!last || this.#text[this.#at] !== '=') throw new TomlError('an equals sign is missing', this.#at);
    this.#at += 1;
    this.#skip(false);
    const value = this.#value();
    const owner = this.#descend(table, path.slice(0, -1));
    if (owner.entries.has(String(last.value)))
      throw new TomlError(`${last.value} is written twice`, last.start);
    owner.entries.set(String(last.value), { key: last, value });
  }

  /** The table at the end of a path, made where it is missing; of a list it is the last item. */
  #descend(from: Table, path: readonly ScalarNode[]): Table {
    let at = from;
    for (const key of path) {
      const name = String(key.value);
      const known = at.entries.get(name)?.value;
      const inner = known?.kind === 'seq' ? known.items.at(-1) : known;
      if (inner && inner.kind !== 'map') throw new TomlError(`${name} is no table`, key.start);
      if (inner) at = inner as Table;
      else {
        const table = this.#table(key.start, key.end);
        at.entries.set(name, { key, value: table });
        at = table;
      }
    }
    return at;
  }

  /** A dotted key, and the space after it. */
  #key(): readonly ScalarNode[] {
    const parts: ScalarNode[] = [];
    do {
      if (parts.length > 0) this.#at += 1;
      this.#skip(false);
      const start = this.#at;
      const quote = this.#text[start];
      let value: string;
      if (quote === '"' || quote === "'") value = this.#string();
      else {
        value = /^[A-Za-z0-9_-]+/.exec(this.#text.slice(start, start + 256))?.[0] ?? '';
        if (value === '') throw new TomlError('a key is missing', start);
        this.#at += value.length;
      }
      parts.push({ kind: 'scalar', value, document: this.document, start, end: this.#at });
      this.#skip(false);
    } while (this.#text[this.#at] === '.');
    return parts;
  }

  #value(): DocNode {
    const start = this.#at;
    const scalar = (value: ScalarNode['value']): ScalarNode => ({
      kind: 'scalar',
      value,
      document: this.document,
      start,
      end: this.#at,
    });
    const first = this.#text[start];
    if (first === '"' || first === "'") return scalar(this.#string());
    if (first === '[') return this.#array(start);
    if (first === '{') return this.#inlineTable(start);
    const word = /^[^\s,\]}#]+/.exec(this.#text.slice(start, start + 256))?.[0];
    if (!word) throw new TomlError('a value is missing', start);
    const isFlag = word === 'true' || word === 'false';
    if (!isFlag && !/^[-+]?(\d|inf$|nan$)/.test(word)) throw new TomlError('a text needs quotes', start);
    this.#at += word.length;
    if (isFlag) return scalar(word === 'true');
    const number = Number(word.replaceAll('_', ''));
    return scalar(Number.isNaN(number) ? word : number);
  }

  #array(start: number): DocNode {
    const items: DocNode[] = [];
    this.#at += 1;
    for (;;) {
      this.#skip(true);
      if (this.#text[this.#at] === ']') break;
      items.push(this.#value());
      this.#skip(true);
      if (this.#text[this.#at] === ',') this.#at += 1;
      else if (this.#text[this.#at] !== ']') throw new TomlError('a comma or ] is missing', this.#at);
    }
    this.#at += 1;
    return { kind: 'seq', items, document: this.document, start, end: this.#at };
  }

  #inlineTable(start: number): DocNode {
    const table = this.#table(start, start);
    this.#at += 1;
    this.#skip(false);
    while (this.#text[this.#at] !== '}') {
      this.#assignment(table);
      this.#skip(false);
      if (this.#text[this.#at] === ',') this.#at += 1;
      else if (this.#text[this.#at] !== '}') throw new TomlError('a comma or } is missing', this.#at);
      this.#skip(false);
    }
    this.#at += 1;
    return { ...table, end: this.#at };
  }

  #string(): string {
    const start = this.#at;
    const quote = this.#text[start] ?? '"';
    const fence = this.#text.startsWith(quote.repeat(3), start) ? quote.repeat(3) : quote;
    this.#at += fence.length;
    let value = '';
    while (!this.#text.startsWith(fence, this.#at)) {
      const character = this.#text[this.#at];
      if (character === undefined || (fence.length === 1 && character === '\n')) {
        throw new TomlError('the text has no closing quote', start);
      }
      if (character === '\\' && quote === '"') value += this.#escape();
      else {
        value += character;
        this.#at += 1;
      }
    }
    this.#at += fence.length;
    return fence.length === 3 ? value.replace(/^\r?\n/, '') : value;
  }

  #escape(): string {
    const next = this.#text[this.#at + 1] ?? '';
    const code = /^(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))/.exec(
      this.#text.slice(this.#at + 1, this.#at + 10),
    );
    if (code) {
      this.#at += 1 + code[0].length;
      return String.fromCodePoint(Math.min(Number.parseInt(code[1] ?? code[2] ?? '0', 16), 0x10ffff));
    }
    // A backslash at the end of a line joins it to the next word.
    const joined = /^\\[ \t]*\r?\n\s*/.exec(this.#text.slice(this.#at, this.#at + 1024));
    this.#at += joined ? joined[0].length : 2;
    return joined ? '' : (escapes[next] ?? next);
  }

  #skip(lines: boolean): void {
    for (;;) {
      const character = this.#text[this.#at];
      if (character === '#') {
        while (this.#at < this.#text.length && this.#text[this.#at] !== '\n') this.#at += 1;
      } else if (
        character === ' ' ||
        character === '\t' ||
        (lines && (character === '\n' || character === '\r'))
      ) {
        this.#at += 1;
      } else return;
    }
  }
}
