import { createScanner, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { Problems } from '../problems.ts';
import {
  createDocument,
  type DocNode,
  type MapEntry,
  rangeBetween,
  type ScalarNode,
  type SourceDocument,
} from './sourceDocument.ts';

/** Parses strict JSON, several times faster than as YAML. Undefined where it has an error: a problem says where. */
export function parseJson(file: string, written: string, problems: Problems): DocNode | undefined {
  const document = createDocument(file, written);
  // A byte order mark is no white space to the parser.
  const text = written.replace(/^\ufeff/, ' ');
  const refuse = (what: string, offset: number, length = 1) => {
    problems.error(
      `This file is not JSON: ${what}. Correct it here; until then its functions stay as they were last read.`,
      rangeBetween(document, offset, offset + Math.max(length, 1)),
    );
  };
  const deep = tooDeepAt(text);
  if (deep !== undefined) {
    refuse('it is nested too deeply', deep);
    return undefined;
  }
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { disallowComments: true });
  const [error] = errors;
  if (root && !error) return convert(root, document, problems);
  const { offset, length } = error ?? { offset: 0, length: 1 };
  const isBehind = root !== undefined && offset < text.length && offset >= root.offset + root.length;
  const known = error && descriptions.get(printParseErrorCode(error.error));
  refuse(isBehind ? 'nothing may follow the value' : (known ?? 'a value is missing'), offset, length);
  return undefined;
}

const maximumDepth = 100;

/** Where brackets are nested deeper than in any template; the parser calls itself for each. */
function tooDeepAt(text: string): number | undefined {
  const scanner = createScanner(text, true);
  let depth = 0;
  while (scanner.getPosition() < text.length) {
    scanner.scan();
    const offset = scanner.getTokenOffset();
    const token = scanner.getTokenLength() === 1 ? text[offset] : undefined;
    if (token === '{' || token === '[') depth += 1;
    else if (token === '}' || token === ']') depth -= 1;
    if (depth > maximumDepth) return offset;
  }
  return undefined;
}

function convert(node: Node, document: SourceDocument, problems: Problems): DocNode {
  const place = { document, start: node.offset, end: node.offset + node.length };
  if (node.type === 'array') {
    const items = (node.children ?? []).map(child => convert(child, document, problems));
    return { kind: 'seq', items, ...place };
  }
  if (node.type !== 'object') return { kind: 'scalar', value: node.value as ScalarNode['value'], ...place };
  const entries = new Map<string, MapEntry>();
  for (const { children: [written, value] = [] } of node.children ?? []) {
    if (!written || !value) continue;
    const name = String(written.value);
    const key: ScalarNode = {
      kind: 'scalar',
      value: name,
      document,
      start: written.offset,
      end: written.offset + written.length,
    };
    if (entries.has(name)) {
      problems.error(
        `${name} is written twice here. Remove one of the two; the last one is used until then.`,
        rangeBetween(document, key.start, key.end),
      );
    }
    entries.set(name, { key, value: convert(value, document, problems) });
  }
  return { kind: 'map', entries, ...place };
}

const descriptions: ReadonlyMap<string, string> = new Map([
  ['InvalidSymbol', 'a value is missing'],
  ['PropertyNameExpected', 'a key in quotes is missing'],
  ['ColonExpected', 'a colon is missing after the key'],
  ['CommaExpected', 'a comma is missing'],
  ['CloseBraceExpected', 'a closing brace is missing'],
  ['CloseBracketExpected', 'a closing bracket is missing'],
  ['InvalidCommentToken', 'JSON has no comments'],
  ['UnexpectedEndOfComment', 'JSON has no comments'],
  ['UnexpectedEndOfString', 'the text has no closing quote'],
  ['UnexpectedEndOfNumber', 'the number has no end'],
  ['InvalidUnicode', 'the text has an escape that JSON does not know'],
  ['InvalidEscapeCharacter', 'the text has an escape that JSON does not know'],
  ['InvalidCharacter', 'the text has a character that has to be escaped'],
]);
