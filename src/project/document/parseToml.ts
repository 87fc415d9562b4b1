import { type AST, ParseError, parseTOML } from 'toml-eslint-parser';
import type { Problems } from '../problems.ts';
import {
  createDocument,
  type DocNode,
  type MapEntry,
  type MapNode,
  rangeBetween,
  type ScalarNode,
  type SeqNode,
  type SourceDocument,
} from './sourceDocument.ts';

/** Parses TOML; dates stay texts. Undefined where it has an error: a problem says where. */
export function parseToml(file: string, text: string, problems: Problems): DocNode | undefined {
  const document = createDocument(file, text);
  try {
    return readProgram(parseTOML(text), document);
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    problems.error(
      `This file is not TOML: ${error.message.replace(/\.$/, '')}. Correct it here; it is not read until then.`,
      rangeBetween(document, error.index, error.index + 1),
    );
    return undefined;
  }
}

/** A map while it is being filled: TOML's tables may be taken up again anywhere in the file. */
type Table = MapNode & { readonly entries: Map<string, MapEntry> };
type List = SeqNode & { readonly items: DocNode[] };

function readProgram(program: AST.TOMLProgram, document: SourceDocument): DocNode {
  const root = table(program, document);
  for (const node of program.body[0].body) {
    if (node.type === 'TOMLKeyValue') assign(root, node, document);
    else {
      const owner = openTable(root, node, document);
      for (const pair of node.body) assign(owner, pair, document);
    }
  }
  return root;
}

/** The table of a header; a number in its path is the place in a list of tables. */
function openTable(root: Table, header: AST.TOMLTable, document: SourceDocument): Table {
  let at = root;
  let list: List | undefined;
  let written = -1;
  for (const [index, part] of header.resolvedKey.entries()) {
    if (typeof part === 'number') {
      const known = list?.items[part];
      const next = known?.kind === 'map' ? (known as Table) : table(header, document);
      if (!known) list?.items.push(next);
      at = next;
      continue;
    }
    written += 1;
    const isList = typeof header.resolvedKey[index + 1] === 'number';
    const value = member(at, header.key.keys[written] ?? header.key, part, document, isList);
    if (value.kind === 'seq') list = value as List;
    else if (value.kind === 'map') at = value as Table;
  }
  return at;
}

function assign(owner: Table, pair: AST.TOMLKeyValue, document: SourceDocument): void {
  let at = owner;
  for (const key of pair.key.keys.slice(0, -1)) {
    const value = member(at, key, nameOf(key), document, false);
    if (value.kind === 'map') at = value as Table;
  }
  const last = pair.key.keys.at(-1);
  if (!last) return;
  at.entries.set(nameOf(last), {
    key: scalar(last, nameOf(last), document),
    value: readValue(pair.value, document),
  });
}

/** The table or list of that name, made where there is none yet. */
function member(
  owner: Table,
  place: AST.TOMLNode,
  name: string,
  document: SourceDocument,
  isList: boolean,
): DocNode {
  const known = owner.entries.get(name)?.value;
  if (known) return known;
  const value: Table | List = isList
    ? { kind: 'seq', items: [], ...placeOf(place, document) }
    : table(place, document);
  owner.entries.set(name, { key: scalar(place, name, document), value });
  return value;
}

function readValue(node: AST.TOMLContentNode, document: SourceDocument): DocNode {
  switch (node.type) {
    case 'TOMLArray':
      return {
        kind: 'seq',
        items: node.elements.map(element => readValue(element, document)),
        ...placeOf(node, document),
      };
    case 'TOMLInlineTable': {
      const inline = table(node, document);
      for (const pair of node.body) assign(inline, pair, document);
      return inline;
    }
    case 'TOMLValue':
      return scalar(node, node.value instanceof Date ? dateText(node) : node.value, document);
  }
}

function dateText(node: AST.TOMLValue): string {
  return 'datetime' in node ? node.datetime : String(node.value);
}

function nameOf(key: AST.TOMLBare | AST.TOMLQuoted): string {
  return key.type === 'TOMLBare' ? key.name : key.value;
}

function table(node: AST.TOMLNode, document: SourceDocument): Table {
  return { kind: 'map', entries: new Map(), ...placeOf(node, document) };
}

function scalar(node: AST.TOMLNode, value: ScalarNode['value'], document: SourceDocument): ScalarNode {
  return { kind: 'scalar', value, ...placeOf(node, document) };
}

function placeOf({ range: [start, end] }: AST.TOMLNode, document: SourceDocument) {
  return { document, start, end };
}
