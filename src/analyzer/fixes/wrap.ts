import type { ts } from 'ts-morph';
import type { Fix } from '../../model/finding.ts';

/** Puts code around an expression, which needs no parentheses there. */
export function wrap(
  node: ts.Node,
  [before, after]: readonly [before: string, after: string],
  { title, isSafe }: Pick<Fix, 'title' | 'isSafe'>,
): Fix {
  const start = node.getStart();
  return {
    title,
    isSafe,
    edits: [
      { start, end: start, newText: before },
      { start: node.end, end: node.end, newText: after },
    ],
  };
}

/** Puts other code in the place of a node. */
export function replace(
  node: ts.Node,
  newText: string,
  { title, isSafe }: Pick<Fix, 'title' | 'isSafe'>,
): Fix {
  return { title, isSafe, edits: [{ start: node.getStart(), end: node.end, newText }] };
}
