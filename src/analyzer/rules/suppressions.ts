import { ts } from 'ts-morph';
import type { Suppression } from '../../model/finding.ts';

/** What comments of a file keep quiet: rule names by line, from 1. */
export type Suppressions = ReadonlyMap<number, ReadonlySet<string>>;

const directive = 'lambda-lens-disable-next-line';
const withReason = new RegExp(`(?://|/\\*|\\*|#)\\s*${directive}\\s+(.+?)\\s+--\\s+\\S`);
/** What is written of one: up to the last name, and what follows. */
const lineComment = new RegExp(
  `^(\\s*//\\s*${directive}\\s+([\\w-]+(?:[\\s,]+[\\w-]+)*?))\\s*(?:--\\s*(\\S.*))?$`,
);

/**
 * `// lambda-lens-disable-next-line rule, other-rule -- reason`: nothing is said of those rules on the line
 * behind the comment, which begins with `#` in a template. Without a reason the comment has no effect, so that each exception explains itself.
 */
export function suppressionsOf({ text }: Pick<ts.SourceFile, 'text'>): Suppressions {
  const suppressed = new Map<number, ReadonlySet<string>>();
  if (!text.includes(directive)) return suppressed;
  text.split('\n').forEach((line, index) => {
    const names = withReason
      .exec(line)?.[1]
      ?.split(/[\s,]+/)
      .filter(name => name !== '');
    if (names) suppressed.set(index + 2, new Set(names));
  });
  return suppressed;
}

/**
 * The comment that would keep a rule quiet about the code at an offset: one of its own, or the name or the reason
 * that a comment there lacks. Undefined where what stands above the line is text, not code.
 */
export function suppressionFor(rule: string, offset: number, source: ts.SourceFile): Suppression | undefined {
  const { text } = source;
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  if (isInText(lineStart, offset, source)) return undefined;
  const previousStart = text.lastIndexOf('\n', lineStart - 2) + 1;
  const previous = lineStart === 0 ? '' : text.slice(previousStart, lineStart).trimEnd();
  const [, written, names, reason] = lineComment.exec(previous) ?? [];
  if (written !== undefined && names !== undefined) {
    const name = names.split(/[\s,]+/).includes(rule) ? '' : `, ${rule}`;
    const needsReason = reason === undefined;
    const before = needsReason ? `${name} -- ` : name;
    return { at: previousStart + written.length, before, after: '', needsReason };
  }
  const indentation = /^[ \t]*/.exec(text.slice(lineStart))?.[0] ?? '';
  return {
    at: lineStart,
    before: `${indentation}// ${directive} ${rule} -- `,
    after: text.includes('\r\n') ? '\r\n' : '\n',
    needsReason: true,
  };
}

/** Whether the beginning of a line is within a template, or between the tags of JSX. */
function isInText(lineStart: number, offset: number, source: ts.SourceFile): boolean {
  let isText = false;
  const visit = (node: ts.Node): void => {
    if (node.pos > offset || node.end <= lineStart) return;
    const isWithin = node.getStart(source) < lineStart && lineStart < node.end;
    const { kind } = node;
    if (isWithin && (ts.isTemplateLiteralToken(node) || kind === ts.SyntaxKind.JsxText)) isText = true;
    if (isWithin && (ts.isJsxElement(node) || ts.isJsxFragment(node))) isText = true;
    ts.forEachChild(node, visit);
  };
  visit(source);
  return isText;
}
