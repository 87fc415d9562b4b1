/** The value of a handler in a template's text, as one line shows it. Columns count from 1, the end is exclusive. */
export interface HandlerText {
  /** Within the quotes, where there are any. */
  readonly startColumn: number;
  readonly endColumn: number;
  /** The template's text with another value in its place, complete even where the value is not. */
  replacedBy(handler: string): string;
}

/**
 * Finds the value that a position is in by the looks of its line, which works for values that are only begun.
 * Whether it is the value of a function's handler is for whoever parses the text that it is replaced in.
 */
export function handlerTextAt(text: string, line: number, column: number): HandlerText | undefined {
  const lineStart = startOfLine(text, line);
  if (lineStart === undefined) return undefined;
  const lineEnd = text.indexOf('\n', lineStart);
  const written = text.slice(lineStart, lineEnd < 0 ? text.length : lineEnd).replace(/\r$/, '');
  const keys = [...written.slice(0, column - 1).matchAll(/\bhandler(["']?)\s*[:=](\s*)/gi)];
  const key = keys.at(-1);
  if (!key) return undefined;
  const start = key.index + key[0].length;
  const value = valueAt(written.slice(start));
  // A plain value needs a space before it: without, it is part of the key.
  if (!value || (value.quote === '' && key[2] === '')) return undefined;
  const startColumn = start + value.quote.length + 1;
  const endColumn = startColumn + value.length;
  if (column < startColumn || column > endColumn) return undefined;
  return {
    startColumn,
    endColumn,
    replacedBy(handler) {
      const before = text.slice(0, lineStart + startColumn - 1);
      const closing = value.isClosed ? '' : value.quote;
      return before + handler + closing + text.slice(lineStart + endColumn - 1);
    },
  };
}

interface WrittenValue {
  readonly quote: string;
  readonly length: number;
  readonly isClosed: boolean;
}

/** Handlers have no spaces, so that a plain one ends at the first. Undefined for tags and nested values. */
function valueAt(rest: string): WrittenValue | undefined {
  const quote = /^["']/.exec(rest)?.[0] ?? '';
  if (quote === '') {
    if (/^[!{[&*|>]/.test(rest)) return undefined;
    return { quote, length: /^[^\s,}#]*/.exec(rest)?.[0].length ?? 0, isClosed: true };
  }
  const inner = rest.slice(1);
  const end = inner.indexOf(quote);
  const length = /^[^\s,}]*/.exec(inner)?.[0].length ?? 0;
  // The next quote may be that of another key, where this one is not closed yet.
  return end >= 0 && end <= length
    ? { quote, length: end, isClosed: true }
    : { quote, length, isClosed: false };
}

function startOfLine(text: string, line: number): number | undefined {
  let start = 0;
  for (let at = 1; at < line; at += 1) {
    const end = text.indexOf('\n', start);
    if (end < 0) return undefined;
    start = end + 1;
  }
  return start;
}
