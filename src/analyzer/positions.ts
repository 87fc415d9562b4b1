import { ts } from 'ts-morph';

/** Lines and columns count from 1, columns in UTF-16 units. */
export interface Point {
  readonly line: number;
  readonly column: number;
}

export function pointOf(source: ts.SourceFile, offset: number): Point {
  const { line, character } = ts.getLineAndCharacterOfPosition(source, offset);
  return { line: line + 1, column: character + 1 };
}

/** The end is exclusive. */
export function rangeOf(source: ts.SourceFile, start: number, end: number) {
  const from = pointOf(source, start);
  const to = pointOf(source, end);
  return { startLine: from.line, startColumn: from.column, endLine: to.line, endColumn: to.column };
}
