import type { ts } from 'ts-morph';

/** What comments of a file keep quiet: rule names by line, from 1. */
export type Suppressions = ReadonlyMap<number, ReadonlySet<string>>;

/**
 * `// lambda-lens-disable-next-line rule, other-rule -- reason`: nothing is said of those rules on the line
 * behind the comment. Without a reason the comment has no effect, so that each exception explains itself.
 */
export function suppressionsOf({ text }: Pick<ts.SourceFile, 'text'>): Suppressions {
  const suppressed = new Map<number, ReadonlySet<string>>();
  if (!text.includes('lambda-lens-disable-next-line')) return suppressed;
  text.split('\n').forEach((line, index) => {
    const comment = /(?:\/\/|\/\*|\*)\s*lambda-lens-disable-next-line\s+(.+?)\s+--\s+\S/.exec(line);
    const names = comment?.[1]?.split(/[\s,]+/).filter(name => name !== '');
    if (names) suppressed.set(index + 2, new Set(names));
  });
  return suppressed;
}
