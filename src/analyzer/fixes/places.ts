import { ts } from 'ts-morph';

/** The statement of the module that a node is in; undefined within a namespace. */
export function topLevelStatement(node: ts.Node): ts.Statement | undefined {
  let at = node;
  while (at.parent && !ts.isSourceFile(at.parent)) at = at.parent;
  return at.parent && ts.isStatement(at) && !ts.isModuleDeclaration(at) ? at : undefined;
}

/** Above the comments that belong to the statement: those right above it, and no header of the file. */
export function beginningOf(statement: ts.Node, source: ts.SourceFile): number {
  const { text } = source;
  let start = statement.getStart(source);
  for (const { pos, end } of (ts.getLeadingCommentRanges(text, statement.pos) ?? []).toReversed()) {
    if (!isFirstOfLine(pos, text) || /\n\s*\n/.test(text.slice(end, start))) break;
    start = pos;
  }
  return start;
}

function isFirstOfLine(offset: number, text: string): boolean {
  return text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset).trim() === '';
}

/** A statement with its comments, above it and behind it. */
export interface WholeLines {
  readonly start: number;
  /** Where the last comment behind it, or it itself, ends. */
  readonly contentEnd: number;
  /** Where the next line begins; where other code stands on the same line, the same as `contentEnd`. */
  readonly end: number;
}

export function wholeLines(statement: ts.Node, source: ts.SourceFile): WholeLines {
  const { text } = source;
  const first = beginningOf(statement, source);
  const contentEnd = ts.getTrailingCommentRanges(text, statement.end)?.at(-1)?.end ?? statement.end;
  const rest = /^[ \t]*(\r?\n|$)/.exec(text.slice(contentEnd))?.[0];
  if (rest === undefined || !isFirstOfLine(first, text)) {
    return { start: first, contentEnd: statement.end, end: statement.end };
  }
  return { start: text.lastIndexOf('\n', first - 1) + 1, contentEnd, end: contentEnd + rest.length };
}

/** How lines of the file end. */
export function newLineOf({ text }: ts.SourceFile): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

/** Without the indentation that its first line has. */
export function dedented(text: string, newLine: string): string {
  const [indentation = ''] = /^[ \t]*/.exec(text) ?? [];
  const lines = text.split(/\r?\n/);
  return lines
    .map(line => (line.startsWith(indentation) ? line.slice(indentation.length) : line.trimStart()))
    .join(newLine);
}

/** The white space that the line of a node begins with. */
export function indentationAt(offset: number, { text }: ts.SourceFile): string {
  return /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', offset - 1) + 1))?.[0] ?? '';
}
