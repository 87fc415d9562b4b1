/**
 * A handler string as it is written in a template, and the same place with another handler in it: the quotes
 * stay as they are, and a plain YAML value gets some where it needs them. Undefined where the template does
 * not hold the string itself, but a reference or a function that results in it.
 * @param written the text at the handler's place, quotes included
 */
export function rewriteHandler(written: string, handler: string, other: string): string | undefined {
  const quote = quoteOf(written);
  if (quote === '') return written === handler ? writePlain(other) : undefined;
  const inner = written.slice(1, -1);
  if (inner !== handler) return undefined;
  return quote === '"' ? JSON.stringify(other) : `'${other.replaceAll("'", "''")}'`;
}

/** The value of a scalar as it is written; undefined where it is not a plain or quoted text. */
export function literalOf(written: string): string | undefined {
  const quote = quoteOf(written);
  if (quote === '') return /^[!{[&*|>]|\n/.test(written) ? undefined : written;
  const inner = written.slice(1, -1);
  if (quote === "'") return inner.replaceAll("''", "'");
  try {
    return String(JSON.parse(written));
  } catch {
    return undefined;
  }
}

function quoteOf(written: string): string {
  const quote = /^["']/.exec(written)?.[0] ?? '';
  return quote !== '' && written.length >= 2 && written.endsWith(quote) ? quote : '';
}

/** Plain where that is safe both in a block and in a map on one line. */
export function writePlain(text: string): string {
  return /^[A-Za-z_/.][\w/.$@+-]*$/.test(text) ? text : JSON.stringify(text);
}
