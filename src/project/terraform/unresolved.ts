import { type DocNode, rangeOf, type ScalarNode } from '../document/sourceDocument.ts';

/** What stands for a value that is not known. */
export function unresolved(subject: string, reason: string, place: DocNode): ScalarNode {
  const text = `<unresolved ${subject}>`;
  const { document, start, end } = place;
  return {
    kind: 'scalar',
    value: text,
    placeholders: [{ text, reason, range: rangeOf(place) }],
    document,
    start,
    end,
  };
}
